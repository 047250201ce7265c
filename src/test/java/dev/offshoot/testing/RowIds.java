package dev.offshoot.testing;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** New ids for old ones, from a seed, and their exchange wherever they occur in a text. */
final class RowIds {
    // A UUID may follow anything (an encoded slash, %2F, ends like one); 24 digits are an id only when they stand
    // alone.
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
                    + "|(?<![0-9A-Za-z])[0-9a-fA-F]{24}(?![0-9A-Za-z])");

    private final Random random;
    private final Map<String, String> fresh = new HashMap<>();

    RowIds(long seed) {
        random = new Random(seed);
    }

    /** Declares an id; anything that does not look like one is left alone. */
    void declare(String id) {
        if (ID.matcher(id).matches()) {
            fresh.computeIfAbsent(id, old -> old.length() == 24 ? hex24() : uuid());
        }
    }

    /** The text with every declared id exchanged, alone or within ({@code <id>-header}, {@code {{queries.<id>.data}}}). */
    String exchange(String text) {
        Matcher matcher = ID.matcher(text);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(fresh.getOrDefault(found.group(), found.group())));
    }

    private String uuid() {
        long high = random.nextLong() & ~0xf000L | 0x4000L;
        long low = random.nextLong() & ~(3L << 62) | 1L << 63;
        return new UUID(high, low).toString();
    }

    private String hex24() {
        return String.format(Locale.ROOT, "%016x%08x", random.nextLong(), random.nextInt());
    }
}
