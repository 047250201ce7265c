package dev.offshoot.format;

import java.util.Objects;

/** A number by its literal: {@code 1.0}, {@code 1.00} and {@code 1} are three values. */
public record JsonNumber(String literal) implements JsonValue {
    public JsonNumber {
        Objects.requireNonNull(literal);
    }

    @Override
    public String toString() {
        return literal;
    }
}
