package dev.offshoot.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "remotes",
        mixinStandardHelpOptions = true,
        description = "The repositories elsewhere that a workspace of a server is published to.")
final class RemotesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list, show, set or delete");
    }
}
