package dev.offshoot.layout;

import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Problem;
import java.util.List;

/** A document put together again, in canonical member order, with what was noticed on the way. */
public record Assembled(JsonValue document, List<Problem> findings) {}
