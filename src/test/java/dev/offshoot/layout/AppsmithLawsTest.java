package dev.offshoot.layout;

import static dev.offshoot.testing.Trees.differing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.Limits;
import dev.offshoot.model.FileTree;
import dev.offshoot.testing.AppsmithDocs;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.Loose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The laws of design.md section 2 over our Appsmith export and over every real one at hand. */
class AppsmithLawsTest {
    private static final UUID NAMESPACE = new UUID(1, 2);
    private final LayoutEngine engine = new LayoutEngine(Layouts.bundled());

    @Test
    void sampleComesBackExactly() {
        roundTrip("workshop", AppsmithDocs.workshop());
    }

    @Test
    void everyDocumentComesBackExactly() {
        corpus().forEach(this::roundTrip);
    }

    private void roundTrip(String name, JsonObject document) {
        Exploded exploded = engine.explode(document, KnownDefinitions.NONE);
        Ledger ledger = Ledger.fromFiles(exploded.ledger().toFiles());
        assertThat(ledger).as(name).isEqualTo(exploded.ledger());
        assertThat(assemble(exploded, ledger)).as(name).isEqualTo(exploded.expected());
    }

    @Test
    void anotherInstanceGivesTheSameTree() {
        everywhere((name, document) -> assertSameTree(name, document, AppsmithDocs.twin(document, name.hashCode())));
    }

    @Test
    void orderOfRecordsMeansNothing() {
        everywhere(
                (name, document) -> assertSameTree(name, document, AppsmithDocs.shuffled(document, name.hashCode())));
    }

    private void assertSameTree(String name, JsonObject document, JsonObject other) {
        assertThat(differing(explode(document), explode(other))).as(name).isEmpty();
    }

    @Test
    void ledgerOfTheTwinGivesTheTwin() {
        everywhere((name, document) -> {
            Exploded twin = engine.explode(AppsmithDocs.twin(document, 7), KnownDefinitions.NONE);
            Exploded one = engine.explode(document, KnownDefinitions.NONE);
            assertThat(assemble(one, twin.ledger())).as(name).isEqualTo(twin.expected());
        });
    }

    @Test
    void treeAloneGivesADocumentOfTheSameTree() {
        everywhere((name, document) -> {
            Exploded exploded = engine.explode(document, KnownDefinitions.NONE);
            JsonValue bare = assemble(exploded, Ledger.EMPTY);
            assertThat(differing(explode((JsonObject) bare), exploded.files()))
                    .as(name)
                    .isEmpty();
            assertThat(Loose.of(bare, Set.of("gitSyncId")))
                    .as(name)
                    .isEqualTo(Loose.of(exploded.expected(), Set.of("gitSyncId")));
        });
    }

    @Test
    void damagedDocumentsComeBackExactly() {
        everywhere((name, document) -> {
            for (long seed = 0; seed < (name.equals("workshop") ? 300 : 8); seed++) {
                JsonObject damaged = AppsmithDocs.damaged(document, seed);
                if (isRecognised(damaged)) {
                    roundTrip(name + " damaged by " + seed, damaged);
                }
            }
        });
    }

    private boolean isRecognised(JsonObject document) {
        return engine.layouts().all().stream().anyMatch(l -> l.recognises(document));
    }

    private void everywhere(BiConsumer<String, JsonObject> law) {
        law.accept("workshop", AppsmithDocs.workshop());
        corpus().forEach(law);
    }

    private FileTree explode(JsonObject document) {
        return engine.explode(document, KnownDefinitions.NONE).files();
    }

    private JsonValue assemble(Exploded exploded, Ledger ledger) {
        return engine.assemble(
                        new MemorySource(exploded.files()), ledger, exploded.document(), NAMESPACE, Selection.ALL)
                .document();
    }

    private static Map<String, JsonObject> corpus() {
        Map<String, JsonObject> documents = new LinkedHashMap<>();
        for (Path file : Corpus.json("appsmith")) {
            try {
                documents.put(file.getFileName().toString(), (JsonObject)
                        JsonReader.read(Files.readAllBytes(file), Limits.DEFAULT));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return documents;
    }
}
