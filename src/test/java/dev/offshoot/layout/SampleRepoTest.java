package dev.offshoot.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.FirstFiles;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.GoldenTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code sample-repo/} is what the exports in {@code src/test/resources/sample} explode to, and a README. After a change of an export or a
 * layout: {@code mvn test -Dtest=SampleRepoTest -Dgolden=write}, then read the diff.
 */
class SampleRepoTest {
    private static final Path REPOSITORY = Path.of("sample-repo");
    private static final Path EXPORTS = Path.of("src/test/resources/sample");
    private static final TreePath README = TreePath.of("README.md");

    private final LayoutEngine engine = new LayoutEngine(Layouts.bundled());

    @Test
    void isWhatTheExportsExplodeTo() throws IOException {
        FileTree found = FirstFiles.TREE.with(readme());
        for (Path export : exports()) {
            found = found.with(explode(read(export)).files());
        }
        GoldenTree.assertSame(REPOSITORY, found);
    }

    @Test
    void isEnoughToMakeTheSameTreeAgain() throws IOException {
        FileTree repository = GoldenTree.read(REPOSITORY);
        FileTree again = FirstFiles.TREE.with(readme());
        List<TreePath> documents = engine.documents(new MemorySource(repository));
        for (TreePath document : documents) {
            JsonValue made = engine.assemble(
                            new MemorySource(repository), Ledger.EMPTY, document, new UUID(5, 6), Selection.ALL)
                    .document();
            again = again.with(explode(made).files());
        }
        assertThat(documents).hasSameSizeAs(exports());
        GoldenTree.assertSame("sample-repo, assembled and exploded again", repository, again);
    }

    @Test
    void readmeNamesFilesThatAreThere() throws IOException {
        String readme = Files.readString(REPOSITORY.resolve(README.value()));
        List<String> named = java.util.regex.Pattern.compile("`([^` ]+/[^` ]*)`")
                .matcher(readme)
                .results()
                .map(m -> m.group(1))
                .filter(path -> !path.contains("{") && !path.contains("…"))
                .toList();
        assertThat(named)
                .hasSizeGreaterThan(5)
                .allSatisfy(path -> assertThat(REPOSITORY.resolve(path)).exists());
    }

    private Exploded explode(JsonValue document) {
        return engine.explode(document, KnownDefinitions.NONE);
    }

    private static FileTree readme() throws IOException {
        return FileTree.of(Map.of(README, Content.of(Files.readAllBytes(REPOSITORY.resolve(README.value())))));
    }

    private static JsonValue read(Path file) throws IOException {
        return JsonReader.read(Files.readAllBytes(file));
    }

    private static List<Path> exports() throws IOException {
        try (Stream<Path> files = Files.list(EXPORTS)) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
    }
}
