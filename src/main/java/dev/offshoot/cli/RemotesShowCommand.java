package dev.offshoot.cli;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.model.RemoteName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Say how one remote and each of its branches stand.",
        footer = {"", "The token comes from OFFSHOOT_TOKEN or from the file that OFFSHOOT_TOKEN_FILE names."})
final class RemotesShowCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "NAME", description = "name of the remote")
    private String name;

    @Option(names = "--json", description = "print what the server answers")
    private boolean json;

    @Mixin
    private WorkspaceArguments server = new WorkspaceArguments();

    RemotesShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        byte[] answer = new RemoteServer(server.server, console.environment())
                .get(server.path("/remotes/" + new RemoteName(name)));
        if (json) {
            console.out().write(answer, 0, answer.length);
            console.out().println();
        } else {
            RemotesText.lines((JsonObject) JsonReader.read(answer)).forEach(console.out()::println);
        }
        return ExitCodes.FINE;
    }
}
