package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads what identifies a definition without reading the definition: its main file, and what the ledger says of that. */
final class Heads {
    private final Layout layout;
    private final TreeSource files;
    private final Ledger ledger;

    Heads(Layout layout, TreeSource files, Ledger ledger) {
        this.layout = layout;
        this.files = files;
        this.ledger = ledger;
    }

    Optional<DefinitionHeader> definition(TreePath address) {
        List<String> below = TreePath.of(address.relativeTo(layout.root())).segments();
        for (Layout.Owned shared : layout.shared()) {
            Optional<TreePath> main = mainFile(shared, address, below);
            if (main.isPresent() && files.list(main.get()).contains(main.get())) {
                return Optional.of(header(shared.kind(), address, files.yaml(main.get())));
            }
        }
        return Optional.empty();
    }

    private static Optional<TreePath> mainFile(Layout.Owned owned, TreePath address, List<String> below) {
        if (owned.place().target() instanceof Placement.Target.Folder f) {
            return f.path().matches(below) ? Optional.of(address.child(f.file() + ".yaml")) : Optional.empty();
        }
        Placement.Target.File f = (Placement.Target.File) owned.place().target();
        return f.path().matches(below)
                ? Optional.of(address.parent().child(address.name() + ".yaml"))
                : Optional.empty();
    }

    private DefinitionHeader header(Kind kind, TreePath address, JsonValue content) {
        return new DefinitionHeader(
                kind.name(),
                address.parent(),
                name(kind, content).orElse(address.name()),
                id(kind, address, content),
                texts(kind.correlations(), content),
                kind.traits().stream()
                        .map(p -> p.get(content).flatMap(Values::text).orElse(""))
                        .toList(),
                kind.is(Kind.Flag.MAIN));
    }

    private static Optional<String> name(Kind kind, JsonValue content) {
        return texts(kind.names(), content).stream().filter(t -> !t.isBlank()).findFirst();
    }

    private static List<String> texts(List<Pointer> pointers, JsonValue content) {
        return pointers.stream()
                .flatMap(p -> p.get(content).flatMap(Values::text).stream())
                .map(Symbols::plain)
                .toList();
    }

    private Optional<String> id(Kind kind, TreePath address, JsonValue content) {
        if (kind.writesKey()) {
            return ((JsonObject) content).text(Embedding.KEY).map(Symbols::plain);
        }
        return kind.identity().instance()
                ? kind.identity().at().flatMap(at -> ledger.idOf(address, at))
                : kind.identity().at().flatMap(p -> p.get(content)).flatMap(Values::text);
    }

    /** The versions of a definition, by address. */
    List<VersionHeader> versions(TreePath definition) {
        List<VersionHeader> found = new ArrayList<>();
        Optional<Kind> kind = definition(definition).map(h -> layout.kind(h.kind()));
        if (kind.isEmpty()) {
            return found;
        }
        for (Layout.Owned owned : layout.ownedBy(kind.get())) {
            if (owned.kind().is(Kind.Flag.SELECTABLE) && owned.place().target() instanceof Placement.Target.Folder f) {
                for (TreePath address : folders(definition, f)) {
                    JsonValue content = files.yaml(address.child(f.file() + ".yaml"));
                    found.add(new VersionHeader(
                            name(owned.kind(), content).orElse(address.name()),
                            id(owned.kind(), address, content),
                            address));
                }
            }
        }
        return found;
    }

    private TreeSet<TreePath> folders(TreePath definition, Placement.Target.Folder target) {
        TreeSet<TreePath> found = new TreeSet<>();
        for (TreePath path : files.list(definition)) {
            List<String> below =
                    TreePath.of(path.parent().relativeTo(definition)).segments();
            if (path.name().equals(target.file() + ".yaml") && target.path().matches(below)) {
                found.add(path.parent());
            }
        }
        return found;
    }

    /** The definitions a document is an export of, without cutting it. */
    static List<DefinitionHeader> mains(Layout layout, JsonObject document) {
        return inDocument(layout, document).stream()
                .map(m -> header(layout, m.kind(), m.record()))
                .toList();
    }

    /** A record where it stands in its document. */
    private record Found(Kind kind, JsonObject record, String pointer) {}

    private static List<Found> inDocument(Layout layout, JsonObject document) {
        Map<String, Found> all = new LinkedHashMap<>();
        // As the cutter goes: slot by slot, and the document itself only when nothing was found in it.
        layout.slotsOf(Layout.DOCUMENT).forEach((slot, kinds) -> {
            if (!slot.at().isSelf() || all.isEmpty()) {
                slot.at()
                        .each(
                                document,
                                (pointer, value) -> fitting(slot, kinds, pointer, value)
                                        .ifPresent(found -> all.putIfAbsent(pointer, found)));
            }
        });
        List<Found> mains = with(Kind.Flag.MAIN, all.values());
        return mains.isEmpty() ? with(Kind.Flag.ALONE, all.values()) : mains;
    }

    private static Optional<Found> fitting(Kind.Slot slot, List<Kind> kinds, String pointer, JsonValue value) {
        return slot.wrapper().get(value).orElse(null) instanceof JsonObject record
                ? kinds.stream()
                        .filter(k -> k.when().stream().allMatch(t -> t.holds(record)))
                        .findFirst()
                        .map(k -> new Found(k, record, pointer + slot.wrapper()))
                : Optional.empty();
    }

    private static List<Found> with(Kind.Flag flag, Collection<Found> all) {
        return all.stream().filter(f -> f.kind().is(flag)).toList();
    }

    private static DefinitionHeader header(Layout layout, Kind kind, JsonObject record) {
        return new DefinitionHeader(
                kind.name(),
                Shared.folder(layout, kind),
                plain(kind.names(), record).stream()
                        .filter(t -> !t.isBlank())
                        .findFirst()
                        .orElse(""),
                kind.identity()
                        .at()
                        .flatMap(p -> p.get(record))
                        .flatMap(Values::text)
                        .filter(id -> !id.isEmpty()),
                plain(kind.correlations(), record),
                kind.traits().stream()
                        .map(p -> p.get(record).flatMap(Values::text).orElse(""))
                        .toList(),
                true);
    }

    private static List<String> plain(List<Pointer> pointers, JsonValue content) {
        return pointers.stream()
                .flatMap(p -> p.get(content).flatMap(Values::text).stream())
                .toList();
    }

    /** A document with the one definition it is an export of under another name. */
    static JsonValue renamed(Layout layout, JsonObject document, String name) {
        List<Found> mains = inDocument(layout, document);
        if (mains.size() != 1 || mains.get(0).kind().names().isEmpty()) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER, "name", "the document is not an export of one definition with a name");
        }
        Found main = mains.get(0);
        Pointer at = Pointer.parse(main.pointer() + main.kind().names().get(0));
        return at.put(document, new JsonString(name));
    }
}
