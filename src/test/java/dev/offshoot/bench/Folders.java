package dev.offshoot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Folders for what is measured. A fresh one each time, and none is deleted before the end: removing thousands of files makes the disk
 * slow for whoever comes next.
 */
final class Folders {
    static final String PROPERTY = "offshoot.bench.folder";

    private Folders() {}

    static Path fresh(String name) {
        try {
            Path all = Path.of(System.getProperty(PROPERTY, "target/bench"));
            return Files.createTempDirectory(Files.createDirectories(all), name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
