package dev.offshoot.web;

import dev.offshoot.model.TreePath;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** How numbers, times and names are put. */
final class Words {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final Map<String, String> PLATFORMS = Map.of(
            "tooljet", "ToolJet",
            "appsmith", "Appsmith",
            "appbuilder", "AppBuilder",
            "flowrunner", "FlowRunner",
            "n8n", "n8n",
            "nodered", "Node-RED",
            "grafana", "Grafana",
            "lowcoder", "Lowcoder");

    private Words() {}

    /** A message of ours as a sentence of its own. */
    static String sentence(String message) {
        if (message.isEmpty()) {
            return message;
        }
        int first = message.codePointAt(0);
        String begun = new StringBuilder().appendCodePoint(Character.toUpperCase(first))
                + message.substring(Character.charCount(first));
        return begun.matches("(?s).*[.!?:…]") ? begun : begun + ".";
    }

    static String count(int n, String one, String many) {
        return n + " " + (n == 1 ? one : many);
    }

    static String size(long bytes) {
        if (bytes < 10_000) {
            return count((int) bytes, "byte", "bytes");
        }
        return bytes < 1_000_000 ? bytes / 1000 + " kB" : bytes / 1_000_000 + "." + bytes / 100_000 % 10 + " MB";
    }

    /** What a kind of thing is called in a sentence. */
    static String sort(String kind) {
        return kind.equals("datasource") ? "data source" : kind;
    }

    /** As its makers write it. */
    static String platform(TreePath address) {
        String word = address.segments().get(0);
        return PLATFORMS.getOrDefault(word, word);
    }

    static String time(Instant instant) {
        return TIME.format(instant) + " UTC";
    }

    /** The first line of a commit's message. */
    static String subject(String message) {
        String text = message.strip();
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
