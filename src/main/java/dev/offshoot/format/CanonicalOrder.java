package dev.offshoot.format;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The order of members in everything we write: the identifying keys {@code id}, {@code name} and {@code type} first, the rest
 * by Unicode code points, which no locale or platform changes. Arrays keep their order, and so do maps that are lists of records: those
 * with ids (UUIDs, 24 hexadecimal digits, symbolic references) for keys.
 */
public final class CanonicalOrder {
    /** Compares two keys of one object. */
    public static final Comparator<String> KEYS = CanonicalOrder::compare;

    private static final int FEW = 24;

    private CanonicalOrder() {}

    /** The same value with the members of every object in canonical order; the value itself when they already are. */
    public static JsonValue sort(JsonValue value) {
        if (value instanceof JsonObject o) {
            return sort(o);
        }
        if (value instanceof JsonArray a) {
            JsonValue[] items = null;
            for (int i = 0; i < a.size(); i++) {
                JsonValue item = a.get(i);
                JsonValue sorted = sort(item);
                if (sorted != item && items == null) {
                    items = a.items().toArray(new JsonValue[0]);
                }
                if (items != null) {
                    items[i] = sorted;
                }
            }
            return items == null ? a : JsonArray.adopt(items);
        }
        return value;
    }

    public static JsonObject sort(JsonObject object) {
        JsonObject sorted = object.map(CanonicalOrder::sort);
        int[] order = order(sorted);
        return order == null ? sorted : inOrder(sorted, order);
    }

    /** An object's own members in canonical order, a list of records too; what is inside them stays as it is. */
    public static JsonObject sortMembers(JsonObject object) {
        return isOrdered(object) ? object : inOrder(object, places(object));
    }

    private static JsonObject inOrder(JsonObject object, int[] order) {
        String[] keys = new String[order.length];
        JsonValue[] values = new JsonValue[order.length];
        for (int i = 0; i < order.length; i++) {
            keys[i] = object.key(order[i]);
            values[i] = object.value(order[i]);
        }
        return JsonObject.adopt(keys, values);
    }

    /** Positions of the members in canonical order, or null when they are in that order. */
    static int[] order(JsonObject object) {
        return isOrdered(object) || isListOfRecords(object) ? null : places(object);
    }

    private static boolean isOrdered(JsonObject object) {
        for (int i = 1; i < object.size(); i++) {
            if (compare(object.key(i - 1), object.key(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static int[] places(JsonObject object) {
        int size = object.size();
        if (size > FEW) {
            Integer[] boxed = new Integer[size];
            Arrays.setAll(boxed, i -> i);
            Arrays.sort(boxed, (a, b) -> compare(object.key(a), object.key(b)));
            return Arrays.stream(boxed).mapToInt(Integer::intValue).toArray();
        }
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            String key = object.key(i);
            int at = i;
            while (at > 0 && compare(object.key(order[at - 1]), key) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = i;
        }
        return order;
    }

    private static boolean isListOfRecords(JsonObject object) {
        for (int i = 0; i < object.size(); i++) {
            if (isId(object.key(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isId(String key) {
        if (key.startsWith("@{") && !key.startsWith("@{@}")) {
            return true;
        }
        int length = key.length();
        if (length != 36 && length != 24 && length != 49) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = key.charAt(i);
            boolean dash = length == 36 && (i == 8 || i == 13 || i == 18 || i == 23);
            boolean joint = length == 49 && i == 24;
            boolean hex = c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
            if (dash ? c != '-' : joint ? c != '_' : !hex) {
                return false;
            }
        }
        return true;
    }

    private static int compare(String a, String b) {
        int rank = rank(a);
        int otherRank = rank(b);
        if (rank != otherRank) {
            return rank - otherRank;
        }
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char c = a.charAt(i);
            char d = b.charAt(i);
            if (c != d) {
                // UTF-16 sorts U+E000..U+FFFF after the surrogates of the higher planes; code points the other way
                // round.
                return Character.isSurrogate(c) == Character.isSurrogate(d) || c < 0xd800 || d < 0xd800 ? c - d : d - c;
            }
        }
        return a.length() - b.length();
    }

    private static int rank(String key) {
        return switch (key.length()) {
            case 2 -> key.equals("id") ? 0 : 3;
            case 4 -> key.equals("name") ? 1 : key.equals("type") ? 2 : 3;
            default -> 3;
        };
    }
}
