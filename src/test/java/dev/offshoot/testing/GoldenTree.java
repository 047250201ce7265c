package dev.offshoot.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder of this project that says what a test must find, byte for byte. With {@code -Dgolden=write} the folder is made what the test
 * found instead: then {@code git diff} is the review.
 */
public final class GoldenTree {
    private GoldenTree() {}

    /** True when golden files are to be written, not compared. */
    public static boolean isWriting() {
        return "write".equals(System.getProperty("golden"));
    }

    /** Everything below a folder; nothing when there is none. */
    public static FileTree read(Path folder) {
        Map<TreePath, Content> files = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    String path = folder.relativize(file).toString().replace('\\', '/');
                    files.put(TreePath.of(path), Content.of(Files.readAllBytes(file)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return FileTree.of(files);
    }

    /** Fails on the first file that is missing, superfluous or different, and says how to accept it. */
    public static void assertSame(Path folder, FileTree found) {
        if (isWriting()) {
            write(folder, found);
            return;
        }
        assertSame(folder.toString(), read(folder), found);
    }

    /** Fails on the first file that is missing, superfluous or different. */
    public static void assertSame(String name, FileTree expected, FileTree found) {
        assertThat(paths(found)).as("files of %s", name).isEqualTo(paths(expected));
        expected.forEach(
                (path, content) -> assertThat(found.find(path).orElseThrow().utf8())
                        .as("%s: %s (accept with -Dgolden=write)", name, path)
                        .isEqualTo(content.utf8()));
        assertThat(found).as(name).isEqualTo(expected);
    }

    private static TreeSet<String> paths(FileTree tree) {
        TreeSet<String> paths = new TreeSet<>();
        tree.forEach((path, content) -> paths.add(path.value()));
        return paths;
    }

    /** Makes the folder hold these files and nothing else. */
    public static void write(Path folder, FileTree files) {
        try {
            delete(folder);
            for (Map.Entry<TreePath, Content> e : files.files().entrySet()) {
                Path file = folder.resolve(e.getKey().value());
                Files.createDirectories(file.getParent());
                Files.write(file, e.getValue().bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    /** The lines of a golden text, compared or written; an empty text is no file. */
    public static void assertSame(Path file, String found) {
        try {
            if (isWriting()) {
                if (found.isEmpty()) {
                    Files.deleteIfExists(file);
                } else {
                    Files.writeString(file, found);
                }
                return;
            }
            String expected = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
            assertThat(found).as("%s (accept with -Dgolden=write)", file).isEqualTo(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
