package dev.offshoot.layout;

import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Problem;
import java.util.List;

/**
 * A document that was read.
 *
 * @param findings what does not stand in the way, such as a key that is repeated
 */
public record ReadDocument(JsonValue value, List<Problem> findings) {
    public ReadDocument {
        findings = List.copyOf(findings);
    }
}
