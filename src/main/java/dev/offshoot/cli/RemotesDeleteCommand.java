package dev.offshoot.cli;

import dev.offshoot.model.RemoteName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = "Forget a remote and its password. Nothing changes at the other end.",
        footer = {"", "The token comes from OFFSHOOT_TOKEN or from the file that OFFSHOOT_TOKEN_FILE names."})
final class RemotesDeleteCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "NAME", description = "name of the remote")
    private String name;

    @Mixin
    private WorkspaceArguments server = new WorkspaceArguments();

    RemotesDeleteCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        new RemoteServer(server.server, console.environment()).delete(server.path("/remotes/" + new RemoteName(name)));
        return ExitCodes.FINE;
    }
}
