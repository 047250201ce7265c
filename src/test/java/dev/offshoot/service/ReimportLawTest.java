package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.format.Limits;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.Remembered;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Person;
import dev.offshoot.model.Revision;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.FileRepositoryStore;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.StoreOptions;
import dev.offshoot.testing.AppsmithDocs;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.FlowRunnerDocs;
import dev.offshoot.testing.GeneratedApp;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.SmallEdits;
import dev.offshoot.testing.TinyApp;
import dev.offshoot.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import that goes by what the last one came to know does the very same as one that knows nothing: same commits, same ledger, same refusals. */
class ReimportLawTest {
    private static final WorkspaceName NAME = new WorkspaceName("team");
    private static final Person CALLER = new Person("Ada", "ada@example.com");
    private static final String APP = "/app/0/definition/appV2";

    @TempDir
    Path data;

    /** A workspace of a server that remembers, or of one without memory. */
    private static final class Side implements AutoCloseable {
        final LayoutEngine engine = new LayoutEngine(Layouts.bundled());
        final Caches caches;
        final FileRepositoryStore store;
        final ImportDocument imports;

        Side(Path folder, long heap) {
            Clock clock = Clock.fixed(Instant.parse("2026-05-04T10:00:00Z"), ZoneOffset.UTC);
            caches = new Caches(heap);
            store = FileRepositoryStore.open(folder, StoreOptions.of(clock).withoutCheckouts());
            imports = new ImportDocument(
                    store, engine, caches, clock, new SecretLanding(store, engine, Vault.NONE, UUID::randomUUID));
            new CreateWorkspace(store, () -> new UUID(0x4000L, 0x8000_0000_0000_0001L)).run(NAME, CALLER);
        }

        /** Everything that can be seen of an import. */
        String add(JsonValue document) {
            ImportRequest request = ImportRequest.of(NAME, JsonWriter.compact(document), CALLER);
            String plan = seen(
                    () -> new String(JsonWriter.compact(PlanJson.of(imports.plan(request))), StandardCharsets.UTF_8));
            String receipt = seen(
                    () -> new String(JsonWriter.compact(PlanJson.of(imports.run(request))), StandardCharsets.UTF_8));
            Snapshot state =
                    store.find(NAME).orElseThrow().snapshot(Revision.DEFAULT).orElseThrow();
            return plan + "\n" + receipt + "\n" + state.commit() + " " + state.ledgerCommit();
        }

        private static String seen(Supplier<String> work) {
            try {
                return work.get();
            } catch (Failure e) {
                return e.problems().toString();
            }
        }

        Optional<Remembered> remembered(JsonValue document) {
            Source source;
            try {
                source = Source.read(JsonWriter.compact(document), "", Optional.empty(), engine);
            } catch (Failure refused) {
                return Optional.empty();
            }
            UUID id = store.find(NAME).orElseThrow().info().id();
            ImportWishes wishes =
                    ImportWishes.NONE.on(store.find(NAME).orElseThrow().defaultBranch());
            return caches.imports.find(LastImports.Key.of(id, wishes, source)).map(LastImports.Last::remembered);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private int folder;
    private int told;

    /** Imports a document and then edits of it, one after the other, into both sides. */
    private void assertLaw(String name, JsonValue document, int edits) {
        Path at = data.resolve("law" + folder++);
        try (Side with = new Side(at.resolve("with"), 256L << 20);
                Side without = new Side(at.resolve("without"), 0)) {
            assertThat(with.add(document)).as(name).isEqualTo(without.add(document));
            JsonValue current = document;
            for (int i = 0; i < edits; i++) {
                if (i % 7 == 3) {
                    JsonValue other = TinyApp.of("Other " + i, i, "x");
                    assertThat(with.add(other)).as(name).isEqualTo(without.add(other));
                }
                JsonValue next = SmallEdits.of(current, name.hashCode() * 31L + i);
                Optional<Remembered> before = with.remembered(next);
                String seen = with.add(next);
                assertThat(seen).as(name + ", edit " + i).isEqualTo(without.add(next));
                if (before.isPresent() && before.equals(with.remembered(next))) {
                    told++;
                }
                current = i % 5 == 4 || seen.startsWith("[") ? current : next;
            }
        }
    }

    @Test
    void toolJet() {
        assertLaw("crm", Sample.crm(), 25);
        assertLaw("generated", GeneratedApp.document(40, 5), 25);
        assertThat(told).isGreaterThan(5);
    }

    @Test
    void appsmith() {
        assertLaw("workshop", AppsmithDocs.workshop(), 15);
    }

    @Test
    void flowRunner() {
        assertLaw("flow", FlowRunnerDocs.full(3), 6);
    }

    @Test
    void everyDocumentOfTheCorpus() throws Exception {
        int n = 0;
        for (Path file : Corpus.json("")) {
            if (Files.size(file) < 100_000 && n++ % 20 == 0) {
                JsonValue document;
                try {
                    document = JsonReader.read(Files.readAllBytes(file), Limits.DEFAULT);
                    new LayoutEngine(Layouts.bundled()).mains(document);
                } catch (Failure notForUs) {
                    continue;
                }
                assertLaw(file.getFileName().toString(), document, 4);
            }
        }
    }

    @Test
    void whatIsTheAffairOfOneRecordIsToldWithoutTheOthers() {
        JsonValue document = GeneratedApp.document(40, 5);
        try (Side side = new Side(data, 256L << 20)) {
            side.add(document);
            Remembered first = side.remembered(document).orElseThrow();
            JsonValue text = Edits.set(document, APP + "/components/3/properties/text/value", new JsonString("Hello"));
            side.add(text);
            assertThat(side.remembered(text))
                    .hasValueSatisfying(r -> assertThat(r).isSameAs(first));
            JsonValue query = Edits.set(text, APP + "/dataQueries/1/options/query", new JsonString("SELECT 1"));
            JsonValue saved =
                    Edits.set(query, APP + "/dataQueries/1/updatedAt", new JsonString("2026-06-01T00:00:00Z"));
            side.add(saved);
            assertThat(side.remembered(saved))
                    .hasValueSatisfying(r -> assertThat(r).isSameAs(first));
            JsonValue named = Edits.set(saved, APP + "/components/3/name", new JsonString("renamed"));
            side.add(named);
            assertThat(side.remembered(named))
                    .hasValueSatisfying(r -> assertThat(r).isNotSameAs(first));
        }
    }
}
