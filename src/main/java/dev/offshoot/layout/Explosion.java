package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Document to files, in the order that makes it free of circles: cut, strip, place, drop what is implied, name, then (when every address is
 * known) encode references and write.
 */
final class Explosion {
    private final Layout layout;
    private KnownDefinitions known;
    private final JsonObject value;
    private final List<Problem> findings = new ArrayList<>();
    private final List<String> withheld = new ArrayList<>();
    private final Map<String, String> addressOfId = new HashMap<>();
    private final Map<String, String> symbols = new LinkedHashMap<>();
    private final Map<String, String> symbolOfId = new HashMap<>();
    private final Map<String, Rec> recordsById = new HashMap<>();
    private final Set<String> omitted = ConcurrentHashMap.newKeySet();
    /** What was known of ids that the document has no record of. */
    private final Map<String, TreePath> beyond = new ConcurrentHashMap<>();
    /** Shared definitions that each definition refers to, by address. */
    private final Map<String, Set<String>> referred = new ConcurrentHashMap<>();
    /** Address of the definition around an address, for those that are not definitions themselves. */
    private final Map<String, String> definitionOf = new HashMap<>();

    private Cutter.Cut cut;
    private final LineFiles lines = new LineFiles();
    private final Embedding embedding;
    private final Map<TreePath, Content> files = new TreeMap<>();

    private Explosion(Layout layout, JsonObject value, KnownDefinitions known) {
        this.layout = layout;
        this.value = value;
        this.known = known;
        this.embedding = new Embedding(layout);
    }

    static Exploded explode(Layout layout, JsonObject value, KnownDefinitions known) {
        return new Explosion(layout, value, known).run();
    }

    /** Keeps what it came to know, for {@link Remembered#again}. */
    static Remembered remember(Layout layout, JsonObject value, KnownDefinitions known) {
        Explosion explosion = new Explosion(layout, value, known);
        Exploded exploded = explosion.run();
        explosion.known = KnownDefinitions.NONE;
        explosion.files.clear();
        return new Remembered(layout, explosion, value, exploded);
    }

    private Exploded run() {
        cut = Cutter.cut(layout, value, withheld);
        Parallel.map(cut.records(), Stripper::strip).forEach(withheld::addAll);
        cut.records().forEach(r -> recordsById.putIfAbsent(r.id, r));
        Placer.place(layout, cut.records(), findings);
        cut.records().stream().filter(r -> r.raw).forEach(r -> r.content = withoutSecrets(r));
        Parallel.forEach(cut.records().stream().filter(r -> !r.isSilent()).toList(), Implying::imply);
        List<Definition> definitions = Namer.name(layout, cut.records(), recordsById, known);
        List<TreePath> mains = definitions.stream()
                .filter(d -> d.header().main())
                .map(Definition::address)
                .toList();
        TreePath document = mains.size() == 1
                ? mains.get(0)
                : layout.widePlace(cut.records().stream()
                        .filter(r -> r.container.isDocument())
                        .map(Rec::kindName));
        cut.document().address = document.child(layout.document()).value();
        List<Rec> written = cut.records().stream()
                .filter(r -> !r.isSilent() && !r.address.isEmpty())
                .toList();
        cut.records().forEach(this::declare);
        written.forEach(Implying::position);
        cut.records().stream().filter(r -> !r.isSilent() || r.sameAs != null).forEach(this::symbols);
        leaveRaw();
        List<Rec> hosts = written.stream()
                .filter(r -> r.duplicateOf == null && !r.isEmbedded())
                .toList();
        hosts.forEach(this::scope);
        Parallel.forEach(hosts, this::encodeAll);
        written.stream()
                .filter(r -> r.duplicateOf != null && !r.kind.sets().isEmpty())
                .forEach(r -> Sets.sort(r.kind, withMarkers(r), r.facts));
        Rec whole = cut.document();
        JsonValue outside = Symbols.map(whole.content, text -> encode(documentScope(whole), text));
        JsonObject safe = ListNames.protect(layout, Layout.DOCUMENT, whole.content, (JsonObject) outside);
        whole.content = Sets.sort(whole.kind, safe, whole.facts);
        Unreached unreached = Unreached.of(layout, written, mains.size() != 1, referred);
        unreached.names().forEach(this::name);
        whole.slots.forEach(slot -> MapOrder.write(
                whole,
                slot,
                key -> encode(documentScope(whole), key),
                r -> documentScope(whole).write(r.address)));
        known.rows(layout.root(), unreached.dangling().keySet()).stream()
                .filter(a -> !definitionOf.containsKey(a.value()))
                .forEach(a -> omitted.add(a.value()));
        omit(document, definitions);
        LeftOut.write(whole, cut.records(), referred, c -> scope(c.host()));
        for (Written parts : Parallel.map(hosts, this::write)) {
            files.putAll(parts.files());
            lines.add(parts.lines());
        }
        lines.writeTo(files);
        writeDocument(cut.document(), document);
        OrderFiles.write(hosts, files);
        return new Exploded(
                FileTree.of(files),
                LedgerEntries.of(
                        cut.document(), written, omitted, Missing.of(layout, value, unreached.dangling()), symbols),
                document,
                definitions,
                findings.stream().map(this::asInDocument).toList(),
                withheld.stream().map(this::asInDocument).toList(),
                layout.asDocument(expected()),
                SecretPlaces.of(layout, value, cut.records(), withheld).stream()
                        .map(s -> new SecretAt(asInDocument(s.where()), s.address(), s.pointer()))
                        .toList());
    }

    /** A pointer without the member under which kinds find a document that is a list. */
    private String asInDocument(String pointer) {
        String list = "/" + layout.list().map(Pointer::escape).orElse("");
        return layout.list().isPresent() && pointer.startsWith(list + "/") ? pointer.substring(list.length()) : pointer;
    }

    private Problem asInDocument(Problem p) {
        return new Problem(p.reason(), asInDocument(p.where()), p.message(), p.hint());
    }

    /** A record as it stood, but for what is stored nowhere. */
    private JsonObject withoutSecrets(Rec r) {
        JsonObject rest = r.original;
        for (String pointer : withheld) {
            if (pointer.startsWith(r.pointer() + "/")) {
                rest = Pointer.parse(pointer.substring(r.pointer().length())).cut(rest);
            }
        }
        return rest;
    }

    /** The document without what is stored nowhere: what {@code assemble} must give back. */
    private JsonValue expected() {
        JsonValue rest = value;
        for (String pointer : withheld) {
            rest = Pointer.parse(pointer).cut((JsonObject) rest);
        }
        return rest;
    }

    private void declare(Rec r) {
        if (!r.isSilent()
                && !r.address.isEmpty()
                && !r.id.isEmpty()
                && r.kind.identity().instance()) {
            Rec outermost = r;
            while (outermost.owner != null) {
                outermost = outermost.owner;
            }
            definitionOf.putIfAbsent(r.address, outermost.address);
            String before = addressOfId.putIfAbsent(r.id, r.address);
            if (before != null && !before.equals(r.address)) {
                findings.add(new Problem(
                        Reason.DUPLICATE_ID,
                        r.pointer(),
                        "another record has the same id: " + before,
                        "references lead to that one"));
            }
        }
    }

    private void symbols(Rec r) {
        r.kind.symbols()
                .forEach((field, symbol) -> Pointer.parse(field)
                        .get(r.original)
                        .flatMap(Values::text)
                        .ifPresent(id -> {
                            if (!addressOfId.containsKey(id) && symbols.putIfAbsent(symbol, id) == null) {
                                symbolOfId.put(id, ":" + symbol);
                            }
                        }));
    }

    /** Puts back what fitted no kind, and in the place of a record that equals another a reference to it. */
    private void leaveRaw() {
        cut.records().stream().filter(r -> r.raw).forEach(Satellites::giveBack);
        restore(cut.document());
        cut.records().forEach(this::restore);
    }

    private void restore(Rec container) {
        if (!container.raw && container.sameAs == null) {
            container.content = restored(container, container.content);
        }
    }

    /** A container's content with what stayed in its lists and places. */
    private static JsonObject restored(Rec container, JsonObject content) {
        JsonObject result = content;
        for (Rec.SlotCut slot : container.slots) {
            Pointer at = Pointer.parse(slot.pointer);
            if (slot.shape == Rec.Shape.ONE) {
                if (slot.items.get(0) instanceof Rec r && r.raw) {
                    result = at.isSelf()
                            ? JsonObject.builder()
                                    .putAll(r.content)
                                    .putAll(result)
                                    .build()
                            : (JsonObject) at.putDeep(result, r.content);
                }
                continue;
            }
            JsonObject.Builder map = JsonObject.builder();
            List<JsonValue> list = new ArrayList<>();
            for (int i = 0; i < slot.items.size(); i++) {
                Optional<JsonValue> left = slot.items.get(i) instanceof Rec r
                        ? (r.raw ? Optional.of(r.content) : Optional.empty())
                        : Optional.of((JsonValue) slot.items.get(i));
                if (left.isPresent()) {
                    list.add(left.get());
                    map.put(slot.keys.get(i), left.get());
                }
            }
            if (!list.isEmpty()) {
                result = (JsonObject)
                        at.putDeep(result, slot.shape == Rec.Shape.LIST ? JsonArray.of(list) : map.build());
            }
        }
        return result;
    }

    // Again, for one record whose value has changed while everything around it is known.

    Cutter.Cut cut() {
        return cut;
    }

    LineFiles lines() {
        return lines;
    }

    /** All steps for a record that has begun again: its content, facts and absences as {@link #run} would make them. */
    void again(Rec r) {
        r.content = withoutSlots(r);
        Stripper.strip(r);
        if (!r.isSilent()) {
            Implying.imply(r);
            Implying.position(r);
            restore(r);
            r.content = Sets.sort(r.kind, withMarkers(r), r.facts);
        }
    }

    /** What an assemble gives back of a record, but for the records in it. */
    JsonObject expected(Rec r) {
        JsonObject rest = restored(r, withoutSlots(r));
        for (String pointer : withheld) {
            if (pointer.startsWith(r.pointer() + "/")) {
                rest = Pointer.parse(pointer.substring(r.pointer().length())).cut(rest);
            }
        }
        return rest;
    }

    private static JsonObject withoutSlots(Rec r) {
        JsonObject rest = r.original;
        for (Rec.SlotCut slot : r.slots) {
            Pointer at = Pointer.parse(slot.pointer);
            rest = at.isSelf() ? only(r.kind.own(), rest) : at.cut(rest);
        }
        return rest;
    }

    private static JsonObject only(Set<String> members, JsonObject content) {
        Set<String> others = new HashSet<>(content.keys());
        others.removeAll(members);
        return content.without(others);
    }

    // Sixth step: references.

    private JsonObject encode(Rec r, JsonObject content) {
        Scope scope = scope(r.host());
        JsonObject encoded = (JsonObject)
                Symbols.map(content, text -> Symbols.isPlain(text, layout.ids()) ? text : encode(scope, text));
        return ListNames.protect(layout, r.kindName(), content, encoded);
    }

    private String encode(Scope scope, String text) {
        return Symbols.encode(text, layout.ids(), id -> {
            String address = addressOfId.get(id);
            if (address != null) {
                return Optional.of(written(scope, address));
            }
            String symbol = symbolOfId.get(id);
            return symbol != null ? Optional.of(symbol) : elsewhere(id).map(a -> elsewhere(scope, a));
        });
    }

    /** Where the workspace has a record of this id; not when the document has that record itself under another id. */
    private Optional<TreePath> elsewhere(String id) {
        Optional<TreePath> found = known.addressOfId(id);
        found.ifPresent(a -> beyond.put(id, a));
        return found.or(() -> Optional.ofNullable(beyond.get(id))).filter(a -> !definitionOf.containsKey(a.value()));
    }

    private String written(Scope scope, String address) {
        String reference = scope.write(address);
        if (reference.startsWith("/")) {
            String from = definitionOf.getOrDefault(scope.own(), scope.own());
            referred.computeIfAbsent(from, f -> ConcurrentHashMap.newKeySet())
                    .add(definitionOf.getOrDefault(address, address));
        }
        return reference;
    }

    /** A shared record that the workspace has and the document has not. */
    private String elsewhere(Scope scope, TreePath address) {
        omitted.add(address.value());
        return scope.write(address.value());
    }

    Scope scope(Rec host) {
        if (host.scope == null) {
            List<Scope.Folder> folders = new ArrayList<>();
            for (Rec at = host; at != null && !at.isDocument(); at = at.owner) {
                if (at.isFolder()) {
                    folders.add(new Scope.Folder(at.address, layout.scopeNames(at.kind)));
                }
            }
            host.scope = new Scope(layout.root().value(), host.address, folders);
        }
        return host.scope;
    }

    // Seventh step: parts and files.

    /** References of a record with a file and of everything written in that file: one task, as they share a scope. */
    private void encodeAll(Rec r) {
        r.content = Sets.sort(r.kind, withMarkers(r), r.facts);
        r.embedded.values().forEach(children -> children.forEach(this::encodeAll));
    }

    Written write(Rec r) {
        Written written = new Written();
        JsonObject own = r.kind.anatomy().isPlain() || !r.definition().isFolder()
                ? r.content
                : AnatomyWriter.write(r, t -> PartWriter.holds(t, r, this::referred), written);
        if (r.target instanceof Placement.Target.Entry e) {
            written.line(AnatomyWriter.entries(r.owner, e), AnatomyWriter.entryKey(r), CanonicalOrder.sort(own));
        } else {
            PartWriter.write(r, own, embedded(r), embedding.of(r.kind), this::referred, written.files());
        }
        return written;
    }

    /** The record's own content with references, and markers where a list's record equals another. */
    private JsonObject withMarkers(Rec r) {
        JsonObject content = encode(r, r.content);
        for (Rec.SlotCut slot : r.slots) {
            if (slot.shape == Rec.Shape.ONE
                    && slot.items.get(0) instanceof Rec inner
                    && inner.sameAs != null
                    && !inner.sameAs.address.isEmpty()) {
                JsonString marker = new JsonString("@{" + scope(r.host()).write(inner.sameAs.address) + "}");
                content = (JsonObject) Pointer.parse(slot.pointer).putDeep(content, marker);
            }
        }
        return content;
    }

    /** The records written inside another, by the key they stand at. */
    private JsonObject embedded(Rec r) {
        if (r.embedded.isEmpty() && !embedding.writesKey(r.kind)) {
            return JsonObject.EMPTY;
        }
        JsonObject.Builder all = JsonObject.builder();
        if (r.kind.writesKey()) {
            all.put(Embedding.KEY, encode(scope(r.host()), r.id));
        } else if (!r.member.isEmpty()) {
            all.put(Embedding.KEY, encode(scope(r.host()), r.member));
        }
        for (Map.Entry<String, List<Rec>> e : r.embedded.entrySet()) {
            boolean keyed =
                    ((Placement.Target.Embed) e.getValue().get(0).target).by().isPresent();
            JsonObject.Builder map = JsonObject.builder();
            List<JsonValue> list = new ArrayList<>();
            for (Rec child : e.getValue()) {
                JsonObject inner = Embedding.join(embedding.of(child.kind), child.content, embedded(child));
                list.add(inner);
                map.put(child.address.substring(child.address.lastIndexOf('/') + 1), inner);
            }
            all.put(e.getKey(), keyed ? map.build() : JsonArray.of(list));
        }
        return all.build();
    }

    /** The record whose id stands in a field of another. */
    private Optional<Rec> referred(Rec from, Pointer field) {
        return field.get(from.original).flatMap(Values::text).flatMap(id -> Optional.ofNullable(recordsById.get(id)));
    }

    private void writeDocument(Rec document, TreePath folder) {
        boolean whole = document.slots.stream().anyMatch(s -> s.pointer.isEmpty());
        if (!whole && !goesWithoutSaying(document, folder)) {
            PartWriter.yaml(files, folder.child(layout.document() + ".yaml"), document.content);
        }
    }

    /** An empty surrounding, where a definition cannot be a document without one: so it makes no file, whether it comes alone or is carried. */
    private boolean goesWithoutSaying(Rec document, TreePath folder) {
        return document.content.isEmpty()
                && cut.records().stream()
                        .filter(r -> folder.value().equals(r.address))
                        .findFirst()
                        .filter(main -> main.kind.is(Kind.Flag.ALONE) && !layout.canBeWhole(List.of(main.kind)))
                        .isPresent();
    }

    private Scope documentScope(Rec document) {
        if (document.scope == null) {
            document.scope = new Scope(layout.root().value(), document.address, List.of());
        }
        return document.scope;
    }

    private void name(Rec.SlotCut slot, List<Rec> records) {
        Rec container = slot.container;
        container.listing = true;
        Scope scope = container.isDocument() ? documentScope(container) : scope(container.host());
        container.content = ListNames.add(
                container.content,
                slot,
                records.stream()
                        .map(r -> Map.entry(r.id, scope.write(r.address)))
                        .toList());
    }

    /** A document of the whole folder leaves out what it does not have of what is there. */
    private void omit(TreePath document, List<Definition> definitions) {
        if (!layout.isByContent()) {
            return;
        }
        Set<TreePath> own = definitions.stream().map(Definition::address).collect(Collectors.toSet());
        for (Layout.Owned shared : layout.shared()) {
            if (layout.kindsOfWide(document)
                    .filter(k -> k.contains(shared.kind().name()))
                    .isPresent()) {
                known.definitions(Shared.folder(layout, shared)).stream()
                        .filter(a -> !own.contains(a))
                        .forEach(a -> omitted.add(a.value()));
            }
        }
    }
}
