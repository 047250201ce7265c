package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How records stand inside the file of another: under a key that the layout gives, or, when they have no place, under {@code unplaced/} and the
 * name of their list. A field of the host's own that has such a name is written with a {@code ~} before it.
 */
final class Embedding {
    static final String UNPLACED = "unplaced/";
    /** Where a record's key in its container's map is written, when that is its content id. */
    static final String KEY = "$key";

    private final Map<Kind, Set<String>> keys = new IdentityHashMap<>();
    private final Map<Kind, Map<String, Layout.Owned>> owned = new IdentityHashMap<>();

    Embedding(Layout layout) {
        for (Kind kind : layout.kinds().values()) {
            Set<String> found = new LinkedHashSet<>();
            Map<String, Layout.Owned> byKey = new HashMap<>();
            if (kind.mayWriteKey()) {
                found.add(KEY);
            }
            for (Layout.Owned o : layout.ownedBy(kind)) {
                if (o.place().target() instanceof Placement.Target.Embed e) {
                    found.add(e.key());
                    byKey.putIfAbsent(e.key(), o);
                }
            }
            keys.put(kind, found);
            owned.put(kind, byKey);
        }
    }

    /** Keys under which a record of this kind can hold others. */
    Set<String> of(Kind host) {
        return keys.get(host);
    }

    /** Whether files of a kind can say under which key their record stands. */
    boolean writesKey(Kind kind) {
        return of(kind).contains(KEY);
    }

    /** What stands at a key of a host. */
    Optional<Layout.Owned> at(Kind host, String key) {
        return Optional.ofNullable(owned.get(host).get(key));
    }

    static boolean isKey(Set<String> keys, Pointer at) {
        return at.isMember() && keys.contains(at.first());
    }

    static boolean isReserved(Set<String> keys, String key) {
        return keys.contains(key) || key.startsWith(UNPLACED);
    }

    static JsonObject join(Set<String> keys, JsonObject own, JsonObject embedded) {
        boolean plain = true;
        for (int i = 0; i < own.size(); i++) {
            plain &= !isReserved(keys, own.key(i)) && !own.key(i).startsWith("~");
        }
        if (plain && embedded.isEmpty()) {
            return own;
        }
        JsonObject.Builder all = JsonObject.builder();
        own.forEach((key, value) -> all.put(isReserved(keys, key) || key.startsWith("~") ? "~" + key : key, value));
        return all.putAll(embedded).build();
    }

    /** Takes the marks of {@link #join} off a host's own fields, the embedded ones being out already. */
    static JsonObject unescape(JsonObject own) {
        for (int i = 0; i < own.size(); i++) {
            if (own.key(i).startsWith("~")) {
                String[] names = new String[own.size()];
                JsonValue[] values = new JsonValue[own.size()];
                for (int j = 0; j < own.size(); j++) {
                    names[j] = own.key(j).startsWith("~") ? own.key(j).substring(1) : own.key(j);
                    values[j] = own.value(j);
                }
                return JsonObject.adopt(names, values);
            }
        }
        return own;
    }
}
