package dev.offshoot.cli;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.service.RestoreInstance;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Make an instance again of a backup.",
        footer = {
            "",
            "The backup is checked before anything is written, every history and every definition after that; DIR is filled",
            "as a whole or not at all. Checkouts are made again at the next start."
        })
final class RestoreCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "the backup")
    private Path file;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where to; must be empty or not exist yet (OFFSHOOT_DATA, or data)")
    private String data;

    @Option(names = "--accept-findings", description = "restore even if definitions in it cannot be exported")
    private boolean acceptFindings;

    RestoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path folder = console.dataFolder(data);
        RestoreInstance.Done done = new RestoreInstance(new LayoutEngine(Layouts.bundled()), Clock.systemUTC())
                .run(file, folder, acceptFindings);
        console.warn(done.findings());
        console.note(done.workspaces() + (done.workspaces() == 1 ? " workspace in " : " workspaces in ") + folder + "; "
                + done.exports() + " exports checked");
        if (done.sealed() > 0) {
            console.note("The secrets of " + done.sealed()
                    + " of them need the vault's key of the original: serve --vault-key-file FILE");
        }
        return ExitCodes.FINE;
    }
}
