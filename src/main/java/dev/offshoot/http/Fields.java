package dev.offshoot.http;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.Limits;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A small JSON body: an object of texts. Members that a route does not know are refused: they are typing errors. */
final class Fields {
    private static final int BODY_LIMIT = 64 * 1024;
    private static final int DEEPEST = 8;

    private final JsonObject object;
    private final String example;

    private Fields(JsonObject object, String example) {
        this.object = object;
        this.example = example;
    }

    static Fields of(Context ctx, Set<String> known) {
        String example = "send {"
                + String.join(
                        ", ",
                        known.stream()
                                .sorted()
                                .map(key -> "\"" + key + "\": \"…\"")
                                .toList())
                + "}";
        if (!(JsonReader.read(Body.read(ctx, BODY_LIMIT), Limits.DEFAULT.withMaxDepth(DEEPEST))
                instanceof JsonObject object)) {
            throw Failure.of(Reason.INVALID_PARAMETER, "", "the body is not an object", example);
        }
        object.keys().stream().filter(key -> !known.contains(key)).findFirst().ifPresent(key -> {
            throw Failure.of(Reason.INVALID_PARAMETER, "/" + key, "unknown member", example);
        });
        return new Fields(object, example);
    }

    /** A small JSON object of any members, which somebody else looks at. */
    static JsonObject any(Context ctx) {
        if (JsonReader.read(Body.read(ctx, BODY_LIMIT), Limits.DEFAULT.withMaxDepth(DEEPEST))
                instanceof JsonObject object) {
            return object;
        }
        throw Failure.of(Reason.INVALID_PARAMETER, "", "the body is not an object", "send {\"field\": \"value\"}");
    }

    <T> T required(String key, Function<String, T> parser) {
        return optional(key, parser)
                .orElseThrow(() -> Failure.of(
                        Reason.INVALID_PARAMETER, "/" + key, "the " + key + " is missing or no text", example));
    }

    boolean has(String key) {
        return object.has(key);
    }

    boolean isText(String key) {
        return object.text(key).isPresent();
    }

    /** Texts; none when the member is missing. */
    List<String> list(String key) {
        List<String> found = new ArrayList<>();
        if (object.has(key)) {
            JsonArray items = object.array(key).orElseThrow(() -> notTexts(key));
            items.forEach(item -> found.add(item instanceof JsonString text ? text.value() : notText(key)));
        }
        return found;
    }

    private static String notText(String key) {
        throw notTexts(key);
    }

    private static Failure notTexts(String key) {
        return Failure.of(Reason.INVALID_PARAMETER, "/" + key, "no list of texts", "send [\"…\", \"…\"]");
    }

    <T> Optional<T> optional(String key, Function<String, T> parser) {
        if (object.has(key) && object.text(key).isEmpty()) {
            throw Failure.of(Reason.INVALID_PARAMETER, "/" + key, "the " + key + " is missing or no text", example);
        }
        return object.text(key).map(text -> Query.named("/" + key, text, parser));
    }
}
