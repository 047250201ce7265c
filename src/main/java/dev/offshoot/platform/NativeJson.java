package dev.offshoot.platform;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.util.stream.Stream;

/** Reads the JSON files of a native repository. */
final class NativeJson {
    private NativeJson() {}

    static JsonValue value(NativeFiles files, NativePath path) {
        try {
            return JsonReader.read(files.read(path).bytes());
        } catch (Failure e) {
            throw new Failure(
                    new Problem(
                            Reason.INVALID_REPOSITORY,
                            path.toString(),
                            "cannot be read: " + e.getMessage(),
                            "repair the file, or take a commit in which it is whole"),
                    e);
        }
    }

    static JsonObject object(NativeFiles files, NativePath path) {
        if (value(files, path) instanceof JsonObject object) {
            return object;
        }
        throw Failure.of(
                Reason.INVALID_REPOSITORY,
                path.toString(),
                "is no JSON object",
                "repair the file, or take a commit in which it is whole");
    }

    static JsonArray list(Stream<? extends JsonValue> items) {
        return JsonArray.of(items.toList());
    }
}
