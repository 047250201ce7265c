package dev.offshoot.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Real export files, which never enter this repository: they lie in a folder beside it, or where a variable says. */
public final class Corpus {
    private Corpus() {}

    /** Every JSON file below a folder of the corpus, sorted; skips the test when there is no corpus. */
    public static List<Path> json(String folder) {
        return files(folder, ".json");
    }

    /** All files of a folder, or of folders in it, whose names end like this; skips the test without a corpus. */
    public static List<Path> files(String folder, String ending) {
        Path root = root().resolve(folder);
        assumeTrue(Files.isDirectory(root), "no corpus at " + root + "; set OFFSHOOT_CORPUS to test with one");
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(p -> p.toString().endsWith(ending) && Files.isRegularFile(p))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        String set = System.getProperty("OFFSHOOT_CORPUS", System.getenv("OFFSHOOT_CORPUS"));
        return Stream.of(set, "../shared/corpus")
                .filter(p -> p != null && Files.isDirectory(Path.of(p)))
                .map(Path::of)
                .findFirst()
                .orElse(Path.of("../shared/corpus"));
    }
}
