package dev.offshoot.format;

/** The value {@code null}: present, unlike an absent member. */
public enum JsonNull implements JsonValue {
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}
