package dev.offshoot.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "layouts",
        mixinStandardHelpOptions = true,
        description = "List the platforms that are known, or try out a layout for another one.")
final class LayoutsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list or check");
    }
}
