package dev.offshoot.testing;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Our own AppBuilder exports: the tool shed of an allotment association, and a phone page over the same tools. */
public final class Shed {
    private Shed() {}

    public static JsonObject toolShed() {
        return read("tool-shed");
    }

    /** Shares the tools, shelves and loans with {@link #toolShed}. */
    public static JsonObject phone() {
        return read("shed-phone");
    }

    private static JsonObject read(String name) {
        try (InputStream in = Shed.class.getResourceAsStream("/appbuilder/" + name + ".json")) {
            return (JsonObject) JsonReader.read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
