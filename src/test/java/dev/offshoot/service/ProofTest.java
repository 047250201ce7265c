package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.KnownDefinitions;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.MemorySource;
import dev.offshoot.layout.Selection;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.testing.Sample;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProofTest {
    private final LayoutEngine engine = new LayoutEngine(Layouts.bundled());
    private final Exploded exploded = engine.explode(Sample.crm(), KnownDefinitions.NONE);

    private RoundTrip.Proof proofOf(JsonValue expected) {
        return new RoundTrip(engine)
                .begin(
                        expected,
                        new MemorySource(exploded.files()),
                        exploded.ledger(),
                        exploded.document(),
                        new UUID(0, 1),
                        Selection.ALL);
    }

    @Test
    void aProofBesideOtherWorkComesBackOnlyWhenNothingIsLost() {
        proofOf(exploded.expected()).require();
        JsonObject more = ((JsonObject) exploded.expected()).with("more", new JsonString("than there is"));
        RoundTrip.Proof proof = proofOf(more);
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(proof::require).isInstanceOfSatisfying(Failure.class, failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.NOT_LOSSLESS);
                assertThat(failure.problems().get(0).where()).isEqualTo("/more");
            });
        }
    }
}
