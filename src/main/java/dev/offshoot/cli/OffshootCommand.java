package dev.offshoot.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "offshoot",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        description = "A Git-backed repository for definitions of low-code platforms.",
        footer = {
            "",
            "Exit codes: 0 fine (warnings included), 1 differences found, 2 usage, 3 the content is refused, 4 too large, 5 not found,",
            "6 conflict, 7 the target has changed, 8 no or wrong token, 9 not supported, 10 busy or not reachable,",
            "11 storage or server error, 70 a bug."
        })
final class OffshootCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: one of the commands below");
    }
}
