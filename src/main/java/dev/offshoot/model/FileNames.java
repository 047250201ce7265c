package dev.offshoot.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** File names for the entities of one folder: unique without regard to letter case, in any language and on any file system. */
public final class FileNames {
    private static final int HASH_DIGITS = 8;

    private FileNames() {}

    /**
     * An entity that wants a name.
     *
     * @param trueName what people call it; any string
     * @param orderKeys tells apart what has one true name, compared as texts, item by item
     * @param contentKey canonical content without ids, asked only when everything else is equal
     */
    public record Candidate(String trueName, List<String> orderKeys, Supplier<String> contentKey) {
        public Candidate {
            orderKeys = List.copyOf(orderKeys);
        }
    }

    /**
     * Names for all candidates of a folder, in their order. Depends on nothing but which candidates there are: their order, their
     * ids and earlier names have no influence, so two instances name alike. Candidates equal in everything are interchangeable.
     *
     * <p>The first of a name gets its {@link FileName#slug}; a different true name with that slug gets {@code ~} and eight
     * digits of its hash; the same true name gets {@code ~2}, {@code ~3} and so on.
     *
     * @param taken names that are not free, {@link #fold folded}
     */
    public static List<String> allocate(List<Candidate> candidates, Set<String> taken) {
        List<Item> items = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            items.add(new Item(candidate, items.size()));
        }
        items.sort(Item::compareTo);

        Allocation allocation = new Allocation(taken);
        String[] names = new String[items.size()];
        // In three rounds, so that a made-up name never takes the place of a plain one: plain slugs, hashes, ordinals.
        List<Item> hashed = new ArrayList<>();
        List<Item> twins = new ArrayList<>();
        Item first = null;
        for (Item item : items) {
            if (first != null && item.trueName().equals(first.trueName())) {
                item.twinOf = first;
                twins.add(item);
                continue;
            }
            first = item;
            item.slug = FileName.slug(item.trueName());
            if (allocation.take(item.slug)) {
                item.name = item.slug;
            } else {
                hashed.add(item);
            }
        }
        for (Item item : hashed) {
            item.name = allocation.takeHashed(item.slug, item.trueName());
        }
        for (Item item : twins) {
            item.twinOf.ordinal = allocation.nextOrdinal(item.twinOf.name, item.twinOf.ordinal + 1);
            item.name = item.twinOf.name + "~" + item.twinOf.ordinal;
        }
        for (Item item : items) {
            names[item.position] = item.name;
        }
        return Arrays.asList(names);
    }

    /**
     * What two names have in common when some file system, in some locale, takes them for the same: letter case in every script
     * ({@code ß} is {@code ss}, {@code ς} is {@code σ}), normal form, and the dotted and dotless i of Turkish.
     */
    public static String fold(String name) {
        boolean ascii = true;
        for (int i = 0; i < name.length() && ascii; i++) {
            ascii = name.charAt(i) < 128;
        }
        if (ascii) {
            return name.toUpperCase(Locale.ROOT);
        }
        String text = Normalizer.normalize(name, Normalizer.Form.NFC);
        // Once is not enough: ẞ has no upper case but its lower case ß has (SS).
        text = text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
        return Normalizer.normalize(text, Normalizer.Form.NFC).replace('\u0130', 'I');
    }

    /** SHA-256 of a true name in UTF-8, 64 lower-case hexadecimal digits. */
    static String hash(String trueName) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8(trueName)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A lone surrogate is written like any other code point, so that names which differ only there differ in their hash. */
    private static byte[] utf8(String text) {
        byte[] bytes = new byte[text.length() * 3];
        int n = 0;
        for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (c < 0x80) {
                bytes[n++] = (byte) c;
                continue;
            }
            if (c < 0x800) {
                bytes[n++] = (byte) (0xc0 | c >> 6);
            } else {
                if (c < 0x10000) {
                    bytes[n++] = (byte) (0xe0 | c >> 12);
                } else {
                    bytes[n++] = (byte) (0xf0 | c >> 18);
                    bytes[n++] = (byte) (0x80 | c >> 12 & 0x3f);
                }
                bytes[n++] = (byte) (0x80 | c >> 6 & 0x3f);
            }
            bytes[n++] = (byte) (0x80 | c & 0x3f);
        }
        return Arrays.copyOf(bytes, n);
    }

    /** The names of a folder so far. */
    private static final class Allocation {
        private final Set<String> folded;

        Allocation(Set<String> taken) {
            folded = new HashSet<>(taken);
        }

        boolean take(String name) {
            return FileName.isPortable(name) && folded.add(fold(name));
        }

        /** More digits while the name clashes; after the last one, ordinals. */
        String takeHashed(String slug, String trueName) {
            String hash = hash(trueName);
            for (int digits = HASH_DIGITS; digits <= hash.length(); digits++) {
                String name = slug + "~" + hash.substring(0, digits);
                if (take(name)) {
                    return name;
                }
            }
            return slug + "~" + hash + "~" + nextOrdinal(slug + "~" + hash, 2);
        }

        int nextOrdinal(String stem, int from) {
            int ordinal = from;
            while (!take(stem + "~" + ordinal)) {
                ordinal++;
            }
            return ordinal;
        }
    }

    /** A candidate on its way to a name. */
    private static final class Item implements Comparable<Item> {
        final Candidate candidate;
        final int position;
        String slug = "";
        String name = "";
        Item twinOf = this;
        int ordinal = 1;
        private String content; // null until a tie asks for it

        Item(Candidate candidate, int position) {
            this.candidate = candidate;
            this.position = position;
        }

        String trueName() {
            return candidate.trueName();
        }

        private String content() {
            if (content == null) {
                content = candidate.contentKey().get();
            }
            return content;
        }

        @Override
        public int compareTo(Item other) {
            int order = trueName().compareTo(other.trueName());
            if (order == 0) {
                order = Arrays.compare(
                        candidate.orderKeys().toArray(new String[0]),
                        other.candidate.orderKeys().toArray(new String[0]));
            }
            return order == 0 ? content().compareTo(other.content()) : order;
        }
    }
}
