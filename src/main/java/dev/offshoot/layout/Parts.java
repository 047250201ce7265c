package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A value taken apart by {@link Anatomy.Rules}.
 *
 * @param main what no rule takes
 * @param texts source texts by suffix
 * @param derived values by their place, without the leading slash
 */
record Parts(JsonObject main, Map<String, String> texts, SortedMap<String, JsonValue> derived) {
    /** Among the derived values: implied fields that the value does not have. */
    static final String ABSENT = "~absent";

    /** Among the derived values: the whole value, never deployed. */
    static final String PARKED = ".";

    static Parts of(JsonObject main) {
        return new Parts(main, Map.of(), new TreeMap<>());
    }

    JsonObject line() {
        return JsonObject.of(derived);
    }
}
