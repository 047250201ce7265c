package dev.offshoot.cli;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which repository an import takes from, and what of it. */
final class RepositoryArguments {
    private static final String USER = "OFFSHOOT_REPOSITORY_USER";
    private static final String PASSWORD = "OFFSHOOT_REPOSITORY_PASSWORD";

    @Option(
            names = "--from",
            paramLabel = "URL",
            description = {
                "a repository that the server shall import from; user and password for it come from",
                "OFFSHOOT_REPOSITORY_USER and OFFSHOOT_REPOSITORY_PASSWORD"
            })
    private String from;

    @Option(names = "--ref", paramLabel = "REF", description = "branch, tag or commit there")
    private String ref;

    @Option(
            names = "--definition",
            paramLabel = "PATH",
            description = "only this one, as --mode list names it; repeatable")
    private List<String> definitions = new ArrayList<>();

    @Option(
            names = "--keep-history",
            description = {
                "bring the branch whole, with all its commits as they are, as --branch, which must be new;",
                "without --branch, as the default branch of an empty workspace"
            })
    private boolean keepsHistory;

    boolean keepsHistory() {
        return keepsHistory;
    }

    boolean isGiven() {
        return from != null;
    }

    /** The body of the request. */
    byte[] body(Map<String, String> others, Map<String, String> environment) {
        JsonObject.Builder json = JsonObject.builder().put("url", from);
        put(json, "ref", ref);
        put(json, "history", keepsHistory ? "keep" : null);
        others.forEach((key, value) -> put(json, key, value));
        put(json, "user", environment.get(USER));
        put(json, "password", environment.get(PASSWORD));
        if (!definitions.isEmpty()) {
            json.put(
                    "definitions",
                    JsonArray.of(definitions.stream().map(JsonString::new).toList()));
        }
        return JsonWriter.compact(json.build());
    }

    private static void put(JsonObject.Builder json, String key, String value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
