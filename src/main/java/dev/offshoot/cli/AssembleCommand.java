package dev.offshoot.cli;

import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.Assembled;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.service.AssembleFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "assemble",
        mixinStandardHelpOptions = true,
        description = "Put an export together from a folder of definitions.",
        footer = {
            "",
            "Uses the ids and timestamps in DIR/.offshoot when they are there; otherwise entities get",
            "ids made from their paths, the same ones every time."
        })
final class AssembleCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "DIR", description = "what explode wrote, or a clone")
    private Path folder;

    @Option(
            names = "--definition",
            paramLabel = "PATH",
            description = "which document, for example tooljet/apps/crm; needed when DIR holds several")
    private String definition;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "OUT",
            description = "file to write; standard output without it")
    private Path out;

    AssembleCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Assembled assembled = new AssembleFolder(new LayoutEngine(Layouts.bundled()))
                .run(folder, Optional.ofNullable(definition).map(AssembleCommand::address));
        console.warn(assembled.findings());
        byte[] json = JsonWriter.pretty(assembled.document());
        if (out == null) {
            console.out().write(json, 0, json.length);
            console.out().println();
        } else {
            FilesIn.write(out, json);
        }
        return ExitCodes.FINE;
    }

    /** As a person types it: a slash at the end or a dot at the start do no harm. */
    private static TreePath address(String text) {
        String plain = text.replaceAll("^(\\./)+", "").replaceAll("/+$", "");
        if (plain.isEmpty()) {
            throw Failure.of(Reason.INVALID_PARAMETER, "--definition", "is empty");
        }
        return TreePath.of(plain);
    }
}
