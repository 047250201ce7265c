package dev.offshoot.cli;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where a command reads and writes. Answers go to {@code out}, everything else to {@code err}. */
record Console(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
    private static final int MOST_SHOWN = 20;

    /** Where the data of an instance is: as an option says, else the environment, else here. */
    Path dataFolder(String option) {
        return Path.of(option != null ? option : environment.getOrDefault("OFFSHOOT_DATA", "data"));
    }

    void note(String text) {
        err.println(text);
    }

    /** Shows warnings; more than a screenful are only counted. */
    void warn(List<Problem> findings) {
        findings.stream().limit(MOST_SHOWN).forEach(p -> err.println("warning: " + text(p)));
        if (findings.size() > MOST_SHOWN) {
            err.println("warning: and " + (findings.size() - MOST_SHOWN) + " more");
        }
    }

    void refused(Failure failure) {
        failure.problems().forEach(p -> err.println("offshoot: " + text(p)));
    }

    private static String text(Problem problem) {
        return (problem.where().isEmpty() ? "" : clean(problem.where()) + ": ")
                + clean(problem.message())
                + " [" + problem.reason().code() + "]"
                + (problem.hint().isEmpty() ? "" : "\n  hint: " + clean(problem.hint()));
    }

    /** Without control characters, which could do things to a terminal. */
    static String clean(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) && c != '\n' ? ' ' : c)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
