package dev.offshoot.format;

import java.util.Objects;

/** A string; may hold lone surrogates, as JSON texts can. */
public record JsonString(String value) implements JsonValue {
    public JsonString {
        Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return '"' + value + '"';
    }
}
