package dev.offshoot.cli;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import java.util.ArrayList;
import java.util.List;

/** Remotes as a server answers, for people. */
final class RemotesText {
    private static final int SHORT_ID = 10;

    private RemotesText() {}

    /** One line, and one for each branch that is published by itself. */
    static List<String> lines(JsonObject remote) {
        List<String> lines = new ArrayList<>();
        lines.add(head(remote));
        remote.object("lastSuccess")
                .ifPresent(last ->
                        lines.add("  last success: " + text(last, "branch") + " " + id(last) + " " + text(last, "at")));
        remote.object("error").ifPresent(error -> lines.add("  last error: " + error(error)));
        remote.array("branches")
                .ifPresent(branches -> branches.forEach(branch -> lines.add(branch((JsonObject) branch))));
        return lines;
    }

    private static String head(JsonObject remote) {
        String user = text(remote, "user");
        boolean password = isTrue(remote, "hasPassword");
        return text(remote, "name") + " " + text(remote, "url")
                + (user.isEmpty() ? "" : ", user " + user)
                + (password ? ", with a password" : "")
                + ", " + publishes(remote);
    }

    private static String publishes(JsonObject remote) {
        List<String> names = new ArrayList<>();
        remote.array("publish").orElse(JsonArray.of(List.of())).forEach(name -> names.add(((JsonString) name).value()));
        if (remote.text("publish").isEmpty() && names.isEmpty()) {
            return "publishes nothing by itself";
        }
        return "publishes " + (names.isEmpty() ? "all branches" : Console.clean(String.join(", ", names))) + ", "
                + number(remote, "behind") + " behind";
    }

    private static String branch(JsonObject branch) {
        StringBuilder line = new StringBuilder("  " + text(branch, "branch") + " " + text(branch, "state"));
        branch.text("commit").ifPresent(commit -> line.append(' ').append(id(branch)));
        branch.object("error").ifPresent(error -> {
            line.append(", failed ")
                    .append(number(branch, "failures"))
                    .append(" times: ")
                    .append(error(error));
            branch.text("nextAttempt")
                    .ifPresent(next -> line.append(", next attempt ").append(Console.clean(next)));
        });
        return line.toString();
    }

    private static String error(JsonObject error) {
        return text(error, "message") + " [" + text(error, "code") + "]";
    }

    private static String id(JsonObject of) {
        String commit = text(of, "commit");
        return commit.substring(0, Math.min(SHORT_ID, commit.length()));
    }

    static String text(JsonObject object, String member) {
        return Console.clean(object.text(member).orElse(""));
    }

    static boolean isTrue(JsonObject object, String member) {
        return object.get(member).filter(value -> value == JsonBoolean.TRUE).isPresent();
    }

    private static String number(JsonObject object, String member) {
        return object.get(member).map(Object::toString).orElse("0");
    }
}
