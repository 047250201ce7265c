package dev.offshoot.cli;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.TreePath;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "configure",
        mixinStandardHelpOptions = true,
        description = "List what a definition on a server needs there, and give it credentials.",
        footer = {
            "",
            "FILE is a JSON object of fields, in an object for each environment where the platform has environments:",
            "{\"production\": {\"password\": \"...\"}}. null removes one. Values are never arguments, and nothing shows them.",
            "The token comes from OFFSHOOT_TOKEN or from the file that OFFSHOOT_TOKEN_FILE names."
        })
final class ConfigureCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "PATH",
            description = "the definition, for example tooljet/datasources/postgres")
    private String definition;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "the credentials, or - for standard input; without it, only the needs are listed")
    private String file;

    @Mixin
    private ServerArguments server = new ServerArguments();

    @Option(names = "--json", description = "print the whole answer")
    private boolean json;

    ConfigureCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String address = TreePath.of(definition).segments().stream()
                .map(s -> URLEncoder.encode(s, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
        String path = server.path("/definitions/" + address + "/configuration", Map.of());
        RemoteServer remote = new RemoteServer(server.server, console.environment());
        byte[] answer = file == null ? remote.get(path) : remote.put(path, FilesIn.read(file, console));
        if (json) {
            console.out().write(answer, 0, answer.length);
            console.out().println();
        } else if (JsonReader.read(answer) instanceof JsonObject configuration) {
            tell(configuration);
        }
        return ExitCodes.FINE;
    }

    private void tell(JsonObject configuration) {
        for (JsonValue value : configuration.array("needs").orElse(JsonArray.EMPTY)) {
            JsonObject need = (JsonObject) value;
            String where = need.text("address").map(a -> " (" + a + ")").orElse("");
            line(text(need, "kind") + " " + text(need, "name") + ": " + text(need, "state") + where);
            for (JsonValue entry : need.array("secrets").orElse(JsonArray.EMPTY)) {
                JsonObject secrets = (JsonObject) entry;
                String environments = texts(secrets, "environments");
                line("  " + texts(secrets, "fields") + ": " + text(secrets, "state")
                        + (environments.isEmpty() ? "" : " in " + environments));
            }
        }
        line(configuration.get("open").map(JsonValue::toString).orElse("0") + " open");
        if (!configuration.get("vault").equals(java.util.Optional.of(JsonValue.of(true)))) {
            console.note("warning: the server has no key for its vault, so it cannot keep credentials");
        }
    }

    private void line(String text) {
        console.out().println(Console.clean(text));
    }

    private static String text(JsonObject object, String member) {
        return object.text(member).orElse("");
    }

    private static String texts(JsonObject object, String member) {
        List<String> found = new ArrayList<>();
        object.array(member)
                .ifPresent(all -> all.forEach(v -> {
                    if (v instanceof JsonString s) {
                        found.add(s.value());
                    }
                }));
        return String.join(", ", found);
    }
}
