package dev.offshoot.cli;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Say which remotes there are.",
        footer = {"", "The token comes from OFFSHOOT_TOKEN or from the file that OFFSHOOT_TOKEN_FILE names."})
final class RemotesListCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "print what the server answers")
    private boolean json;

    @Mixin
    private WorkspaceArguments server = new WorkspaceArguments();

    RemotesListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        byte[] answer = new RemoteServer(server.server, console.environment()).get(server.path("/remotes"));
        if (json) {
            console.out().write(answer, 0, answer.length);
            console.out().println();
        } else {
            ((JsonObject) JsonReader.read(answer))
                    .array("remotes")
                    .orElseThrow()
                    .forEach(remote -> RemotesText.lines((JsonObject) remote).forEach(console.out()::println));
        }
        return ExitCodes.FINE;
    }
}
