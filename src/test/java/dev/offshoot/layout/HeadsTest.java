package dev.offshoot.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from the head of a definition is what the whole of it says. */
class HeadsTest {
    private final LayoutEngine engine = new LayoutEngine(Layouts.bundled());

    private static Set<DefinitionHeader> mains(Exploded exploded) {
        return exploded.definitions().stream()
                .map(Definition::header)
                .filter(DefinitionHeader::main)
                .collect(Collectors.toSet());
    }

    private void holds(JsonValue document) {
        Exploded exploded = engine.explode(document, KnownDefinitions.NONE);
        assertThat(Set.copyOf(engine.mains(document))).isEqualTo(mains(exploded));
        MemorySource files = new MemorySource(exploded.files());
        for (Definition d : exploded.definitions()) {
            DefinitionHeader head =
                    engine.header(files, exploded.ledger(), d.address()).orElseThrow();
            assertThat(head.kind()).isEqualTo(d.header().kind());
            assertThat(head.folder()).isEqualTo(d.header().folder());
            assertThat(head.id()).isEqualTo(d.header().id());
            assertThat(head.correlations()).isEqualTo(d.header().correlations());
            assertThat(head.traits()).isEqualTo(d.header().traits());
            if (!d.header().name().isBlank()) {
                assertThat(head.name()).isEqualTo(d.header().name());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tooljet", "tooljet-series", "appbuilder"})
    void agreesWithTheWholeOnRealDocuments(String folder) throws IOException {
        for (Path file : Corpus.json(folder)) {
            JsonValue document;
            try {
                document = JsonReader.read(Files.readAllBytes(file));
                engine.mains(document);
            } catch (Failure brokenOnPurpose) {
                continue;
            }
            holds(document);
        }
    }

    @Test
    void knowsTheSample() {
        holds(Sample.crm());
        assertThat(engine.mains(Sample.crm()))
                .singleElement()
                .satisfies(h -> assertThat(h.name()).isEqualTo("CRM"));
    }

    @Test
    void versionsAreThoseInTheTree() {
        Exploded exploded = engine.explode(Sample.crm(), KnownDefinitions.NONE);
        List<VersionHeader> versions =
                engine.versions(new MemorySource(exploded.files()), exploded.ledger(), exploded.document());
        assertThat(versions).extracting(VersionHeader::name).containsExactly("v1", "v2");
        assertThat(versions).extracting(VersionHeader::id).doesNotContain(Optional.empty());
        assertThat(engine.versions(
                        new MemorySource(exploded.files()),
                        exploded.ledger(),
                        TreePath.of("tooljet/datasources/workshop")))
                .isEmpty();
    }

    @Test
    void aRenamedDocumentDiffersInItsNameOnly() {
        JsonValue renamed = engine.renamed(Sample.crm(), "Other");
        assertThat(engine.mains(renamed))
                .singleElement()
                .satisfies(h -> assertThat(h.name()).isEqualTo("Other"));
        assertThat(engine.renamed(renamed, "CRM")).isEqualTo(Sample.crm());
    }
}
