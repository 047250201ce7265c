package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Instance-local facts about entities that must never make a diff: ids and timestamps, the original order of lists, and which implied
 * fields were really absent. Keyed by address (path without extension, {@code #place} for a record inside a file), shaped like the tree.
 */
public final class Ledger {
    public static final Ledger EMPTY = new Ledger(Map.of());

    /** At a document's address: shared records that it refers to and does not hold. */
    static final String OMITTED = "$omitted";

    /** At a document's address: content ids that it refers to and has no record of. */
    static final String MISSING = "$missing";

    private final Map<String, Entry> entries;

    Ledger(Map<String, Entry> entries) {
        this.entries = Collections.unmodifiableMap(entries);
    }

    /**
     * What is known of one record.
     *
     * @param facts values by their pointer in the record; {@code $key} is its key in the container's map
     * @param absent implied fields that the record does not have
     * @param symbols instance-wide ids by symbol; only at a document's address
     * @param slots sequence of the records in each of its lists, by the list's pointer
     */
    record Entry(
            Map<String, JsonValue> facts, List<String> absent, Map<String, String> symbols, Map<String, Slot> slots) {
        static final Entry NONE = new Entry(Map.of(), List.of(), Map.of(), Map.of());

        /** At a document's address: what it leaves out although it would carry it. */
        Set<String> omitted() {
            return list(OMITTED);
        }

        /** At a document's address: ids that it stays without, whoever brings a record that has one. */
        Set<String> missing() {
            return list(MISSING);
        }

        private Set<String> list(String name) {
            Set<String> texts = new HashSet<>();
            if (facts.get(name) instanceof JsonArray list) {
                list.forEach(v -> Values.text(v).ifPresent(texts::add));
            }
            return texts;
        }

        Entry and(Entry other) {
            List<String> bothAbsent = new ArrayList<>(absent);
            bothAbsent.addAll(other.absent);
            return new Entry(
                    union(facts, other.facts), bothAbsent, union(symbols, other.symbols), union(slots, other.slots));
        }

        private static <V> Map<String, V> union(Map<String, V> a, Map<String, V> b) {
            Map<String, V> all = new LinkedHashMap<>(a);
            all.putAll(b);
            return all;
        }

        boolean isEmpty() {
            return facts.isEmpty() && absent.isEmpty() && symbols.isEmpty() && slots.isEmpty();
        }
    }

    record Slot(Rec.Shape shape, List<Token> tokens) {}

    /**
     * One position of a list.
     *
     * @param address the record; empty for an item that stayed in the residual list
     * @param override what differs, in this place, from the entry of the address: a record seen twice
     */
    record Token(String address, Optional<Entry> override) {
        static final Token RAW = new Token("", Optional.empty());

        boolean isRaw() {
            return address.isEmpty();
        }
    }

    Map<String, Entry> entries() {
        return entries;
    }

    Entry entry(String address) {
        return entries.getOrDefault(address, Entry.NONE);
    }

    /** What is known of an address, or null. */
    Entry find(String address) {
        return entries.get(address);
    }

    boolean knows(String address) {
        return entries.containsKey(address);
    }

    /** The id that this instance gave to a definition. */
    public Optional<String> idOf(TreePath address) {
        return Optional.ofNullable(entry(address.value()).facts().get("/id")).flatMap(Values::text);
    }

    /** The id of a record that has it at a place of its own. */
    Optional<String> idOf(TreePath address, Pointer at) {
        return Optional.ofNullable(entry(address.value()).facts().get(at.toString()))
                .flatMap(Values::text);
    }

    /** Address of the definition or entity with an id: the reverse of {@link #idOf}, for every address. */
    public Map<String, TreePath> addresses() {
        Map<String, TreePath> found = new TreeMap<>();
        new TreeMap<>(entries).forEach((address, entry) -> {
            if (address.indexOf('#') < 0 && entry.facts().containsKey("/id")) {
                Values.text(entry.facts().get("/id")).ifPresent(id -> found.putIfAbsent(id, TreePath.of(address)));
            }
        });
        return found;
    }

    /** The addresses of files that have, or had, an id at one of some places, by that id. */
    Map<String, Set<TreePath>> addresses(Collection<Pointer> ids) {
        Map<String, Set<TreePath>> found = new HashMap<>();
        entries.keySet().stream()
                .filter(address -> address.indexOf('#') < 0)
                .forEach(address -> ids.stream()
                        .flatMap(at -> idOf(TreePath.of(address), at).stream())
                        .findFirst()
                        .ifPresent(id ->
                                found.computeIfAbsent(id, i -> new TreeSet<>()).add(TreePath.of(address))));
        return found;
    }

    /** The files that hold a record of which something is known here, as addresses. */
    public Set<TreePath> recorded() {
        Set<TreePath> found = new HashSet<>();
        for (String address : entries.keySet()) {
            int hash = address.indexOf('#');
            found.add(TreePath.of(hash < 0 ? address : address.substring(0, hash)));
        }
        return found;
    }

    /** Addresses of all records that lists name. */
    public Set<String> mentioned() {
        Set<String> found = new HashSet<>();
        entries.values().forEach(e -> e.slots().values().forEach(s -> s.tokens().forEach(t -> found.add(t.address()))));
        return found;
    }

    /** This ledger, with what an older one knows of addresses that this one does not: ids of removed entities are kept. */
    public Ledger over(Ledger older) {
        if (older.entries.isEmpty() || entries.isEmpty()) {
            return entries.isEmpty() ? older : this;
        }
        Map<String, Entry> all = new HashMap<>(older.entries);
        all.putAll(entries);
        return new Ledger(all);
    }

    /** This ledger with what another one changed since a common base; what this one changed since then stays, and nothing goes. */
    public Ledger bringing(Ledger base, Ledger other) {
        Map<String, Entry> all = new HashMap<>(entries);
        other.unlike(base).entries.forEach((address, entry) -> {
            if (Objects.equals(find(address), base.find(address))) {
                all.put(address, entry);
            }
        });
        return new Ledger(all);
    }

    /** This ledger and another part of the same one: what is known of a record may be told by several of its files. */
    public Ledger and(Ledger part) {
        Map<String, Entry> all = new HashMap<>(entries);
        part.entries.forEach((address, entry) -> all.merge(address, entry, Entry::and));
        return new Ledger(all);
    }

    /** Many parts of one ledger together: {@link #and} for each, in one go. */
    public static Ledger sum(Collection<Ledger> parts) {
        if (parts.size() == 1) {
            return parts.iterator().next();
        }
        int size = parts.stream().mapToInt(p -> p.entries.size()).sum();
        Map<String, Entry> all = new HashMap<>(size * 4 / 3 + 1);
        parts.forEach(part -> part.entries.forEach((address, entry) -> all.merge(address, entry, Entry::and)));
        return new Ledger(all);
    }

    /** Number of records that something is known of. */
    public int size() {
        return entries.size();
    }

    /** This ledger without what is below some addresses. */
    public Ledger without(Collection<TreePath> addresses) {
        return addresses.isEmpty() ? this : where(e -> !isWithin(e.getKey(), addresses));
    }

    /** This ledger with some addresses, and all below them, replaced by others: what is known of a renamed file stays known. */
    public Ledger moved(Map<TreePath, TreePath> to) {
        if (to.isEmpty()) {
            return this;
        }
        Map<String, Entry> all = new HashMap<>();
        entries.forEach((address, entry) -> {
            Map<String, Slot> slots = new LinkedHashMap<>();
            entry.slots()
                    .forEach((at, slot) -> slots.put(
                            at,
                            new Slot(
                                    slot.shape(),
                                    slot.tokens().stream()
                                            .map(t -> t.isRaw() ? t : new Token(moved(t.address(), to), t.override()))
                                            .toList())));
            all.put(moved(address, to), new Entry(entry.facts(), entry.absent(), entry.symbols(), slots));
        });
        return new Ledger(all);
    }

    private static String moved(String address, Map<TreePath, TreePath> to) {
        for (int end = address.length(); end > 0; end = lastMark(address, end)) {
            TreePath target = address.indexOf('#') >= 0 && address.indexOf('#') < end
                    ? null
                    : to.get(TreePath.of(address.substring(0, end)));
            if (target != null) {
                return target.value() + address.substring(end);
            }
        }
        return address;
    }

    private static int lastMark(String address, int end) {
        return Math.max(address.lastIndexOf('/', end - 1), address.lastIndexOf('#', end - 1));
    }

    /** Only what is said of some addresses and of what is below them. */
    public Ledger within(Collection<TreePath> addresses) {
        return where(e -> isWithin(e.getKey(), addresses));
    }

    /** Only what another ledger does not know, or says otherwise. */
    public Ledger unlike(Ledger other) {
        return other.entries.isEmpty() ? this : where(e -> !e.getValue().equals(other.find(e.getKey())));
    }

    /** Only what another ledger does not know. */
    public Ledger unknownTo(Ledger other) {
        return other.entries.isEmpty() ? this : where(e -> !other.knows(e.getKey()));
    }

    private static boolean isWithin(String key, Collection<TreePath> addresses) {
        for (TreePath address : addresses) {
            String folder = address.value();
            if (key.startsWith(folder)
                    && (key.length() == folder.length()
                            || key.charAt(folder.length()) == '/'
                            || key.charAt(folder.length()) == '#')) {
                return true;
            }
        }
        return false;
    }

    private Ledger where(Predicate<Map.Entry<String, Entry>> wanted) {
        Map<String, Entry> found = new HashMap<>();
        for (Map.Entry<String, Entry> e : entries.entrySet()) {
            if (wanted.test(e)) {
                found.put(e.getKey(), e.getValue());
            }
        }
        return new Ledger(found);
    }

    /** As files, at most two per folder of the tree, to be kept beside a branch. */
    public FileTree toFiles() {
        return LedgerFiles.write(this);
    }

    /**
     * Those of {@link #toFiles} that differ from what an older ledger was written to.
     *
     * @return empty when the two do not speak of the same addresses: then other files may be in the way
     */
    public Optional<FileTree> filesChangedSince(Ledger older) {
        return entries.keySet().equals(older.entries.keySet())
                ? Optional.of(LedgerFiles.write(this, unlike(older).entries.keySet()))
                : Optional.empty();
    }

    /** Those of {@link #toFiles} in which the addresses of another ledger are. */
    public FileTree filesOf(Ledger some) {
        return LedgerFiles.write(this, some.entries.keySet());
    }

    /**
     * @throws dev.offshoot.model.Failure {@code MALFORMED_JSON} for a damaged file
     */
    public static Ledger fromFiles(FileTree files) {
        return LedgerFiles.read(files);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ledger l && entries.equals(l.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }
}
