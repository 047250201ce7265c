package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlReader;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Files to document. Nodes are read by path, their members found (from the ledger's sequences, from the paths, and for shared records from the
 * references), and values put together from the inside out: references, source texts, owner, implied fields, facts, lists.
 */
final class Assembly {
    private final Layout layout;
    private final TreeSource source;
    private final Ledger ledger;
    private final Selection selection;
    private final List<Problem> findings = new ArrayList<>();
    private final NodeReader nodes;
    private final Resolver resolver;
    private final TreePath definition;
    private final Holder document;
    private final Optional<Checkup> checkup;
    private Optional<Node> selected = Optional.empty();
    private Optional<JsonValue> envelope = Optional.empty();
    private Optional<Reassembly.Occurrences> occurrences = Optional.empty();
    private RecordValues values;

    private Assembly(
            Layout layout,
            TreeSource source,
            Ledger ledger,
            TreePath definition,
            UUID namespace,
            Selection selection,
            Optional<Checkup> checkup) {
        this.checkup = checkup;
        this.layout = layout;
        this.source = source;
        this.ledger = ledger;
        this.selection = selection;
        this.definition = definition;
        String address = definition.child(layout.document()).value();
        this.document = new Holder(address, Layout.DOCUMENT, Optional.empty(), ledger.entry(address));
        this.nodes = new NodeReader(layout, source, ledger, findings);
        this.resolver = new Resolver(layout, source, nodes, namespace, symbols(), checkup);
    }

    /**
     * Ids of the instance by their symbols: as the definition's own document had them. A module that only others have carried so far has
     * had none; then its record says which they are.
     */
    private Map<String, String> symbols() {
        Map<String, String> found = new HashMap<>(document.entry.symbols());
        Map<String, JsonValue> facts = ledger.entry(definition.value()).facts();
        layout.kinds()
                .values()
                .forEach(kind -> kind.symbols()
                        .forEach((field, symbol) -> Optional.ofNullable(
                                        facts.get(Pointer.parse(field).toString()))
                                .flatMap(Values::text)
                                .ifPresent(id -> found.putIfAbsent(symbol, id))));
        return found;
    }

    static Assembled assemble(
            Layout layout, TreeSource source, Ledger ledger, TreePath definition, UUID namespace, Selection selection) {
        Assembly a = new Assembly(layout, source, ledger, definition, namespace, selection, Optional.empty());
        return new Assembled(layout.asDocument(a.run()), List.copyOf(a.findings));
    }

    /** The same, ready to go on from. */
    static Reassembly.Start start(
            Layout layout, TreeSource source, Ledger ledger, TreePath definition, UUID namespace, Selection selection) {
        Assembly a = new Assembly(layout, source, ledger, definition, namespace, selection, Optional.empty());
        Reassembly.Occurrences occurrences = new Reassembly.Occurrences();
        a.occurrences = Optional.of(occurrences);
        Assembled assembled = new Assembled(layout.asDocument(a.run()), List.copyOf(a.findings));
        a.occurrences = Optional.empty();
        return Reassembly.start(assembled, layout, ledger, source, a.resolver, a.values, occurrences);
    }

    /** Is told the value of each record where it stands; gives it a number when it may be replaced there. */
    JsonObject stands(Node node, Holder container, Optional<Ledger.Entry> override, JsonObject value) {
        return occurrences.isEmpty() ? value : occurrences.get().note(node, container, override, value);
    }

    /** Puts it together to see whether it can be, going on after a reference to nothing. */
    static Checked check(Layout layout, TreeSource source, Ledger ledger, TreePath definition, UUID namespace) {
        Checkup checkup = new Checkup();
        Assembly a = new Assembly(layout, source, ledger, definition, namespace, Selection.ALL, Optional.of(checkup));
        try {
            JsonValue document = a.run();
            Ledger made = checkup.ledger();
            boolean same = checkup.problems().isEmpty()
                    && assemble(layout, source, made.over(ledger), definition, namespace, Selection.ALL)
                            .document()
                            .equals(layout.asDocument(document));
            // Ids that are not recorded are made the same way each time: only a rename would change them.
            return new Checked(checkup.problems(), a.findings, same ? made : Ledger.EMPTY);
        } catch (Failure e) {
            List<Problem> problems = new ArrayList<>(checkup.problems());
            problems.addAll(e.problems());
            return new Checked(problems, a.findings, Ledger.EMPTY);
        }
    }

    /** Puts single records together, whatever else of their document the source has. */
    static Assembly single(Layout layout, TreeSource source, Ledger ledger, TreePath definition, UUID namespace) {
        return new Assembly(layout, source, ledger, definition, namespace, Selection.ALL, Optional.empty());
    }

    /**
     * A record without the records in it.
     *
     * @param container address of the record it stands in, or of the document
     * @param override what the ledger says of this occurrence, where that differs
     */
    JsonObject alone(String address, String container, Optional<Ledger.Entry> override) {
        Node node =
                nodes.node(address).orElseThrow(() -> Failure.of(Reason.NOT_FOUND, address, "no record stands here"));
        new Members(layout, nodes, this, document, JsonObject.EMPTY, selection).findSame(node);
        return new RecordValues(layout, nodes, resolver, this, selected, findings, checkup)
                .alone(node, nodes.node(container).map(Node::holder).orElse(document), override);
    }

    private JsonValue run() {
        readAhead();
        List<Node> mains = mains();
        mains.forEach(this::select);
        TreePath file = TreePath.of(document.address + ".yaml");
        envelope = envelope(file, mains);
        new Members(layout, nodes, this, document, envelope.orElse(JsonObject.EMPTY), selection).collect(mains);
        values = new RecordValues(layout, nodes, resolver, this, selected, findings, checkup);
        if (envelope.isEmpty()) {
            Holder.Sequence whole = document.sequences.get("");
            Node main = whole == null || whole.items().isEmpty()
                    ? mains.get(0)
                    : whole.items().get(0).node().orElse(mains.get(0));
            return values.of(main, document, Optional.empty());
        }
        Scope scope = new Scope(layout.root().value(), document.address, List.of());
        JsonValue stripped =
                envelope.get() instanceof JsonObject o ? ListNames.without(layout, Layout.DOCUMENT, o) : envelope.get();
        JsonValue content = Symbols.map(
                stripped, text -> Symbols.decode(text, r -> resolver.resolve(scope, file, r, Resolver.newSet())));
        if (!(content instanceof JsonObject object)) {
            throw Failure.of(Reason.MALFORMED_YAML, file.value(), "this file must hold a map of fields");
        }
        if (layout.list().isPresent() && !object.without(layout.list().get()).isEmpty()) {
            throw Failure.of(
                    Reason.MALFORMED_YAML,
                    file.value(),
                    "the document is a list: nothing can stand here but '"
                            + layout.list().get() + "'");
        }
        JsonObject own = ledger.knows(document.address)
                ? RecordValues.facts(Sets.restore(object, document.entry.facts()), document.entry)
                : values.fresh(layout.whole(), object, !isThere(file));
        if (!isThere(file)) {
            own = apart(own);
        }
        JsonObject result = values.fill(own, document);
        for (String kind : selection.without()) {
            if (layout.kind(kind) == null) {
                continue; // it is asked for of every platform
            }
            for (Kind.Slot slot : layout.kind(kind).slotsIn(Layout.DOCUMENT)) {
                if (slot.isMany() && slot.at().parent().isMember()) {
                    result = result.without(slot.at().parent().first());
                }
            }
        }
        return result;
    }

    /** What the ledger says stands in the document is most of what will be asked for. */
    private void readAhead() {
        Set<String> addresses = new LinkedHashSet<>();
        addresses.add(definition.value());
        for (Ledger.Entry entry : List.of(document.entry, ledger.entry(definition.value()))) {
            entry.slots().values().forEach(slot -> slot.tokens().forEach(token -> addresses.add(token.address())));
        }
        nodes.readAhead(addresses);
    }

    /** Records that a new document carries without their owner are listed by its id. */
    private JsonObject apart(JsonObject content) {
        JsonObject result = content;
        Set<Node> carried = document.members;
        for (Map.Entry<String, String> rule : layout.apart().entrySet()) {
            TreeMap<String, TreeSet<String>> byOwner = new TreeMap<>();
            for (Node node : carried) {
                if (node.kind.name().equals(rule.getValue()) && node.owner != null && !carried.contains(node.owner)) {
                    byOwner.computeIfAbsent(resolver.idOf(node.owner), o -> new TreeSet<>())
                            .add(resolver.idOf(node));
                }
            }
            JsonObject.Builder lists = JsonObject.builder();
            byOwner.forEach((owner, ids) -> lists.put(
                    owner, JsonArray.of(ids.stream().map(JsonString::new).toList())));
            result = byOwner.isEmpty()
                    ? result
                    : (JsonObject) Pointer.parse(rule.getKey()).putDeep(result, lists.build());
        }
        return result;
    }

    /** Keys of a map as the document's own file has them. */
    List<String> written(Holder holder, Pointer at) {
        return holder == document && at.get(envelope.orElse(JsonObject.EMPTY)).orElse(null) instanceof JsonObject map
                ? map.keys()
                : List.of();
    }

    private boolean isThere(TreePath file) {
        return source.list(file).contains(file);
    }

    /** What stands outside every definition; without a file of it, nothing, unless a document can be this definition and no more. */
    private Optional<JsonValue> envelope(TreePath file, List<Node> mains) {
        if (isThere(file)) {
            // As it was written: the order of its maps may mean something.
            return Optional.of(YamlReader.read(source.read(file).bytes(), file.value()));
        }
        boolean canBeWhole =
                layout.canBeWhole(mains.stream().map(main -> main.kind).toList());
        return canBeWhole ? Optional.empty() : Optional.of(JsonObject.EMPTY);
    }

    /** The definitions a document is an export of. */
    private List<Node> mains() {
        Optional<Set<String>> wide = layout.kindsOfWide(definition);
        Optional<Node> one = wide.isPresent() ? Optional.empty() : nodes.definition(definition.value());
        if (one.isPresent()) {
            return List.of(one.get());
        }
        List<Node> all = new ArrayList<>();
        if (wide.isPresent()) {
            if (!layout.isByContent()) {
                document.entry
                        .slots()
                        .values()
                        .forEach(slot -> slot.tokens().forEach(t -> {
                            if (!t.isRaw()) {
                                nodes.definition(t.address()).ifPresent(all::add);
                            }
                        }));
            }
            if (!ledger.knows(document.address) || layout.isByContent()) {
                Set<String> omitted = document.entry.omitted();
                Shared.addresses(layout, source).stream()
                        .flatMap(a -> nodes.definition(a).stream())
                        .filter(n -> wide.get().contains(n.kind.name()))
                        .filter(n ->
                                !omitted.contains(n.address) || selection.with().contains(n.kind.name()))
                        .forEach(all::add);
            }
        }
        if (all.isEmpty() && !isThere(TreePath.of(document.address + ".yaml"))) {
            throw Failure.of(Reason.NOT_FOUND, definition.value(), "no definition stands here");
        }
        return all;
    }

    /** Leaves out what the selection does not name, with everything below it. */
    private void select(Node main) {
        List<Node> candidates = main.children.stream()
                .filter(c -> c.kind.is(Kind.Flag.SELECTABLE))
                .toList();
        if (candidates.isEmpty()) {
            return;
        }
        if (selection.version().isEmpty()) {
            // Where a document has a place for one only, it is the newest.
            candidates.stream()
                    .filter(c -> c.kind.slotsIn(main.kind.name()).stream().noneMatch(Kind.Slot::isMany))
                    .max((a, b) -> VersionNames.compare(nameOf(a), nameOf(b)))
                    .ifPresent(newest -> candidates.stream()
                            .filter(c -> c != newest && c.kind == newest.kind)
                            .forEach(this::leave));
            return;
        }
        String wanted = selection.version().get();
        Node chosen = candidates.stream()
                .filter(c ->
                        wanted.equals(nameOf(c)) || wanted.equals(c.lastSegment()) || wanted.equals(resolver.idOf(c)))
                .findFirst()
                .orElseThrow(() -> Failure.of(
                        Reason.NOT_FOUND,
                        "version",
                        "no version '" + wanted + "' in " + main.address,
                        "there are: "
                                + String.join(
                                        ", ",
                                        candidates.stream().map(this::nameOf).toList())));
        selected = Optional.of(chosen);
        candidates.stream().filter(c -> c != chosen).forEach(this::leave);
    }

    private void leave(Node node) {
        node.left = true;
        node.children.forEach(this::leave);
    }

    boolean isLeft(Node node) {
        return node.left || selection.without().contains(node.kind.name());
    }

    private String nameOf(Node node) {
        return node.kind.names().stream()
                .flatMap(p -> p.get(node.content).flatMap(Values::text).stream())
                .findFirst()
                .orElse(node.lastSegment());
    }

    TreeSource source() {
        return source;
    }

    List<String> addresses(Layout.Owned shared) {
        return Shared.addresses(layout, source, shared);
    }

    /** Own content with ids for references. {@code shared} receives what lies outside the definition. */
    JsonObject decode(Node node, Set<String> shared) {
        if (node.decoded != null) {
            return node.decoded;
        }
        JsonObject content = withoutMarkers(node);
        JsonObject result = (JsonObject) Symbols.map(content, text -> resolver.decode(node, text, shared));
        node.decoded = result;
        return result;
    }

    /** Decodes and finds, on all cores, what leads to nothing outside its definition; the rest follows when it is asked for. */
    void decodeAhead(Node definition) {
        List<Node> all = new ArrayList<>();
        addTo(all, definition);
        Parallel.forEach(all, node -> {
            if (!layout.slotsOf(node.kind.name()).isEmpty()) {
                node.holder().resolveAhead(nodes);
            }
            // Which places are equal to others is found out on the way.
            if (node.decoded == null && layout.samesIn(node.kind.name()).isEmpty()) {
                resolver.decodeWithin(node, withoutMarkers(node)).ifPresent(value -> node.decoded = value);
            }
        });
    }

    private void addTo(List<Node> all, Node node) {
        if (!isLeft(node)) {
            all.add(node);
            node.children.forEach(child -> addTo(all, child));
        }
    }

    /** A place that says "equal to that record" holds nothing of its own. */
    private JsonObject withoutMarkers(Node node) {
        JsonObject content = ListNames.without(layout, node.kind.name(), node.content);
        for (Holder.SamePlace same : node.same()) {
            content = same.at().cut(content);
        }
        return content;
    }
}
