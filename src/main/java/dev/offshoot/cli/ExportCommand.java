package dev.offshoot.cli;

import dev.offshoot.model.TreePath;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Get an export from a server.",
        footer = {"", "The token comes from OFFSHOOT_TOKEN or from the file that OFFSHOOT_TOKEN_FILE names."})
final class ExportCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "PATH", description = "the definition, for example tooljet/apps/crm")
    private String definition;

    @Mixin
    private ServerArguments server = new ServerArguments();

    @Option(names = "--ref", paramLabel = "REF", description = "branch, tag or full commit id")
    private String ref;

    @Option(names = "--only-version", paramLabel = "NAME", description = "one version instead of all")
    private String version;

    @Option(
            names = "--tables",
            paramLabel = "true|false",
            description = "with or without table schemas; as imported without it")
    private String tables;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "OUT",
            description = "file to write; standard output without it")
    private Path out;

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String address = TreePath.of(definition).segments().stream()
                .map(s -> URLEncoder.encode(s, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("ref", ref);
        parameters.put("version", version);
        parameters.put("tables", tables);
        byte[] document = new RemoteServer(server.server, console.environment())
                .get(server.path("/definitions/" + address + "/export", parameters));
        if (out == null) {
            console.out().write(document, 0, document.length);
            console.out().println();
        } else {
            FilesIn.write(out, document);
        }
        return ExitCodes.FINE;
    }
}
