package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A place at which two values differ, as far inside as can be told: a list of another length, or an object whose members stand in another
 * order, differs as a whole.
 *
 * @param at steps from the root
 * @param before empty: the member is new
 * @param now empty: the member is gone
 */
record Change(List<String> at, Optional<JsonValue> before, Optional<JsonValue> now) {
    Change {
        at = List.copyOf(at);
    }

    /** All of them, in document order; empty when there are more than so many. */
    static Optional<List<Change>> between(JsonValue before, JsonValue now, int most) {
        Search search = new Search(most);
        search.compare(before, now);
        return search.found.size() > most ? Optional.empty() : Optional.of(search.found);
    }

    /** One walk over both values. Steps are written down as texts only where something differs: nearly nothing does. */
    private static final class Search {
        final List<Change> found = new ArrayList<>();
        private final int most;
        private Object[] path = new Object[32];
        private int depth;

        Search(int most) {
            this.most = most;
        }

        void compare(JsonValue a, JsonValue b) {
            if (a == b || found.size() > most) {
                return;
            }
            if (a instanceof JsonObject before && b instanceof JsonObject now) {
                objects(before, now);
            } else if (a instanceof JsonArray before && b instanceof JsonArray now && before.size() == now.size()) {
                int at = enter();
                for (int i = 0; i < before.size(); i++) {
                    path[at] = i;
                    compare(before.get(i), now.get(i));
                }
                depth--;
            } else if (!a.equals(b)) {
                found(Optional.of(a), Optional.of(b));
            }
        }

        private int enter() {
            if (depth == path.length) {
                path = Arrays.copyOf(path, depth * 2);
            }
            return depth++;
        }

        private void found(Optional<JsonValue> before, Optional<JsonValue> now) {
            found.add(new Change(
                    Arrays.stream(path, 0, depth).map(Object::toString).toList(), before, now));
        }

        private void objects(JsonObject before, JsonObject now) {
            if (haveSameKeys(before, now)) {
                int at = enter();
                for (int i = 0; i < before.size(); i++) {
                    path[at] = before.key(i);
                    compare(before.value(i), now.value(i));
                }
                depth--;
                return;
            }
            Set<String> old = new HashSet<>(before.keys());
            List<String> kept = now.keys().stream().filter(old::contains).toList();
            if (!before.keys().stream().filter(now::has).toList().equals(kept)) {
                found(Optional.of(before), Optional.of(now));
                return;
            }
            int at = enter();
            for (String key : kept) {
                path[at] = key;
                compare(before.get(key).orElseThrow(), now.get(key).orElseThrow());
            }
            for (String key : before.keys()) {
                path[at] = key;
                if (!now.has(key)) {
                    found(before.get(key), Optional.empty());
                }
            }
            for (String key : now.keys()) {
                path[at] = key;
                if (!old.contains(key)) {
                    found(Optional.empty(), now.get(key));
                }
            }
            depth--;
        }

        private static boolean haveSameKeys(JsonObject a, JsonObject b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!a.key(i).equals(b.key(i))) {
                    return false;
                }
            }
            return true;
        }
    }
}
