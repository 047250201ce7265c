package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A document that was put together, as the start of the next one: while only contents of single records change, nothing but these records is
 * put together again. What a change could mean for any other record makes it a change that is not answered here.
 *
 * <p>Answers only where ids are the instance's: where they are content, a record's fields may decide what else a document carries.
 */
public final class Reassembly {
    private final Layout layout;
    private final Ledger ledger;
    private final TreeSource source;
    private final Resolver resolver;
    private final RecordValues values;
    private final Occurrences all;
    /** Records that stand in one place, by their main file; found when they are first asked for. */
    private Optional<Map<TreePath, Occurrence>> byFile = Optional.empty();

    /** A record in a container. */
    private record Occurrence(Node node, Holder container, Optional<Ledger.Entry> override, int number) {}

    /** Where records stand in a document that is being put together, as its threads come upon them. */
    static final class Occurrences {
        private final Queue<Occurrence> all = new ConcurrentLinkedQueue<>();
        private final AtomicInteger last = new AtomicInteger();

        /** Gives a value a number when its record may be one that can be replaced. */
        JsonObject note(Node node, Holder container, Optional<Ledger.Entry> override, JsonObject value) {
            if (!mayStandAlone(node)) {
                return value;
            }
            int number = last.incrementAndGet();
            all.add(new Occurrence(node, container, override, number));
            return value.numbered(number);
        }
    }

    private Reassembly(
            Layout layout, Ledger ledger, TreeSource source, Resolver resolver, RecordValues values, Occurrences all) {
        this.layout = layout;
        this.ledger = ledger;
        this.source = source;
        this.resolver = resolver;
        this.values = values;
        this.all = all;
    }

    /** An assembled document, and what the next one can be made from. */
    public record Start(Assembled assembled, Optional<Reassembly> next) {}

    static Start start(
            Assembled assembled,
            Layout layout,
            Ledger ledger,
            TreeSource source,
            Resolver resolver,
            RecordValues values,
            Occurrences all) {
        return new Start(
                assembled,
                layout.isByContent() || !assembled.findings().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Reassembly(layout, ledger, source, resolver, values, all)));
    }

    private Map<TreePath, Occurrence> byFile() {
        if (byFile.isEmpty()) {
            Map<TreePath, Occurrence> found = new HashMap<>();
            Set<TreePath> several = new HashSet<>();
            for (Occurrence o : all.all) {
                if (standsAlone(o.node()) && found.put(o.node().file, o) != null) {
                    several.add(o.node().file);
                }
            }
            several.forEach(found::remove);
            all.all.clear();
            byFile = Optional.of(found);
        }
        return byFile.get();
    }

    /** Main files of the records that can be replaced, by the number that each has in the document. */
    public synchronized Map<Integer, TreePath> numbers() {
        Map<Integer, TreePath> numbers = new HashMap<>();
        byFile().forEach((file, occurrence) -> numbers.put(occurrence.number(), file));
        return numbers;
    }

    private static boolean mayStandAlone(Node node) {
        return node.owner != null
                && node.known
                && node.place.isPresent()
                && node.place.get().target() instanceof Placement.Target.File;
    }

    /** True for a record with a file of its own whose fields nothing else is made from, but what is in the same file. */
    private boolean standsAlone(Node node) {
        Kind kind = node.kind;
        return isKnown(node)
                && node.holder().members.stream().allMatch(n -> n.known)
                && node.same().isEmpty()
                && kind.anatomy().isPlain()
                && kind.satellites().isEmpty()
                && kind.refs().isEmpty()
                && kind.sameAs().isEmpty()
                && !kind.is(Kind.Flag.SELECTABLE)
                && layout.samesIn(kind.name()).isEmpty()
                && layout.entriesOf(kind).isEmpty()
                && layout.ownedBy(kind).stream().noneMatch(o -> isMadeFromOwner(o.kind()))
                && layout.kinds().values().stream()
                        .noneMatch(k -> k.sameAs().filter(kind.name()::equals).isPresent());
    }

    /** The ledger says where it and all in it stand, and all in it is in its file. */
    private static boolean isKnown(Node node) {
        return node.known && node.children.stream().allMatch(c -> c.isEmbedded() && isKnown(c));
    }

    private static boolean isMadeFromOwner(Kind kind) {
        return kind.implied().stream().anyMatch(i -> i.source() instanceof Kind.Implied.Source.Text);
    }

    /**
     * The new values of records some of whose files have other contents now; by their main file.
     *
     * @param now the files as they are now, of which only these have changed
     * @param changed there before and now
     * @return empty when more than these records may have changed, or when one of them cannot be read
     */
    public synchronized Optional<Map<TreePath, JsonObject>> next(TreeSource now, Collection<TreePath> changed) {
        Set<TreePath> records = new LinkedHashSet<>();
        for (TreePath path : changed) {
            Optional<TreePath> main = main(path);
            if (main.isEmpty()) {
                return Optional.empty();
            }
            records.add(main.get());
        }
        Map<TreePath, JsonObject> found = new LinkedHashMap<>();
        for (TreePath file : records) {
            try {
                Optional<JsonObject> value = value(now, byFile().get(file));
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                found.put(file, value.get());
            } catch (Failure unreadable) {
                return Optional.empty(); // whoever puts the whole together says what is wrong, and where
            }
        }
        return Optional.of(found);
    }

    /** The main file of the record that a file belongs to. */
    private Optional<TreePath> main(TreePath path) {
        if (!source.list(path.parent()).contains(path)) {
            return Optional.empty();
        }
        if (byFile().containsKey(path)) {
            return Optional.of(path);
        }
        String name = path.name();
        int dot = name.indexOf('.');
        if (dot <= 0) {
            return Optional.empty();
        }
        TreePath main = path.parent().child(name.substring(0, dot) + ".yaml");
        Occurrence record = byFile().get(main);
        return record != null
                        && record.node().kind.texts().stream()
                                .anyMatch(t -> t.suffix().equals(name.substring(dot)))
                ? Optional.of(main)
                : Optional.empty();
    }

    private Optional<JsonObject> value(TreeSource now, Occurrence before) {
        Node old = before.node();
        Node node = new Node(old.kind, old.address, old.owner, old.place, old.file, ledger);
        List<Problem> noticed = new ArrayList<>();
        new RecordReader(layout, now, ledger)
                .load(node, NodeReader.parts(source.list(old.file.parent()), old.file), Optional.empty(), noticed);
        boolean alike = noticed.isEmpty()
                && alike(node.children, old.children)
                && ListNames.targets(layout, node.kind.name(), node.content)
                        .equals(ListNames.targets(layout, old.kind.name(), old.content))
                && node.key.equals(old.key)
                && node.absent.equals(old.absent)
                && resolver.idOf(node).equals(resolver.idOf(old))
                && order(node).equals(order(old))
                && outside(node).equals(outside(old));
        node.takesPlaceOf(old);
        return alike ? Optional.of(values.of(node, before.container(), before.override())) : Optional.empty();
    }

    /** Records in a file that have not changed: those read before stand for them. */
    private static boolean alike(List<Node> some, List<Node> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            Node a = some.get(i);
            Node b = others.get(i);
            boolean same = a.kind == b.kind
                    && a.address.equals(b.address)
                    && a.key.equals(b.key)
                    && a.absent.equals(b.absent)
                    && a.content.equals(b.content)
                    && alike(a.children, b.children);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** Definitions that a record refers to, as they are met: a document carries those in this order of which no ledger says another. */
    private List<String> outside(Node node) {
        Set<String> found = new LinkedHashSet<>();
        Symbols.map(node.content, text -> resolver.decode(node, text, found));
        return List.copyOf(found);
    }

    /** What decides about its place among records that the ledger knows, but not in this list. */
    private static List<Optional<JsonValue>> order(Node node) {
        return node.kind.order().stream().map(p -> p.get(node.content)).toList();
    }
}
