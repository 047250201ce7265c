package dev.offshoot.wire;

import java.nio.charset.StandardCharsets;

/** Percent-encoding of URLs. */
public final class Percent {
    private static final String PLAIN = "-._~";

    private Percent() {}

    /** Encodes everything but unreserved characters. */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return encoded.toString();
    }
}
