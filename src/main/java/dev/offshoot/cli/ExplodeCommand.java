package dev.offshoot.cli;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.service.ExplodeToFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "explode",
        mixinStandardHelpOptions = true,
        description = "Take an export apart into one readable file per entity.",
        footer = {
            "",
            "DIR appears whole or not at all. It can become a Git repository as it is.",
            "Ids and timestamps of the exporting instance go to DIR/.offshoot, which Git ignores;",
            "with it, assemble gives back the same document, without it one with fresh ids."
        })
final class ExplodeCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = {"the export, or - for standard input;", "or a clone of the platform's own Git repository"})
    private String file;

    @Parameters(index = "1", paramLabel = "DIR", description = "where to write; must not exist yet, or be empty")
    private Path folder;

    ExplodeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ExplodeToFolder explode = new ExplodeToFolder(new LayoutEngine(Layouts.bundled()));
        ExplodeToFolder.Result result = !file.equals("-") && Files.isDirectory(Path.of(file))
                ? explode.run(Path.of(file), folder)
                : explode.run(FilesIn.read(file, console), folder);
        console.warn(result.findings());
        console.warn(result.withheld().stream()
                .map(pointer -> Problem.of(Reason.SECRET_WITHHELD, pointer, "this value is not stored"))
                .toList());
        console.note(result.documents().stream().map(TreePath::value).collect(Collectors.joining(", ")) + ": "
                + result.files() + " files in " + folder);
        return ExitCodes.FINE;
    }
}
