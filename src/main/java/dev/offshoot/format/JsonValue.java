package dev.offshoot.format;

/**
 * A JSON value that keeps what other libraries lose: numbers by their literal text, and the order of object members. Two
 * values are equal when they mean the same: object members in any order, numbers by literal.
 */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

    default boolean isNull() {
        return this == JsonNull.NULL;
    }

    static JsonValue of(String value) {
        return new JsonString(value);
    }

    static JsonValue of(boolean value) {
        return value ? JsonBoolean.TRUE : JsonBoolean.FALSE;
    }

    static JsonValue of(long value) {
        return new JsonNumber(Long.toString(value));
    }
}
