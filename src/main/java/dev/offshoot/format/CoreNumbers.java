package dev.offshoot.format;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Tells the numbers of YAML 1.2's core schema apart: those that JSON can write, and the others. */
final class CoreNumbers {
    private static final Pattern CORE = Pattern.compile("[-+]?(\\.[0-9]++|[0-9]++(\\.[0-9]*+)?)([eE][-+]?[0-9]++)?"
            + "|0o[0-7]++|0x[0-9a-fA-F]++|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    enum Kind {
        JSON,
        YAML_ONLY,
        NONE
    }

    private CoreNumbers() {}

    static Kind kind(String text) {
        char c = text.charAt(0);
        if (c > '9' || c < '+') {
            return Kind.NONE;
        }
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        if (YamlScalars.isNumber(bytes, 0, bytes.length - 1)) {
            return Kind.JSON;
        }
        return CORE.matcher(text).matches() ? Kind.YAML_ONLY : Kind.NONE;
    }
}
