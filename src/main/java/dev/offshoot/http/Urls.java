package dev.offshoot.http;

import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import java.nio.charset.StandardCharsets;

/** Paths of things, percent-encoded. */
final class Urls {
    private static final String PLAIN = "-._~";

    private Urls() {}

    static String workspace(WorkspaceName name) {
        return "/api/workspaces/" + name;
    }

    static String definition(WorkspaceName workspace, TreePath address) {
        StringBuilder url = new StringBuilder(workspace(workspace)).append("/definitions");
        address.segments().forEach(s -> url.append('/').append(encode(s)));
        return url.toString();
    }

    /** Where a document can be had again. */
    static String document(WorkspaceName workspace, TreePath address) {
        boolean single = address.segments().size() == 3;
        return single
                ? definition(workspace, address)
                : workspace(workspace) + "/export?document=" + encode(address.value());
    }

    /** Percent-encodes everything but unreserved characters. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return encoded.toString();
    }
}
