package dev.offshoot.format;

/** True or false. */
public enum JsonBoolean implements JsonValue {
    TRUE,
    FALSE;

    public boolean value() {
        return this == TRUE;
    }

    @Override
    public String toString() {
        return this == TRUE ? "true" : "false";
    }
}
