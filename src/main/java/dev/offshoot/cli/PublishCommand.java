package dev.offshoot.cli;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.RemoteName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = "Have a server push a branch to one of its remotes (see: offshoot remotes).",
        footer = {"", "The token comes from OFFSHOOT_TOKEN or from the file that OFFSHOOT_TOKEN_FILE names."})
final class PublishCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "REMOTE", description = "name of the remote")
    private String remote;

    @Option(names = "--branch", paramLabel = "NAME", description = "the default branch without it")
    private String branch;

    @Mixin
    private WorkspaceArguments server = new WorkspaceArguments();

    PublishCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        JsonObject.Builder body = JsonObject.builder();
        if (branch != null) {
            body.put("branch", new BranchName(branch).value());
        }
        byte[] answer = new RemoteServer(server.server, console.environment())
                .post(server.path("/remotes/" + new RemoteName(remote) + "/push"), JsonWriter.compact(body.build()));
        JsonObject done = (JsonObject) JsonReader.read(answer);
        boolean moved = RemotesText.isTrue(done, "moved");
        console.out()
                .println(RemotesText.text(done, "branch") + " " + RemotesText.text(done, "commit")
                        + (moved ? " is at " : " was already at ") + RemotesText.text(done, "url"));
        return ExitCodes.FINE;
    }
}
