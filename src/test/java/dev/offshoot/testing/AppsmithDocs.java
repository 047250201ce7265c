package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Our own Appsmith export, and documents made of others: the same app on another instance, shuffled, damaged. */
public final class AppsmithDocs {
    private static final Set<String> RECORDS =
            Set.of("pageList", "actionList", "actionCollectionList", "datasourceList", "customJSLibList");

    private AppsmithDocs() {}

    /** Orders and stock of a bicycle workshop: two pages, one query changed since it was deployed, one never deployed. */
    public static JsonObject workshop() {
        try (InputStream in = AppsmithDocs.class.getResourceAsStream("/appsmith/workshop.json")) {
            return (JsonObject) JsonReader.read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document as another instance would export it: other sync ids, other times of creation. */
    public static JsonObject twin(JsonObject document, long seed) {
        Random random = new Random(seed);
        JsonObject result = document;
        for (String list : RECORDS) {
            if (document.get(list).orElse(null) instanceof JsonArray records) {
                List<JsonValue> twins = new ArrayList<>();
                records.forEach(r -> twins.add(r instanceof JsonObject o ? twin(o, random) : r));
                result = result.with(list, JsonArray.of(twins));
            }
        }
        return result;
    }

    private static JsonObject twin(JsonObject record, Random random) {
        JsonObject result = record;
        if (record.has("gitSyncId")) {
            result = result.with(
                    "gitSyncId", JsonValue.of(String.format("%024x_%024x", random.nextLong(), random.nextLong())));
        }
        for (String half : List.of("unpublishedAction", "publishedAction")) {
            if (record.object(half).filter(h -> h.has("createdAt")).isPresent()) {
                result = result.with(
                        half,
                        record.object(half)
                                .get()
                                .with("createdAt", JsonValue.of("2031-01-0" + (1 + random.nextInt(8)) + "T10:00:00Z")));
            }
        }
        return result;
    }

    /** The document with its lists of records in another order. */
    public static JsonObject shuffled(JsonObject document, long seed) {
        JsonObject result = document;
        for (String list : RECORDS) {
            if (document.get(list).orElse(null) instanceof JsonArray records) {
                List<JsonValue> items = new ArrayList<>(records.items());
                Collections.shuffle(items, new Random(seed));
                result = result.with(list, JsonArray.of(items));
            }
        }
        return result;
    }

    /** The document with a few random wounds: members and items lost, doubled, swapped, replaced or renamed. */
    public static JsonObject damaged(JsonObject document, long seed) {
        Random random = new Random(seed);
        JsonObject result = document;
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            JsonValue wounded = wound(result, random, 2 + random.nextInt(9));
            result = wounded instanceof JsonObject o ? o : result;
        }
        return result;
    }

    private static JsonValue wound(JsonValue value, Random random, int depth) {
        if (value instanceof JsonObject o && !o.isEmpty()) {
            int i = random.nextInt(o.size());
            if (depth > 0 && !isLeaf(o.value(i))) {
                return o.with(o.key(i), wound(o.value(i), random, depth - 1));
            }
            return switch (random.nextInt(4)) {
                case 0 -> o.without(o.key(i));
                case 1 -> o.with("~" + o.key(i), o.value(i));
                default -> o.with(o.key(i), strange(random));
            };
        }
        if (value instanceof JsonArray a && !a.isEmpty()) {
            int i = random.nextInt(a.size());
            if (depth > 0 && !isLeaf(a.get(i)) && random.nextInt(5) > 0) {
                return a.with(i, wound(a.get(i), random, depth - 1));
            }
            List<JsonValue> items = new ArrayList<>(a.items());
            switch (random.nextInt(4)) {
                case 0 -> items.remove(i);
                case 1 -> items.add(items.get(i));
                case 2 -> Collections.shuffle(items, random);
                default -> items.set(i, strange(random));
            }
            return JsonArray.of(items);
        }
        return strange(random);
    }

    private static boolean isLeaf(JsonValue value) {
        return !(value instanceof JsonObject) && !(value instanceof JsonArray);
    }

    private static JsonValue strange(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> JsonNull.NULL;
            case 1 -> new JsonNumber("1.69E12");
            case 2 -> JsonObject.EMPTY;
            case 3 -> JsonArray.EMPTY;
            case 4 -> new JsonString("");
            case 5 -> new JsonString("@{pages/Orders} ../.. CON:\n");
            case 6 -> JsonArray.of(List.of(JsonNull.NULL, JsonObject.EMPTY));
            case 7 -> JsonObject.EMPTY.with("~without", JsonValue.of("name")).with("children", JsonArray.EMPTY);
            default -> new JsonString("CANVAS_WIDGET");
        };
    }
}
