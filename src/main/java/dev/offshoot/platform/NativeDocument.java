package dev.offshoot.platform;

import dev.offshoot.format.JsonObject;
import dev.offshoot.model.Problem;
import java.util.List;

/**
 * What an export of the platform would hold, made from its repository.
 *
 * @param key the same for the same definition in every state of the repository
 * @param name of the definition
 * @param findings what was left out or could not be read as it is meant
 */
public record NativeDocument(String key, String name, JsonObject document, List<Problem> findings) {
    public NativeDocument {
        findings = List.copyOf(findings);
    }
}
