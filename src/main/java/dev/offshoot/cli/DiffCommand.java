package dev.offshoot.cli;

import dev.offshoot.diff.Comparison;
import dev.offshoot.diff.ComparisonJson;
import dev.offshoot.diff.ComparisonMarkdown;
import dev.offshoot.diff.ComparisonText;
import dev.offshoot.diff.Noise;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.CompareFolders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Say what changed from one folder of definitions, or export, to another.",
        footer = {
            "",
            "With --server, BEFORE and AFTER are branches, tags or commits of a workspace.",
            "Exit code 1 says that something is different. What nobody has to read (places on a page, derived",
            "facts, references that followed a new name, formatting) is counted, and counts, but is not shown",
            "without --noise."
        })
final class DiffCommand implements Callable<Integer> {
    enum Format {
        text,
        json,
        markdown
    }

    private final Console console;

    @Parameters(index = "0", paramLabel = "BEFORE", description = "a folder, or a file with an export")
    private String before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "the same")
    private String after;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, json or markdown; text without it")
    private Format format = Format.text;

    @Option(names = "--noise", description = "show everything")
    private boolean all;

    @Option(names = "--definition", paramLabel = "PATH", description = "with --server: only what is in this one")
    private String definition;

    @Option(names = "--server", paramLabel = "URL", description = "compare states of a workspace there")
    private String server;

    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "NAME",
            description = "the workspace on it")
    private String workspace;

    DiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (server != null) {
            return remote();
        }
        if (definition != null || workspace != null) {
            throw Failure.of(Reason.INVALID_PARAMETER, "--server", "--definition and --workspace need a server");
        }
        Comparison comparison =
                new CompareFolders(new LayoutEngine(Layouts.bundled())).run(Path.of(before), Path.of(after));
        Noise noise = all ? Noise.SHOW : Noise.HIDE;
        print(
                switch (format) {
                    case text -> ComparisonText.of(comparison, noise);
                    case json -> pretty(ComparisonJson.of(comparison, noise));
                    case markdown -> ComparisonMarkdown.of(comparison, noise, before, after);
                });
        return comparison.isEmpty() ? ExitCodes.FINE : ExitCodes.DIFFERENT;
    }

    /** The server says it in JSON, which knows whether anything is different; what is shown is asked for after that. */
    private Integer remote() {
        if (workspace == null) {
            throw Failure.of(Reason.INVALID_PARAMETER, "--workspace", "is missing", "name the workspace: -w NAME");
        }
        RemoteServer from = new RemoteServer(server, console.environment());
        JsonValue answer = JsonReader.read(from.get(path("json")));
        boolean same = answer instanceof JsonObject o
                && o.get("files").filter(JsonValue.of(0)::equals).isPresent();
        String shown = switch (format) {
            case json -> pretty(answer);
            case text -> summaries((JsonObject) answer);
            case markdown -> new String(from.get(path("markdown")), StandardCharsets.UTF_8);
        };
        print(shown);
        return same ? ExitCodes.FINE : ExitCodes.DIFFERENT;
    }

    private String path(String as) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("from", before);
        parameters.put("to", after);
        parameters.put("definition", definition);
        parameters.put("noise", all ? "show" : null);
        parameters.put("format", as);
        return "/api/workspaces/" + new WorkspaceName(workspace) + "/diff?"
                + parameters.entrySet().stream()
                        .filter(e -> e.getValue() != null)
                        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    private static String summaries(JsonObject answer) {
        StringBuilder out = new StringBuilder();
        answer.array("definitions")
                .ifPresent(list -> list.forEach(value -> {
                    JsonObject one = (JsonObject) value;
                    out.append(one.text("kind").orElse(""))
                            .append(' ')
                            .append(one.text("name").orElse(""));
                    out.append(" (").append(one.text("address").orElse("")).append(")\n");
                    one.array("changes")
                            .ifPresent(changes -> changes.forEach(c -> out.append(summary((JsonObject) c))));
                }));
        answer.array("elsewhere").filter(list -> !list.isEmpty()).ifPresent(list -> {
            out.append("outside of definitions\n");
            list.forEach(c -> out.append(summary((JsonObject) c)));
        });
        return Console.clean(out.toString());
    }

    private static String summary(JsonObject change) {
        String within = change.array("in").stream()
                .flatMap(list -> list.items().stream())
                .map(value -> (JsonObject) value)
                .map(named ->
                        named.text("kind").orElse("") + " " + named.text("name").orElse(""))
                .collect(Collectors.joining(" › "));
        return "  " + (within.isEmpty() ? "" : within + ": ")
                + change.text("summary").orElse("") + "\n";
    }

    private static String pretty(JsonValue value) {
        return new String(JsonWriter.pretty(value), StandardCharsets.UTF_8) + "\n";
    }

    private void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        console.out().write(bytes, 0, bytes.length);
        console.out().flush();
    }
}
