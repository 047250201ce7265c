package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The order of a document's map whose keys are content ids. Nothing is written while it is that of the keys; another one is told by naming all
 * records in the map, {@code <id>: '@{/files/<id>}'}.
 */
final class MapOrder {
    private MapOrder() {}

    /**
     * @param encode how the document writes a key
     * @param address how the document refers to a record
     */
    static void write(Rec document, Rec.SlotCut slot, UnaryOperator<String> encode, Function<Rec, String> address) {
        if (slot.shape != Rec.Shape.MAP
                || isSorted(slot.keys)
                || slot.items.stream().noneMatch(i -> i instanceof Rec r && r.kind.writesKey())) {
            return;
        }
        Pointer at = Pointer.parse(slot.pointer);
        Optional<JsonValue> before = at.get(document.content);
        JsonObject.Builder all = JsonObject.builder();
        for (int i = 0; i < slot.keys.size(); i++) {
            String key = encode.apply(slot.keys.get(i));
            if (slot.items.get(i) instanceof Rec r && !r.raw) {
                all.put(key, ListNames.reference(address.apply(r)));
            } else {
                before.flatMap(b -> ((JsonObject) b).get(key)).ifPresent(value -> all.put(key, value));
            }
        }
        JsonObject named = all.build();
        // Only maps with ids for keys are written in another order than that of the keys.
        if (CanonicalOrder.sort(named).keys().equals(named.keys())) {
            document.content = (JsonObject) at.putDeep(document.content, named);
        }
    }

    /** Members of a map in the order that its keys as written say: by key, or as they are; what is not among them comes after, by key. */
    static JsonObject of(Map<String, JsonValue> members, List<String> written) {
        Map<String, JsonValue> ordered = new LinkedHashMap<>();
        if (!isSorted(written)) {
            written.stream().filter(members::containsKey).forEach(key -> ordered.put(key, members.get(key)));
        }
        new TreeSet<>(members.keySet()).forEach(key -> ordered.putIfAbsent(key, members.get(key)));
        return JsonObject.of(ordered);
    }

    private static boolean isSorted(List<String> keys) {
        return new ArrayList<>(new TreeSet<>(keys)).equals(keys);
    }
}
