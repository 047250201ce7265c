package dev.offshoot.diff;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Hides what looks like a secret. Secrets of data sources never reach a tree; this is for those that somebody wrote into a text or a field
 * of their own, so that a comparison does not carry them on into a comment or a log.
 */
final class Mask {
    static final String HIDDEN = "••••••";

    private static final String WORD = "(?:password|passwd|passphrase|secret|token|api[-_]?key|apikey|private[-_]?key|"
            + "access[-_]?key|client[-_]?secret|credentials?)";

    private static final Pattern NAME = Pattern.compile(".*(?:^|[-_./a-z])" + WORD + "$", Pattern.CASE_INSENSITIVE);
    /** {@code password = 'x'}, {@code "token": "x"}, {@code secret=x}: the value that follows. */
    private static final Pattern ASSIGNED = Pattern.compile("(?i)([\\w.-]{0,40}" + WORD
            + "[\"']?\\s{0,3}(?::|=>|=)\\s{0,3})(?!\\{\\{)(\"[^\"]{1,500}\"|'[^']{1,500}'|[^\\s\"',;&{}]{4,500})");

    private static final Pattern BEARER =
            Pattern.compile("(?i)\\b(bearer|basic|token)\\s{1,3}([A-Za-z0-9+/_=.~-]{12,2000})");
    private static final Pattern IN_URL = Pattern.compile("(://[^\\s/:@]{1,100}:)([^\\s/@{}]{1,200})(@)");
    private static final Pattern KNOWN =
            Pattern.compile("\\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\\w{20,}|glpat-[\\w-]{16,}"
                    + "|xox[abprs]-[\\w-]{10,}|AKIA[A-Z0-9]{16}|AIza[\\w-]{30,}|sk-[\\w-]{20,}|sk_live_\\w{16,}"
                    + "|eyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,})");
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?");

    /** A line of a key or a certificate. */
    private static final Pattern BLOCK = Pattern.compile("^\\s{0,40}[A-Za-z0-9+/]{60,}={0,2}\\s{0,4}$");

    private Mask() {}

    /** A text, or a line of one. */
    static String text(String text) {
        if (BLOCK.matcher(text).matches()) {
            return HIDDEN;
        }
        String masked = PEM.matcher(text).replaceAll("-----BEGIN PRIVATE KEY----- " + HIDDEN);
        masked = IN_URL.matcher(masked).replaceAll("$1" + HIDDEN + "$3");
        masked = KNOWN.matcher(masked).replaceAll(HIDDEN);
        masked = BEARER.matcher(masked).replaceAll("$1 " + HIDDEN);
        return ASSIGNED.matcher(masked).replaceAll("$1" + HIDDEN);
    }

    /** A value at a pointer: all of it when its field is called like a secret. */
    static JsonValue value(String pointer, JsonValue value) {
        String name = pointer.substring(pointer.lastIndexOf('/') + 1);
        if (isSecretName(name) || name.equals("value") && isSecretName(parentName(pointer))) {
            return hidden(value);
        }
        return inside(value);
    }

    private static JsonValue inside(JsonValue value) {
        if (value instanceof JsonString s) {
            String masked = text(s.value());
            return masked.equals(s.value()) ? value : new JsonString(masked);
        }
        if (value instanceof JsonArray a) {
            List<JsonValue> items = new ArrayList<>();
            a.forEach(item -> items.add(inside(item)));
            return JsonArray.of(items);
        }
        if (value instanceof JsonObject o) {
            JsonObject.Builder all = JsonObject.builder();
            o.forEach((key, member) -> all.put(key, isSecretName(key) ? hidden(member) : inside(member)));
            return all.build();
        }
        return value;
    }

    private static JsonValue hidden(JsonValue value) {
        if (value instanceof JsonString s) {
            return s.value().isEmpty() || s.value().startsWith("{{") ? value : new JsonString(HIDDEN);
        }
        if (value instanceof JsonObject o) {
            JsonObject.Builder all = JsonObject.builder();
            o.forEach((key, member) ->
                    all.put(key, key.equals("value") || isSecretName(key) ? hidden(member) : inside(member)));
            return all.build();
        }
        return inside(value);
    }

    private static String parentName(String pointer) {
        String parent = pointer.substring(0, pointer.lastIndexOf('/'));
        return parent.substring(parent.lastIndexOf('/') + 1);
    }

    private static boolean isSecretName(String name) {
        return name.length() <= 100
                && NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }
}
