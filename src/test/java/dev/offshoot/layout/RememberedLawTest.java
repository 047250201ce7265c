package dev.offshoot.layout;

import static dev.offshoot.testing.Trees.differing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.Limits;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.AppsmithDocs;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.FlowRunnerDocs;
import dev.offshoot.testing.GeneratedApp;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.SmallEdits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is remembered of a document never says anything else about the next one than a whole explode does. */
class RememberedLawTest {
    private static final UUID NAMESPACE = new UUID(1, 2);
    private static final int EDITS = 60;

    private final LayoutEngine engine = new LayoutEngine(Layouts.bundled());
    private int told;
    private int asked;

    @Test
    void ourDocumentsOfEveryPlatform() {
        assertLaw("crm", Sample.crm(), EDITS);
        assertLaw("generated", GeneratedApp.document(60, 5), EDITS);
        assertLaw("workshop", AppsmithDocs.workshop(), EDITS);
        assertLaw("flow", FlowRunnerDocs.full(3), EDITS);
        assertThat(told).as("of " + asked).isGreaterThan(asked / 10);
    }

    @Test
    void everyDocumentOfTheCorpus() throws Exception {
        int n = 0;
        for (Path file : Corpus.json("")) {
            if (Files.size(file) < 400_000 && n++ % 5 == 0) {
                JsonValue document;
                try {
                    document = JsonReader.read(Files.readAllBytes(file), Limits.DEFAULT);
                    engine.explode(document, KnownDefinitions.NONE);
                } catch (Failure notForUs) {
                    continue;
                }
                assertLaw(file.getFileName().toString(), document, 6);
            }
        }
    }

    @Test
    void changesOfWhatIsTheAffairOfOneRecordAreToldWithoutTheOthers() {
        JsonValue document = GeneratedApp.document(60, 5);
        String app = "/app/0/definition/appV2";
        for (String at : List.of(
                "/components/3/properties/text/value",
                "/components/3/styles/textColor/value",
                "/components/3/layouts/0/top",
                "/components/3/updatedAt",
                "/dataQueries/1/options/query",
                "/dataQueries/1/updatedAt",
                "/events/1/event/message",
                "/pages/0/hidden",
                "/updatedAt")) {
            Remembered remembered = engine.remember(document, KnownDefinitions.NONE);
            JsonValue changed = Edits.set(document, app + at, new JsonString("other"));
            assertThat(again(remembered, document, changed)).as(at).isPresent();
        }
        for (String at : List.of(
                "/components/3/name",
                "/components/3/pageId",
                "/components/3/id",
                "/events/1/index",
                "/name",
                "/appVersions/0/name")) {
            Remembered remembered = engine.remember(document, KnownDefinitions.NONE);
            JsonValue changed = Edits.set(document, app + at, new JsonString("other"));
            assertThat(again(remembered, document, changed)).as(at).isEmpty();
        }
    }

    private void assertLaw(String name, JsonValue document, int edits) {
        Remembered remembered = engine.remember(document, KnownDefinitions.NONE);
        Exploded before = remembered.exploded();
        JsonValue current = document;
        for (int i = 0; i < edits; i++) {
            JsonValue next = SmallEdits.of(current, name.hashCode() + i);
            Optional<Remembered.Again> again = remembered.again(next, before.ledger(), NAMESPACE);
            asked++;
            if (again.isEmpty()) {
                continue;
            }
            told++;
            String label = name + ", edit " + i + " "
                    + Change.between(current, next, 9).orElseThrow().stream()
                            .map(Change::at)
                            .toList();
            Exploded whole = engine.explode(next, KnownDefinitions.NONE);
            assertThat(differing(with(before.files(), again.get().files()), whole.files()))
                    .as(label)
                    .isEmpty();
            assertThat(again.get().facts().over(before.ledger())).as(label).isEqualTo(whole.ledger());
            assertThat(whole.document()).as(label).isEqualTo(before.document());
            assertThat(whole.definitions()).as(label).isEqualTo(before.definitions());
            assertThat(whole.findings()).as(label).isEqualTo(before.findings());
            assertThat(whole.withheld()).as(label).isEqualTo(before.withheld());
            if (i % 2 == 0) {
                assertThat(remembered.become(again.get())).isTrue();
                before = whole;
                current = next;
            }
        }
    }

    private Optional<Remembered.Again> again(Remembered remembered, JsonValue document, JsonValue changed) {
        return remembered.again(
                changed, engine.explode(document, KnownDefinitions.NONE).ledger(), NAMESPACE);
    }

    private static FileTree with(FileTree files, Map<TreePath, Optional<Content>> changes) {
        Map<TreePath, Content> all = new TreeMap<>(files.files());
        changes.forEach((path, content) -> content.ifPresentOrElse(c -> all.put(path, c), () -> all.remove(path)));
        return FileTree.of(all);
    }
}
