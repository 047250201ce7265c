package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Files to nodes: tells by its path which kind a file is, joins the parts of a record, takes embedded records out of their hosts. */
final class NodeReader {
    private static final String DERIVED = Anatomy.DERIVED + ".yaml";
    private static final String ARRANGEMENT = Anatomy.ARRANGEMENT + ".yaml";

    private final Layout layout;
    private final TreeSource source;
    private final Embedding embedding;
    private final List<Problem> findings;
    private final Map<String, Optional<Node>> definitions = new ConcurrentHashMap<>();
    private final Map<String, Node> nodes = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Integer>> orders = new ConcurrentHashMap<>();
    private final Map<String, DefinitionFiles> parallel = new HashMap<>();

    NodeReader(Layout layout, TreeSource source, List<Problem> findings) {
        this.layout = layout;
        this.source = source;
        this.embedding = new Embedding(layout);
        this.findings = findings;
    }

    /** The definition at an address in the platform's folder, with all nodes below it. */
    synchronized Optional<Node> definition(String address) {
        Optional<Node> known = definitions.get(address);
        if (known == null) {
            known = read(address);
            definitions.put(address, known);
        }
        return known;
    }

    /** Any node by address; its definition is read when it has not been. */
    Optional<Node> node(String address) {
        Node found = nodes.get(address);
        if (found == null && definitionOf(address).flatMap(this::definition).isPresent()) {
            found = nodes.get(address);
        }
        return Optional.ofNullable(found);
    }

    /** The part of an address that is a definition's own: as many segments as its kind's template has. */
    private Optional<String> definitionOf(String address) {
        int hash = address.indexOf('#');
        String path = hash < 0 ? address : address.substring(0, hash);
        if (!path.startsWith(layout.root().value() + "/")) {
            return Optional.empty();
        }
        List<String> segments =
                Arrays.asList(path.substring(layout.root().value().length() + 1).split("/"));
        for (Layout.Owned shared : layout.shared()) {
            Template template = template(shared.place().target());
            if (segments.size() >= template.size() && template.matches(segments.subList(0, template.size()))) {
                return Optional.of(
                        layout.root().value() + "/" + String.join("/", segments.subList(0, template.size())));
            }
        }
        return Optional.empty();
    }

    private static Template template(Placement.Target target) {
        return target instanceof Placement.Target.Folder f ? f.path() : ((Placement.Target.File) target).path();
    }

    private Optional<Node> read(String address) {
        List<String> segments = Arrays.asList(
                address.substring(layout.root().value().length() + 1).split("/"));
        for (Layout.Owned shared : layout.shared()) {
            if (!template(shared.place().target()).matches(segments)) {
                continue;
            }
            Placement.Target target = shared.place().target();
            if (target instanceof Placement.Target.Folder folder) {
                SortedSet<TreePath> files = source.list(TreePath.of(address));
                TreePath main = TreePath.of(address + "/" + folder.file() + ".yaml");
                if (files.contains(main)) {
                    source.prepare(files);
                    Node node = new Node(shared.kind(), address, null, Optional.of(shared.place()), main);
                    nodes.put(address, node);
                    DefinitionFiles sorted =
                            new DefinitionFiles(layout.halfFolders(), source, address, files, findings);
                    parallel.put(address, sorted);
                    below(node, sorted.base());
                    sorted.unused().forEach(this::unknown);
                    return Optional.of(node);
                }
            } else {
                TreePath main = TreePath.of(address + ".yaml");
                TreePath parent = main.parent();
                SortedSet<TreePath> files = source.list(parent);
                if (files.contains(main)) {
                    Node node = new Node(shared.kind(), address, null, Optional.of(shared.place()), main);
                    nodes.put(address, node);
                    load(node, parts(files, main));
                    return Optional.of(node);
                }
            }
        }
        return Optional.empty();
    }

    /** Side and source files of a main file: those whose name starts with its stem and a dot. */
    private static Map<String, TreePath> parts(SortedSet<TreePath> files, TreePath main) {
        String stem = main.value().substring(0, main.value().length() - ".yaml".length());
        Map<String, TreePath> parts = new TreeMap<>();
        for (TreePath p : files.tailSet(TreePath.of(stem + ".0"))) {
            if (!p.value().startsWith(stem + ".")) {
                break;
            }
            if (p.value().indexOf('/', stem.length()) < 0 && !p.equals(main)) {
                parts.put(p.value().substring(stem.length()), p);
            }
        }
        return parts;
    }

    /** Sorts the files of a folder record into its own parts and those of the records it owns. */
    private void below(Node folder, SortedSet<TreePath> files) {
        int prefix = folder.address.length() + 1;
        Map<String, TreePath> own = new TreeMap<>();
        Map<String, Node> found = new LinkedHashMap<>();
        Map<String, Map<String, TreePath>> pending = new HashMap<>();
        Map<String, TreeMap<TreePath, TreePath>> inner = new HashMap<>();
        Set<TreePath> mains = new HashSet<>();
        for (TreePath path : files) {
            if (path.equals(folder.file)) {
                continue;
            }
            List<String> segments = Arrays.asList(path.value().substring(prefix).split("/"));
            if (isTreeFile(folder, segments)) {
                mains.add(path);
                continue;
            }
            if (segments.size() == 1) {
                own.put(segments.get(0), path);
            }
            Optional<Node> node = classify(folder, path, segments);
            node.ifPresent(n -> {
                found.put(n.address, n);
                mains.add(path);
            });
        }
        for (TreePath path : files) {
            if (mains.contains(path)
                    || path.equals(folder.file)
                    || path.value().indexOf('/', prefix) < 0 && isPart(folder, path.name())) {
                continue;
            }
            Optional<Node> holder = holder(path, prefix, found);
            if (holder.filter(Node::isFolder).isEmpty() && isOrder(path)) {
                continue;
            }
            if (holder.isEmpty()) {
                unknown(path);
            } else if (holder.get().isFolder()) {
                inner.computeIfAbsent(holder.get().address, a -> new TreeMap<>())
                        .put(path, path);
            } else {
                pending.computeIfAbsent(holder.get().address, a -> new TreeMap<>())
                        .put(path.value().substring(holder.get().address.length()), path);
            }
        }
        loadFolder(folder, own);
        for (Node node : found.values()) {
            folder.children.add(node);
            nodes.put(node.address, node);
            if (node.isFolder()) {
                TreeMap<TreePath, TreePath> below = inner.getOrDefault(node.address, new TreeMap<>());
                below.put(node.file, node.file);
                below(node, below.navigableKeySet());
            } else {
                load(node, pending.getOrDefault(node.address, Map.of()));
            }
        }
    }

    /** Where a node stands among its neighbours, by the order file beside their folder. */
    int position(Node node) {
        int slash = node.address.lastIndexOf('/');
        String folder = node.address.substring(0, slash);
        if (node.owner == null) {
            orders.computeIfAbsent(folder, this::sharedOrder);
        }
        return orders.getOrDefault(folder, Map.of()).getOrDefault(node.address.substring(slash + 1), Integer.MAX_VALUE);
    }

    /** The order of definitions, whose order file is in no definition. */
    private Map<String, Integer> sharedOrder(String folder) {
        TreePath path = TreePath.of(folder + OrderFiles.SUFFIX);
        return source.list(path).contains(path) ? OrderFiles.read(source.read(path)) : Map.of();
    }

    private boolean isOrder(TreePath path) {
        if (!path.value().endsWith(OrderFiles.SUFFIX)) {
            return false;
        }
        String folder = path.value().substring(0, path.value().length() - OrderFiles.SUFFIX.length());
        orders.computeIfAbsent(folder, f -> OrderFiles.read(source.read(path)));
        return true;
    }

    private boolean isPart(Node folder, String name) {
        String stem = ((Placement.Target.Folder) folder.place.orElseThrow().target()).file();
        return folder.kind.texts().stream().anyMatch(t -> name.equals(stem + t.suffix()))
                || folder.kind.binary().isPresent() && name.startsWith(stem + ".") && !name.endsWith(".yaml")
                || folder.kind.facets().stream().anyMatch(f -> name.equals(f.file() + ".yaml"))
                || folder.kind.anatomy().half().texts().stream().anyMatch(t -> name.equals(stem + t.suffix()))
                || layout.hasLines() && (name.equals(DERIVED) || name.equals(ARRANGEMENT))
                || layout.entriesOf(folder.kind).stream().anyMatch(o -> name.equals(entryFile(o) + ".yaml"))
                || folder.owner == null && name.equals(layout.document() + ".yaml");
    }

    private static String entryFile(Layout.Owned owned) {
        return ((Placement.Target.Entry) owned.place().target()).file();
    }

    /** A node's file of the tree that a folder record has. */
    private static boolean isTreeFile(Node folder, List<String> segments) {
        return segments.size() == 2
                && folder.kind
                        .anatomy()
                        .tree()
                        .filter(t -> t.folder().equals(segments.get(0)))
                        .isPresent();
    }

    private void unknown(TreePath path) {
        findings.add(new Problem(
                Reason.UNKNOWN_FILE,
                path.value(),
                "no kind of the " + layout.platform() + " layout has a file here",
                "it is left out of the document"));
    }

    /** The nearest record whose folder a file is in, or whose side file it is. */
    private static Optional<Node> holder(TreePath path, int prefix, Map<String, Node> found) {
        String value = path.value();
        for (int slash = value.indexOf('/', prefix); slash > 0; slash = value.indexOf('/', slash + 1)) {
            Node folder = found.get(value.substring(0, slash));
            if (folder != null && folder.isFolder()) {
                return Optional.of(folder);
            }
        }
        int dot = value.indexOf('.', value.lastIndexOf('/'));
        return dot < 0
                ? Optional.empty()
                : Optional.ofNullable(found.get(value.substring(0, dot))).filter(n -> !n.isFolder());
    }

    private Optional<Node> classify(Node owner, TreePath path, List<String> segments) {
        String file = segments.get(segments.size() - 1);
        if (!file.endsWith(".yaml")) {
            return Optional.empty();
        }
        String stem = file.substring(0, file.length() - ".yaml".length());
        if (stem.indexOf('.') >= 0) {
            return Optional.empty();
        }
        for (Layout.Owned o : layout.ownedBy(owner.kind)) {
            if (o.place().target() instanceof Placement.Target.Folder f) {
                int n = f.path().size();
                if (segments.size() == n + 1
                        && f.file().equals(stem)
                        && f.path().matches(segments.subList(0, n))) {
                    return Optional.of(new Node(
                            o.kind(),
                            owner.address + "/" + String.join("/", segments.subList(0, n)),
                            owner,
                            Optional.of(o.place()),
                            path));
                }
            } else if (o.place().target() instanceof Placement.Target.File f
                    && segments.size() == f.path().size()) {
                String value = path.value();
                String address = value.substring(0, value.length() - ".yaml".length());
                List<String> named = new java.util.ArrayList<>(segments.subList(0, segments.size() - 1));
                named.add(stem);
                boolean ownFacet = segments.size() == 1 && isPart(owner, file);
                if (!ownFacet && f.path().matches(named)) {
                    return Optional.of(new Node(o.kind(), address, owner, Optional.of(o.place()), path));
                }
            }
        }
        return Optional.empty();
    }

    private void loadFolder(Node node, Map<String, TreePath> files) {
        String stem = ((Placement.Target.Folder) node.place.orElseThrow().target()).file();
        Map<String, TreePath> parts = new TreeMap<>();
        files.forEach((name, path) -> {
            if (name.startsWith(stem + ".")) {
                parts.put(name.substring(stem.length()), path);
            }
            node.kind.facets().stream()
                    .filter(f -> name.equals(f.file() + ".yaml"))
                    .forEach(f -> parts.put("." + f.file() + ".yaml", path));
        });
        load(node, parts);
    }

    /** Joins the parts of a record. {@code parts}: by what follows the stem. */
    private void load(Node node, Map<String, TreePath> parts) {
        JsonValue main = CanonicalOrder.sort(source.yaml(node.file));
        if (!(main instanceof JsonObject content)) {
            throw Failure.of(Reason.MALFORMED_YAML, node.file.value(), "this file must hold a map of fields");
        }
        Set<String> keys = embedding.of(node.kind);
        Set<TreePath> used = new HashSet<>();
        // As they were taken out, the last one first: a side file may have been a part of another.
        List<Kind.Facet> facets = new ArrayList<>(node.kind.facets());
        Collections.reverse(facets);
        for (Kind.Facet facet : facets) {
            if (Embedding.isKey(keys, facet.at())) {
                content = facet(facet, content, parts, used);
            }
        }
        content = Embedding.unescape(takeOut(node, keys, content));
        for (Kind.Facet facet : facets) {
            if (!Embedding.isKey(keys, facet.at())) {
                content = facet(facet, content, parts, used);
            }
        }
        for (Kind.Text text : node.kind.texts()) {
            TreePath path = parts.get(text.suffix());
            if (path != null && used.add(path)) {
                String value = source.read(path).utf8();
                content = (JsonObject) text.at()
                        .putDeep(
                                content,
                                new JsonString(value.endsWith("\n") ? value.substring(0, value.length() - 1) : value));
            }
        }
        content = binary(node.kind, content, parts, used);
        DefinitionFiles files = parallel.get(node.definition().address);
        if (files != null) {
            node.kind.anatomy().half().texts().forEach(t -> used.add(parts.get(t.suffix())));
            if (!node.kind.anatomy().isPlain()) {
                content = AnatomyReader.join(node, content, files);
            }
            for (Layout.Owned owned : layout.entriesOf(node.kind)) {
                TreePath path = AnatomyReader.entries(node, entryFile(owned));
                used.add(path);
                entries(node, owned, path, files);
            }
        }
        parts.values().stream().filter(p -> !used.contains(p)).forEach(this::unknown);
        node.content = content;
    }

    /** The side file with another suffix than those of texts; renaming a file in its record does not part it from what it holds. */
    private JsonObject binary(Kind kind, JsonObject content, Map<String, TreePath> parts, Set<TreePath> used) {
        if (kind.binary().isEmpty() || kind.binary().get().at().get(content).isPresent()) {
            return content;
        }
        for (Map.Entry<String, TreePath> part : parts.entrySet()) {
            if (!part.getKey().endsWith(".yaml") && used.add(part.getValue())) {
                String text = Binaries.encode(source.read(part.getValue()).bytes());
                return (JsonObject) kind.binary().get().at().putDeep(content, new JsonString(text));
            }
        }
        return content;
    }

    private void entries(Node owner, Layout.Owned owned, TreePath file, DefinitionFiles files) {
        files.lines("", file).forEach((key, value) -> {
            if (!(value instanceof JsonObject content)) {
                throw Failure.of(
                        Reason.MALFORMED_YAML, file.value(), "the line of '" + key + "' must hold a map of fields");
            }
            String address = owner.address + "#" + entryFile(owned) + "/" + key;
            Node node = new Node(owned.kind(), address, owner, Optional.of(owned.place()), file);
            JsonObject sorted = CanonicalOrder.sort(content);
            node.content = node.kind.anatomy().isPlain() ? sorted : AnatomyReader.join(node, sorted, files);
            owner.children.add(node);
            nodes.put(address, node);
        });
    }

    private JsonObject facet(Kind.Facet facet, JsonObject content, Map<String, TreePath> parts, Set<TreePath> used) {
        TreePath path = parts.get("." + facet.file() + ".yaml");
        if (path == null || !used.add(path)) {
            return content;
        }
        return (JsonObject) facet.at().putDeep(content, CanonicalOrder.sort(source.yaml(path)));
    }

    private JsonObject takeOut(Node host, Set<String> keys, JsonObject content) {
        JsonObject rest = content;
        for (int i = 0; i < content.size(); i++) {
            String key = content.key(i);
            if (host.kind.mayWriteKey() && key.equals(Embedding.KEY)) {
                rest = rest.without(key);
                host.key = Values.text(content.value(i));
            } else if (Embedding.isReserved(keys, key)) {
                rest = rest.without(key);
                embedded(host, key, content.value(i));
            }
        }
        return rest;
    }

    private void embedded(Node host, String key, JsonValue value) {
        String prefix = host.address + (host.isEmbedded() ? "/" : "#") + key + "/";
        if (value instanceof JsonArray list) {
            for (int i = 0; i < list.size(); i++) {
                embed(host, key, prefix + i, list.get(i));
            }
        } else if (value instanceof JsonObject map) {
            map.forEach((k, v) -> embed(host, key, prefix + k, v));
        }
    }

    private void embed(Node host, String key, String address, JsonValue value) {
        if (!(value instanceof JsonObject content)) {
            throw Failure.of(
                    Reason.MALFORMED_YAML, host.file.value(), "an item of '" + key + "' must be a map of fields");
        }
        Node node = embeddedKind(host, key, content, address);
        host.children.add(node);
        nodes.put(address, node);
        node.content = Embedding.unescape(takeOut(node, embedding.of(node.kind), content));
    }

    private Node embeddedKind(Node host, String key, JsonObject content, String address) {
        if (key.startsWith(Embedding.UNPLACED)) {
            String list = key.substring(Embedding.UNPLACED.length());
            for (Map.Entry<Kind.Slot, List<Kind>> slot :
                    layout.slotsOf(host.kind.name()).entrySet()) {
                if (slot.getKey().at().equals(Pointer.parse(Pointer.escape(list) + "/*"))) {
                    List<Kind> kinds = slot.getValue();
                    Kind kind = kinds.stream()
                            .filter(k -> k.when().stream().allMatch(t -> t.holds(content)))
                            .findFirst()
                            .orElse(kinds.get(0));
                    return new Node(kind, address, host, Optional.empty(), host.file);
                }
            }
        }
        return layout.ownedBy(host.kind).stream()
                .filter(o -> o.place().target() instanceof Placement.Target.Embed e
                        && e.key().equals(key))
                .findFirst()
                .map(o -> new Node(o.kind(), address, host, Optional.of(o.place()), host.file))
                .orElseThrow(() -> Failure.of(
                        Reason.MALFORMED_YAML, host.file.value(), "nothing can stand at '" + key + "' here"));
    }
}
