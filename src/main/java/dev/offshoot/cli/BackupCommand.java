package dev.offshoot.cli;

import dev.offshoot.service.BackUpInstance;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Write a whole instance into one file, while it may be serving.",
        footer = {
            "",
            "Every workspace is in it as it stood at one moment, with its ledgers; secrets as they are sealed; and the",
            "hash of the token. The vault's key is NOT in it: keep it somewhere else, or the secrets are lost."
        })
final class BackupCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--data", paramLabel = "DIR", description = "folder of the instance (OFFSHOOT_DATA, or data)")
    private String data;

    @Parameters(paramLabel = "FILE", description = "where to write; must not exist yet")
    private Path file;

    BackupCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        BackUpInstance.Done done = new BackUpInstance().run(console.dataFolder(data), file);
        console.note(done.workspaces() + (done.workspaces() == 1 ? " workspace in " : " workspaces in ") + file + " ("
                + done.bytes() + " bytes)");
        if (done.sealed() > 0) {
            console.note("The secrets of " + done.sealed()
                    + " of them are sealed with the vault's key, which is not in the file: keep it, too.");
        }
        return ExitCodes.FINE;
    }
}
