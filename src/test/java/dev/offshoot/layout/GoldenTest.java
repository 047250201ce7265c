package dev.offshoot.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.FileTree;
import dev.offshoot.testing.GoldenTree;
import dev.offshoot.testing.Twin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One small document per difficulty. A case is a folder in {@code src/test/resources/golden}: {@code input.json}, the files it explodes to in
 * {@code tree/}, and in {@code findings.txt} what the explosion had to say. A new case is a folder with an input; {@code mvn test
 * -Dtest=GoldenTest -Dgolden=write} makes the rest, for a person to read. Every case also obeys the laws.
 */
class GoldenTest {
    private static final Path CASES = Path.of("src/test/resources/golden");
    private static final UUID NAMESPACE = new UUID(3, 4);

    private static final LayoutEngine ENGINE = new LayoutEngine(Layouts.bundled());

    static List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void explodesToItsTree(String name) throws IOException {
        Exploded exploded = explode(input(name));
        GoldenTree.assertSame(CASES.resolve(name).resolve("tree"), exploded.files());
        GoldenTree.assertSame(CASES.resolve(name).resolve("findings.txt"), findings(exploded));
    }

    private static String findings(Exploded exploded) {
        List<String> lines = new ArrayList<>();
        exploded.findings().forEach(f -> lines.add(f.reason().code() + " " + f + "\n"));
        exploded.withheld().forEach(w -> lines.add("withheld " + w + "\n"));
        return String.join("", lines);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void comesBackExactly(String name) throws IOException {
        Exploded exploded = explode(input(name));
        Ledger ledger = Ledger.fromFiles(exploded.ledger().toFiles());
        assertThat(ledger).isEqualTo(exploded.ledger());
        assertThat(assemble(exploded, ledger)).isEqualTo(exploded.expected());
        if (exploded.withheld().isEmpty()) {
            assertThat(exploded.expected()).isEqualTo(input(name));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void comesBackFromTheFilesAlone(String name) throws IOException {
        Exploded exploded = explode(input(name));
        FileTree again = explode(assemble(exploded, Ledger.EMPTY)).files();
        GoldenTree.assertSame(name, exploded.files(), again);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isTheSameFromAnotherInstance(String name) throws IOException {
        JsonValue document = input(name);
        Exploded exploded = explode(document);
        for (long seed = 1; seed <= 3; seed++) {
            Exploded twin = explode(Twin.ofToolJet(document, seed));
            GoldenTree.assertSame(name + ", twin " + seed, exploded.files(), twin.files());
            assertThat(assemble(exploded, twin.ledger())).isEqualTo(twin.expected());
        }
    }

    private Exploded explode(JsonValue document) {
        return ENGINE.explode(document, KnownDefinitions.NONE);
    }

    private JsonValue assemble(Exploded exploded, Ledger ledger) {
        return ENGINE.assemble(
                        new MemorySource(exploded.files()), ledger, exploded.document(), NAMESPACE, Selection.ALL)
                .document();
    }

    private static JsonValue input(String name) throws IOException {
        return JsonReader.read(Files.readAllBytes(CASES.resolve(name).resolve("input.json")));
    }
}
