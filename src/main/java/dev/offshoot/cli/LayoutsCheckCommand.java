package dev.offshoot.cli;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.service.CheckLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Check a layout, and show what it makes of real exports.",
        footer = {
            "",
            "Every export is taken apart and put together again, with its ledger and from the files alone.",
            "Nothing is written. Exit code 3 when the layout is wrong, does not recognise an export, or loses",
            "something of it."
        })
final class LayoutsCheckCommand implements Callable<Integer> {
    private static final int MOST_FILES = 40;

    private final Console console;

    @Parameters(index = "0", paramLabel = "FILE", description = "the layout")
    private String file;

    @Option(
            names = "--against",
            paramLabel = "EXPORT",
            arity = "1..*",
            description = "exports to try it on; - for standard input")
    private List<String> exports = new ArrayList<>();

    @Option(names = "--all-files", description = "show every file of a tree, however many there are")
    private boolean allFiles;

    LayoutsCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CheckLayout check = new CheckLayout(file, FilesIn.read(file, console));
        say(file + ": the layout is sound; platform " + check.platform() + " with "
                + count(check.kinds().size(), "kind") + ": " + String.join(", ", check.kinds()));
        int code = ExitCodes.FINE;
        int fine = 0;
        for (String export : exports) {
            say("");
            try {
                boolean good = show(export, check.run(FilesIn.read(export, console)));
                fine += good ? 1 : 0;
                code = good ? code : worse(code, ExitCodes.of(Reason.NOT_LOSSLESS));
            } catch (Failure failure) {
                say(export + ": refused");
                console.refused(failure);
                code = worse(code, ExitCodes.of(failure.reason()));
            }
        }
        if (exports.size() > 1) {
            say("");
            say(fine + " of " + exports.size() + " exports come back");
        }
        return code;
    }

    /** The first refusal decides. */
    private static int worse(int code, int other) {
        return code == ExitCodes.FINE ? other : code;
    }

    private boolean show(String export, CheckLayout.Report report) {
        say(export + ": " + report.document() + ", " + count(report.files().size(), "file"));
        tree(report.files());
        report.others()
                .forEach(p -> console.note("warning: the layout of " + p + " recognises " + export
                        + " too; one of the two has to ask for more"));
        console.warn(report.findings());
        if (!report.withheld().isEmpty()) {
            say("  withheld: " + String.join(", ", report.withheld()));
        }
        say("  with the ledger: "
                + (report.lost().isEmpty()
                        ? "the same document"
                        : "NOT the same document; the first places that differ"));
        places(report.lost());
        say("  from the files alone: "
                + (report.otherTree().isEmpty()
                        ? "the same tree again"
                        : "NOT the same tree again; files that differ: "
                                + String.join(
                                        ", ",
                                        report.otherTree().stream()
                                                .limit(10)
                                                .map(TreePath::value)
                                                .toList())));
        if (report.otherTree().isEmpty() && !report.alone().isEmpty()) {
            say("  which only the ledger tells, among others:");
            places(report.alone());
        }
        return report.isFine();
    }

    private void places(List<String> differences) {
        differences.forEach(d -> say("    " + d));
    }

    /** Folders once, what is in them below. */
    private void tree(Map<TreePath, Integer> files) {
        List<String> open = List.of();
        int shown = 0;
        for (Map.Entry<TreePath, Integer> e : files.entrySet()) {
            if (shown == MOST_FILES && !allFiles) {
                say("  … and " + (files.size() - shown) + " more; --all-files shows them");
                return;
            }
            List<String> segments = e.getKey().segments();
            int last = segments.size() - 1;
            int same = 0;
            while (same < last && same < open.size() && open.get(same).equals(segments.get(same))) {
                same++;
            }
            for (int i = same; i < last; i++) {
                say("  ".repeat(i + 1) + segments.get(i) + "/");
            }
            say("  ".repeat(last + 1) + segments.get(last) + "  (" + count(e.getValue(), "line") + ")");
            open = segments.subList(0, last);
            shown++;
        }
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    private void say(String text) {
        console.out().println(Console.clean(text));
    }
}
