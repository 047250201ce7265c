package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What an explode came to know of a document, for the next one of the same definition: when only fields have changed that are the affair of
 * their own record ({@link Reads}), that record alone is taken apart and proven. Whatever else has changed is for a whole explode to say.
 *
 * <p>Holds the document in memory, about five times the bytes of its text. Safe for use by several threads, which wait for each other.
 */
public final class Remembered {
    /** With more changed places a whole explode is not much dearer. */
    private static final int MOST_CHANGES = 1_000;

    private final Layout layout;
    private final Explosion explosion;
    /** Made when it is first asked for something: most documents never come again. */
    private Reads reads;

    private final Map<String, Rec> byAddress = new HashMap<>();
    private final Set<String> repeated = new HashSet<>();
    private final Set<String> mains = new HashSet<>();
    /** Kinds of which one record may stand for another. */
    private final Set<String> alike = new HashSet<>();

    private final TreePath document;
    private JsonObject value;
    private LineFiles lines;
    private long version;
    private Optional<Exploded> exploded;

    Remembered(Layout layout, Explosion explosion, JsonObject value, Exploded exploded) {
        this.layout = layout;
        this.explosion = explosion;
        this.value = value;
        this.lines = explosion.lines();
        this.document = exploded.document();
        this.exploded = Optional.of(exploded);
        exploded.definitions().stream()
                .filter(d -> d.header().main())
                .forEach(d -> mains.add(d.address().value()));
    }

    private void prepare() {
        reads = new Reads(layout);
        layout.kinds().values().forEach(k -> k.sameAs().ifPresent(other -> alike.addAll(Set.of(k.name(), other))));
        Set<String> ids = new HashSet<>();
        for (Rec r : explosion.cut().records()) {
            if (!r.isSilent() && !r.id.isEmpty() && !ids.add(r.id)) {
                repeated.add(r.id);
            }
            if (!r.isSilent() && r.duplicateOf == null && !r.address.isEmpty()) {
                byAddress.put(r.address, r);
            }
        }
    }

    /** The document as files, until {@link #settle}. */
    public Exploded exploded() {
        return exploded.orElseThrow();
    }

    /** Lets go of what is only needed to store the document. */
    public void settle() {
        exploded = Optional.empty();
    }

    /**
     * What is different about another state of the document.
     *
     * @param files each file that changes, comes or goes
     * @param facts ledger entries that change
     */
    public record Again(Map<TreePath, Optional<Content>> files, Ledger facts, Next next) {}

    /** Opaque: what {@link #become} makes of this. */
    public static final class Next {
        private final long version;
        private final JsonObject value;
        private final Map<Rec, Rec.State> states;
        private final LineFiles lines;

        private Next(long version, JsonObject value, Map<Rec, Rec.State> states, LineFiles lines) {
            this.version = version;
            this.value = value;
            this.states = states;
            this.lines = lines;
        }
    }

    /** A change within a record. */
    private record Inside(Rec rec, Change change) {}

    /** Thrown nowhere outside: this is not for here to say. */
    private static final class Elsewhere extends RuntimeException {
        private static final long serialVersionUID = 1;

        Elsewhere() {
            super(null, null, false, false);
        }
    }

    /**
     * What changes from the document as it is remembered to another state of it, proven: what would be stored gives the changed records back.
     *
     * @param ledger of all that the document refers to
     * @return empty when only a whole explode can tell
     */
    public synchronized Optional<Again> again(JsonValue other, Ledger ledger, UUID namespace) {
        if (!layout.recognises(other) || !(layout.asMap(other) instanceof JsonObject now)) {
            return Optional.empty();
        }
        if (reads == null) {
            prepare();
        }
        Optional<List<Change>> changes = Change.between(value, now, MOST_CHANGES);
        try {
            return changes.map(found -> again(now, found, ledger, namespace));
        } catch (Elsewhere | Failure e) {
            // A whole explode says it, or what is wrong.
            return Optional.empty();
        }
    }

    private Again again(JsonObject now, List<Change> changes, Ledger ledger, UUID namespace) {
        Map<Rec, List<Change>> byRecord = new LinkedHashMap<>();
        for (Change change : changes) {
            Inside inside = locate(change);
            byRecord.computeIfAbsent(inside.rec(), r -> new ArrayList<>()).add(inside.change());
        }
        List<Rec> hosts = byRecord.keySet().stream()
                .filter(r -> !r.isSilent())
                .map(Rec::host)
                .distinct()
                .toList();
        Set<Rec> noted = new LinkedHashSet<>();
        for (Rec r : byRecord.keySet()) {
            noted.add(alike.contains(r.kindName()) ? r.container : r);
            noted.add(r);
        }
        noted.removeIf(Rec::isSilent);
        List<Written> before = hosts.stream().map(explosion::write).toList();
        Map<Rec, Ledger.Entry> known = new LinkedHashMap<>();
        noted.forEach(r -> known.put(r, LedgerEntries.entry(r)));

        Map<Rec, Rec.State> old = new LinkedHashMap<>();
        byRecord.keySet().forEach(r -> old.put(r, r.state()));
        try {
            byRecord.forEach((r, own) -> {
                r.begin(changed(r.original, own));
                explosion.again(r);
            });
            List<Written> after = hosts.stream().map(explosion::write).toList();
            LineFiles next = lines.with(before, after);
            Map<TreePath, Optional<Content>> files = differing(before, after, next);
            Map<String, Ledger.Entry> entries = new HashMap<>();
            known.forEach((r, entry) -> differing(r, entry).ifPresent(e -> entries.put(r.address, e)));
            Ledger facts = new Ledger(entries);
            prove(hosts, byRecord.keySet(), next, facts.over(ledger), namespace);
            Map<Rec, Rec.State> states = new LinkedHashMap<>();
            byRecord.keySet().forEach(r -> states.put(r, r.state()));
            return new Again(files, facts, new Next(version, now, states, next));
        } finally {
            old.forEach(Rec::become);
        }
    }

    /**
     * From now on the other state is what is remembered.
     *
     * @return false when something else has become of it meanwhile; then it is of no use any more
     */
    public synchronized boolean become(Again again) {
        Next next = again.next();
        if (next.version != version) {
            return false;
        }
        next.states.forEach(Rec::become);
        lines = next.lines;
        value = next.value;
        version++;
        return true;
    }

    // Where a change is, and whether it is the affair of that record alone.

    private Inside locate(Change change) {
        Rec at = explosion.cut().document();
        int from = 0;
        while (true) {
            Optional<Rec> inner = Optional.empty();
            int next = from;
            for (Rec.SlotCut slot : at.slots) {
                next = end(slot, change.at(), from);
                if (next >= 0) {
                    inner = record(slot, change.at(), from);
                    if (inner.isEmpty()) {
                        throw new Elsewhere();
                    }
                    break;
                }
            }
            List<String> path = change.at().subList(from, change.at().size());
            if (inner.isEmpty()) {
                require(at, path, change);
                return new Inside(at, new Change(path, change.before(), change.now()));
            }
            if (reads.touchFromInside(at.isDocument() ? layout.whole() : at.kind, path)
                    || alike.contains(at.kindName())) {
                throw new Elsewhere();
            }
            at = inner.get();
            from = next;
        }
    }

    /** Where the path goes on in the record of a list, map or place; -1 when it does not lead in there. */
    private static int end(Rec.SlotCut slot, List<String> path, int from) {
        List<String> steps = Pointer.parse(slot.pointer).steps();
        if (steps.isEmpty()) {
            boolean own = from < path.size() && slot.container.kind.own().contains(path.get(from));
            return own || from == path.size() ? -1 : from;
        }
        int end = from + steps.size();
        if (path.size() <= end || !path.subList(from, end).equals(steps)) {
            return -1;
        }
        if (slot.shape == Rec.Shape.ONE) {
            return end;
        }
        int inner = end + 1 + slot.slot.wrapper().steps().size();
        return inner >= path.size() ? path.size() : inner;
    }

    private static Optional<Rec> record(Rec.SlotCut slot, List<String> path, int from) {
        int at = from + Pointer.parse(slot.pointer).steps().size();
        if (slot.shape == Rec.Shape.ONE) {
            return slot.items.get(0) instanceof Rec r ? Optional.of(r) : Optional.empty();
        }
        List<String> wrapper = slot.slot.wrapper().steps();
        if (at + 1 + wrapper.size() > path.size()
                || !path.subList(at + 1, at + 1 + wrapper.size()).equals(wrapper)) {
            return Optional.empty();
        }
        int i = slot.shape == Rec.Shape.LIST ? Integer.parseInt(path.get(at)) : slot.keys.indexOf(path.get(at));
        return i >= 0 && i < slot.items.size() && slot.items.get(i) instanceof Rec r
                ? Optional.of(r)
                : Optional.empty();
    }

    private void require(Rec r, List<String> path, Change change) {
        boolean fact = !r.isDocument() && Reads.isFact(r.kind, path);
        if (r.isDocument()
                || path.isEmpty()
                || path.stream().anyMatch(s -> s.equals("*") || s.equals("?") || s.equals("**"))
                || r.raw
                || r.compared
                || r.listing
                || r.duplicateOf != null
                || !r.kind.satellites().isEmpty()
                || r.slots.stream().anyMatch(Remembered::hasSatellites)
                || r.isSilent() && (r.sameAs == null || r.container.isDocument() || r.container.isSilent())
                || !r.isSilent() && r.address.isEmpty()
                || alike.contains(r.kindName()) && (!fact || r.container.isDocument())
                || reads.touch(r.kind, path)
                || !fact && !ids(change.before()).equals(ids(change.now()))
                || isRepeated(r)
                || !mains.contains((r.isSilent() ? r.container : r).definition().address)) {
            throw new Elsewhere();
        }
    }

    /** True for a list whose records took something out of the maps beside it. */
    private static boolean hasSatellites(Rec.SlotCut slot) {
        return slot.items.stream().anyMatch(i -> i instanceof Rec r && !r.satellites.isEmpty());
    }

    /** True for records that may be a second copy, or be in one. */
    private boolean isRepeated(Rec r) {
        for (Rec at = r; at != null; at = at.container) {
            if (repeated.contains(at.id)) {
                return true;
            }
        }
        for (Rec at = r.owner; at != null; at = at.owner) {
            if (repeated.contains(at.id)) {
                return true;
            }
        }
        return false;
    }

    /** What may be an id in all texts and keys of a value. */
    private Set<String> ids(Optional<JsonValue> value) {
        Set<String> found = new HashSet<>();
        if (layout.ids().isPresent()) {
            value.ifPresent(v -> ids(v, layout.ids().get(), found));
        }
        return found;
    }

    private static void ids(JsonValue value, IdShape shape, Set<String> found) {
        Symbols.map(value, text -> {
            for (int at = shape.next(text, 0); at >= 0; at = shape.next(text, at + 1)) {
                found.add(text.substring(at, at + shape.length()));
            }
            return text;
        });
    }

    private static JsonObject changed(JsonObject original, List<Change> changes) {
        JsonObject result = original;
        for (Change change : changes) {
            Pointer at = new Pointer(change.at());
            if (!at.get(result).equals(change.before())) {
                throw new Elsewhere(); // not the record's own value: it was put together otherwise
            }
            result = change.now().isPresent()
                    ? (JsonObject) at.put(result, change.now().get())
                    : at.cut(result);
        }
        return result;
    }

    // What is different.

    private Map<TreePath, Optional<Content>> differing(List<Written> before, List<Written> after, LineFiles next) {
        Map<TreePath, Optional<Content>> changed = new TreeMap<>();
        Map<TreePath, Content> old = new HashMap<>();
        before.forEach(w -> old.putAll(w.files()));
        old.keySet().forEach(path -> changed.put(path, Optional.empty()));
        after.forEach(w -> w.files().forEach((path, content) -> {
            if (content.equals(old.get(path))) {
                changed.remove(path);
            } else {
                changed.put(path, Optional.of(content));
            }
        }));
        Stream.concat(before.stream(), after.stream())
                .flatMap(w -> w.lines().keySet().stream())
                .distinct()
                .forEach(path -> {
                    Optional<Content> now = next.has(path) ? Optional.of(next.file(path)) : Optional.empty();
                    Optional<Content> was = lines.has(path) ? Optional.of(lines.file(path)) : Optional.empty();
                    if (!now.equals(was)) {
                        changed.put(path, now);
                    }
                });
        return changed;
    }

    private static Optional<Ledger.Entry> differing(Rec r, Ledger.Entry before) {
        Ledger.Entry now = LedgerEntries.entry(r);
        if (LedgerEntries.isKept(r, now) != LedgerEntries.isKept(r, before)) {
            throw new Elsewhere(); // the ledger then speaks of other addresses
        }
        return now.equals(before) ? Optional.empty() : Optional.of(now);
    }

    // The proof.

    private void prove(List<Rec> hosts, Set<Rec> changed, LineFiles next, Ledger ledger, UUID namespace) {
        Set<Rec> around = new LinkedHashSet<>(hosts);
        hosts.forEach(host -> inside(host, r -> {
            context(r.container, around);
            Optional.ofNullable(r.embedRef).ifPresent(ref -> context(ref, around));
            r.slots.forEach(slot -> slot.items.forEach(item -> {
                if (item instanceof Rec inner && inner.sameAs != null) {
                    context(inner.sameAs, around);
                }
            }));
            targets(r).forEach(target -> context(target, around));
        }));
        changed.stream().filter(r -> r.sameAs != null).forEach(r -> {
            context(r.container, around);
            context(r.sameAs, around);
        });
        List.copyOf(around).forEach(r -> context(r, around));
        Map<TreePath, Content> files = new TreeMap<>();
        for (Rec r : around) {
            Written written = explosion.write(r);
            files.putAll(written.files());
            written.lines().keySet().forEach(path -> files.put(path, next.file(path)));
        }
        Assembly back = Assembly.single(layout, new MemorySource(FileTree.of(files)), ledger, document, namespace);
        hosts.forEach(host -> inside(host, r -> prove(back, r, r, Optional.empty())));
        changed.stream()
                .filter(r -> r.sameAs != null)
                .forEach(r -> prove(back, r, r.sameAs, LedgerEntries.token(r).override()));
    }

    private void prove(Assembly back, Rec r, Rec stored, Optional<Ledger.Entry> override) {
        JsonObject made = back.alone(stored.address, r.container.address, override);
        if (!made.equals(explosion.expected(r))) {
            throw new Elsewhere();
        }
    }

    private static void inside(Rec r, Consumer<Rec> each) {
        each.accept(r);
        r.embedded.values().forEach(children -> children.forEach(child -> inside(child, each)));
    }

    /** Adds the record's file and those that tell what is in the folders around it. */
    private static void context(Rec r, Set<Rec> around) {
        for (Rec at = r; at != null && !at.isDocument() && !at.isSilent(); at = at.host().owner) {
            around.add(at.host());
        }
    }

    /** Records that the content of another one refers to. */
    private Set<Rec> targets(Rec r) {
        Set<Rec> found = new LinkedHashSet<>();
        Scope scope = explosion.scope(r.host());
        Symbols.map(r.content, text -> {
            Symbols.decode(text, reference -> {
                if (!reference.startsWith(":")) {
                    scope.read(reference).map(byAddress::get).ifPresent(found::add);
                }
                return reference;
            });
            return text;
        });
        return found;
    }
}
