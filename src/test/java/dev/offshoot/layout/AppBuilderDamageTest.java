package dev.offshoot.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.Damage;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Shed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whatever a document has been through comes back exactly; nothing throws. */
class AppBuilderDamageTest {
    private final LayoutEngine engine = new LayoutEngine(Layouts.bundled());

    @Test
    void damagedSamplesComeBackExactly() {
        for (long seed = 0; seed < 300; seed++) {
            assertComesBack(Shed.toolShed(), seed, "tool shed");
            assertComesBack(Shed.phone(), seed, "phone");
        }
    }

    @Test
    void damagedRealDocumentsComeBackExactly() throws Exception {
        List<Path> files = Corpus.json("appbuilder");
        for (int i = 0; i < files.size(); i += 6) {
            JsonObject document = (JsonObject) JsonReader.read(Files.readAllBytes(files.get(i)));
            for (long seed = 0; seed < 10; seed++) {
                assertComesBack(document, seed, files.get(i).getFileName().toString());
            }
        }
    }

    private void assertComesBack(JsonObject document, long seed, String name) {
        JsonObject damaged = Damage.done(document, seed);
        Exploded exploded;
        try {
            exploded = engine.explode(damaged, KnownDefinitions.NONE);
        } catch (Failure refused) {
            assertThat(refused.reason()).as(name + " " + seed).isEqualTo(Reason.UNKNOWN_PLATFORM);
            return;
        }
        Ledger ledger = Ledger.fromFiles(exploded.ledger().toFiles());
        JsonValue back = engine.assemble(
                        new MemorySource(exploded.files()), ledger, exploded.document(), new UUID(1, 2), Selection.ALL)
                .document();
        assertThat(SameJson.differences(exploded.expected(), back))
                .as(name + " " + seed)
                .isEmpty();
    }
}
