package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * Reads from the files of a definition what it needs. Only files of kinds whose layout says something of needs are read; which kind a file
 * is, its path tells.
 */
final class RequirementReader {
    private final Layout layout;
    private final TreeSource files;
    private final Embedding embedding;
    private final Map<Kind, Boolean> telling = new HashMap<>();
    private final List<Raw> raw = new ArrayList<>();
    private final List<Want> wants = new ArrayList<>();
    private final List<SecretPlace> secrets = new ArrayList<>();
    /** Names of the records that were read, for those that are needed by name. */
    private final Map<String, Map<String, TreePath>> byName = new HashMap<>();

    private final Map<TreePath, Optional<JsonValue>> contents = new HashMap<>();

    private RequirementReader(Layout layout, TreeSource files) {
        this.layout = layout;
        this.files = files;
        this.embedding = new Embedding(layout);
    }

    /** Something needed, as a file names it. */
    private record Raw(Requirement rule, String value, String name, TreePath by) {}

    static Requirements of(Layout layout, TreeSource files, Collection<TreePath> definitions) {
        RequirementReader reader = new RequirementReader(layout, files);
        definitions.forEach(reader::read);
        reader.resolve();
        return new Requirements(reader.wants, reader.secrets);
    }

    private void read(TreePath definition) {
        List<String> below = Arrays.asList(definition.relativeTo(layout.root()).split("/"));
        for (Layout.Owned shared : layout.shared()) {
            if (!Shared.template(shared).matches(below)) {
                continue;
            }
            if (shared.place().target() instanceof Placement.Target.Folder folder) {
                SortedSet<TreePath> all = files.list(definition);
                if (all.contains(definition.child(folder.file() + ".yaml"))) {
                    readFolder(shared.kind(), definition, folder, all);
                    return;
                }
            } else {
                TreePath file = definition.parent().child(definition.name() + ".yaml");
                if (files.list(file).contains(file)) {
                    record(shared.kind(), definition, file);
                    return;
                }
            }
        }
    }

    private void readFolder(Kind kind, TreePath definition, Placement.Target.Folder folder, SortedSet<TreePath> all) {
        Map<TreePath, Kind> wanted = new LinkedHashMap<>();
        for (TreePath path : all) {
            if (path.equals(definition.child(folder.file() + ".yaml"))) {
                wanted.put(path, kind);
            } else if (path.name().indexOf('.') == path.name().length() - ".yaml".length()
                    && path.name().endsWith(".yaml")) {
                List<String> below = Arrays.asList(path.relativeTo(definition).split("/"));
                kindOf(kind, below).filter(this::tells).ifPresent(k -> wanted.put(path, k));
            }
        }
        files.prepare(wanted.keySet(), path -> true);
        wanted.forEach((path, k) -> record(k, addressOf(k, path), path));
    }

    private static TreePath addressOf(Kind kind, TreePath path) {
        String stem = path.name().substring(0, path.name().length() - ".yaml".length());
        boolean main = kind.places().stream()
                .anyMatch(p -> p.target() instanceof Placement.Target.Folder f
                        && f.file().equals(stem));
        return main ? path.parent() : path.parent().child(stem);
    }

    /** The kind of a file, by its segments below the folder of a record. */
    private Optional<Kind> kindOf(Kind owner, List<String> below) {
        String last = below.get(below.size() - 1);
        String stem = last.substring(0, last.length() - ".yaml".length());
        for (Layout.Owned owned : layout.ownedBy(owner)) {
            if (owned.place().target() instanceof Placement.Target.File f
                    && f.path().size() == below.size()) {
                List<String> named = new ArrayList<>(below);
                named.set(below.size() - 1, stem);
                if (f.path().matches(named)) {
                    return Optional.of(owned.kind());
                }
            } else if (owned.place().target() instanceof Placement.Target.Folder f
                    && f.path().size() < below.size()
                    && f.path().matches(below.subList(0, f.path().size()))) {
                List<String> inner = below.subList(f.path().size(), below.size());
                boolean main = inner.size() == 1 && last.equals(f.file() + ".yaml");
                Optional<Kind> found = main ? Optional.of(owned.kind()) : kindOf(owned.kind(), inner);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether records of the kind, or what stands in their files, can need something or be what others need by name. */
    private boolean tells(Kind kind) {
        Boolean known = telling.get(kind);
        if (known == null) {
            known = !kind.requires().isEmpty()
                    || !kind.vault().isEmpty()
                    || kind.is(Kind.Flag.CONFIGURED)
                    || layout.kinds().values().stream()
                            .flatMap(k -> k.requires().stream())
                            .anyMatch(r -> r.kinds().contains(kind.name()) && !kind.isShared())
                    || layout.ownedBy(kind).stream()
                            .anyMatch(o -> o.place().target() instanceof Placement.Target.Embed
                                    && o.kind() != kind
                                    && tells(o.kind()));
            telling.put(kind, known);
        }
        return known;
    }

    private void record(Kind kind, TreePath address, TreePath file) {
        if (!tells(kind) || !(files.yaml(file) instanceof JsonObject content)) {
            return;
        }
        Optional<String> name = nameOf(kind, content);
        byName.computeIfAbsent(kind.name(), k -> new HashMap<>()).putIfAbsent(name.orElse(address.name()), address);
        boolean builtin = kind.isBuiltin(content);
        if (kind.is(Kind.Flag.CONFIGURED) && !builtin) {
            wants.add(new Want(kind.name(), name.orElse(address.name()), Optional.of(address), true, address));
        }
        look(kind, content, new At(address, Optional.of(""), Optional.empty(), builtin));
    }

    /**
     * Where a record is read.
     *
     * @param address of the record with the file
     * @param pointer in the file; empty when that changes with those beside it
     * @param part its key, where it is a part of another record
     * @param builtin every instance has it, with all that it needs
     */
    private record At(TreePath address, Optional<String> pointer, Optional<String> part, boolean builtin) {}

    /** Looks at a record and at those written in it. */
    private void look(Kind kind, JsonObject content, At at) {
        for (Requirement rule : kind.requires()) {
            rule.each(
                    content,
                    value -> raw.add(new Raw(
                            rule,
                            value,
                            rule.name()
                                    .flatMap(p -> p.get(content))
                                    .flatMap(Values::text)
                                    .orElse(value),
                            at.address())));
        }
        for (Vaulted rule : at.pointer().isPresent() ? kind.vault() : List.<Vaulted>of()) {
            rule.in(content)
                    .forEach(place -> secrets.add(new SecretPlace(
                            at.address(),
                            at.pointer().get() + place.pointer(),
                            at.part(),
                            place.field(),
                            place.needed() && !at.builtin())));
        }
        for (Layout.Owned owned : layout.ownedBy(kind)) {
            if (owned.place().target() instanceof Placement.Target.Embed embed && tells(owned.kind())) {
                embedding
                        .at(kind, embed.key())
                        .filter(o -> o.kind() == owned.kind())
                        .flatMap(o -> content.get(embed.key()))
                        .ifPresent(inner -> embedded(owned.kind(), embed, inner, at));
            }
        }
    }

    private void embedded(Kind kind, Placement.Target.Embed embed, JsonValue inner, At at) {
        if (inner instanceof JsonObject map) {
            map.forEach((key, value) -> {
                if (value instanceof JsonObject record) {
                    Optional<String> below =
                            at.pointer().map(p -> p + "/" + Pointer.escape(embed.key()) + "/" + Pointer.escape(key));
                    look(kind, record, new At(at.address(), below, Optional.of(Symbols.plain(key)), at.builtin()));
                }
            });
        } else if (inner instanceof JsonArray list) {
            list.forEach(item -> {
                if (item instanceof JsonObject record) {
                    look(kind, record, new At(at.address(), Optional.empty(), Optional.empty(), at.builtin()));
                }
            });
        }
    }

    // What is named leads to addresses once everything has been read.

    private void resolve() {
        Map<String, List<Node>> byId = layout.isByContent() ? contentIds() : Map.of();
        for (Raw r : raw) {
            if (r.rule().kinds().isEmpty()) {
                wants.add(new Want(r.rule().need(), Symbols.plain(r.name()), Optional.empty(), false, r.by()));
                continue;
            }
            Optional<TreePath> address = reference(r.value())
                    .map(text -> lookUp(text, r.by()))
                    .orElseGet(() -> withId(
                                    byId.getOrDefault(r.value(), List.of()),
                                    r.rule().kinds())
                            .or(() -> named(r.rule().kinds(), Symbols.plain(r.value()))));
            Optional<JsonValue> there = address.flatMap(this::content);
            if (there.isPresent()
                    && r.rule().kinds().stream()
                            .anyMatch(kind -> layout.kind(kind).isBuiltin(there.get()))) {
                continue;
            }
            String name = address.map(a -> there.flatMap(value -> r.rule().kinds().stream()
                                    .flatMap(k -> nameOf(layout.kind(k), value).stream())
                                    .findFirst())
                            .orElse(a.name()))
                    .orElse(Symbols.plain(r.name()));
            wants.add(new Want(r.rule().need(), name, there.isPresent() ? address : Optional.empty(), true, r.by()));
        }
    }

    /** Records of other kinds may have the same id: in some platforms names are ids. */
    private static Optional<TreePath> withId(List<Node> nodes, Set<String> kinds) {
        return nodes.stream()
                .filter(n -> kinds.contains(n.kind.name()))
                .findFirst()
                .map(n -> TreePath.of(n.address));
    }

    private Map<String, List<Node>> contentIds() {
        Set<String> ids = new LinkedHashSet<>();
        raw.stream().filter(r -> !r.rule().kinds().isEmpty()).forEach(r -> ids.add(r.value()));
        if (ids.isEmpty()) {
            return Map.of();
        }
        ContentIds found =
                new ContentIds(layout, files, new NodeReader(layout, files, Ledger.EMPTY, new ArrayList<>()));
        Map<String, List<Node>> nodes = new HashMap<>();
        ids.forEach(id -> nodes.put(id, found.find(id)));
        return nodes;
    }

    /** The target of a text that is one reference and nothing else. */
    private static Optional<String> reference(String text) {
        return text.startsWith("@{") && text.indexOf('}') == text.length() - 1 && text.length() > 3
                ? Optional.of(text.substring(2, text.length() - 1))
                : Optional.empty();
    }

    /** As references are read: from the platform's folder, or from the nearest folder around that has it. */
    private Optional<TreePath> lookUp(String target, TreePath from) {
        int inner = target.indexOf('#');
        String path = inner < 0 ? target : target.substring(0, inner);
        if (path.startsWith("/")) {
            return there(layout.root().child(path.substring(1)));
        }
        for (TreePath folder = from; folder.isWithin(layout.root()) && !folder.isRoot(); folder = folder.parent()) {
            Optional<TreePath> found = there(folder.child(path));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<TreePath> there(TreePath address) {
        return content(address).map(content -> address);
    }

    /** A record that is needed by its name: one of the same definition, or a shared one. */
    private Optional<TreePath> named(Set<String> kinds, String name) {
        for (String kind : kinds) {
            TreePath found = byName.getOrDefault(kind, Map.of()).get(name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** The record at an address, where there is one. Many records refer to the same few. */
    private Optional<JsonValue> content(TreePath address) {
        Optional<JsonValue> known = contents.get(address);
        if (known == null) {
            TreePath file = address.parent().child(address.name() + ".yaml");
            known = files.list(file).contains(file)
                    ? Optional.of(files.yaml(file))
                    : files.list(address).stream()
                            .filter(p -> p.parent().equals(address) && layout.isMainFile(p))
                            .findFirst()
                            .map(files::yaml);
            contents.put(address, known);
        }
        return known;
    }

    private static Optional<String> nameOf(Kind kind, JsonValue content) {
        return kind.names().stream()
                .flatMap(p -> p.get(content).flatMap(Values::text).stream())
                .filter(t -> !t.isBlank())
                .map(Symbols::plain)
                .findFirst();
    }
}
