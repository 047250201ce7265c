package dev.offshoot.layout;

import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;

/** Small questions about values. */
final class Values {
    private Values() {}

    /** The text of a string or number. */
    static Optional<String> text(JsonValue value) {
        if (value instanceof JsonString s) {
            return Optional.of(s.value());
        }
        return value instanceof JsonNumber n ? Optional.of(n.literal()) : Optional.empty();
    }

    /** Numbers by size, then texts by code units, then everything else by its text; what is absent comes last. */
    static final Comparator<Optional<JsonValue>> ORDER = (a, b) -> {
        if (a.isEmpty() || b.isEmpty()) {
            return Boolean.compare(a.isEmpty(), b.isEmpty());
        }
        if (a.get() instanceof JsonNumber x && b.get() instanceof JsonNumber y && isShort(x) && isShort(y)) {
            return new BigDecimal(x.literal()).compareTo(new BigDecimal(y.literal()));
        }
        int rank = Integer.compare(rank(a.get()), rank(b.get()));
        return rank != 0
                ? rank
                : text(a.get())
                        .orElse(a.get().toString())
                        .compareTo(text(b.get()).orElse(b.get().toString()));
    };

    private static boolean isShort(JsonNumber n) {
        return n.literal().length() <= 40
                && n.literal().indexOf('e') < 0
                && n.literal().indexOf('E') < 0;
    }

    private static int rank(JsonValue value) {
        return value instanceof JsonNumber ? 0 : value instanceof JsonString ? 1 : 2;
    }
}
