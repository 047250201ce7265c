package dev.offshoot.layout;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Files to nodes: tells by its path which kind a file is, joins the parts of a record, takes embedded records out of their hosts. */
final class NodeReader {
    private static final String DERIVED = Anatomy.DERIVED + ".yaml";
    private static final String ARRANGEMENT = Anatomy.ARRANGEMENT + ".yaml";

    /** So many lists are cheaper than that of everything. */
    private static final int FEW = 8;

    private final Layout layout;
    private final TreeSource source;
    private final Ledger ledger;
    private final RecordReader records;
    private final List<Problem> findings;
    private final Map<String, Optional<Node>> definitions = new ConcurrentHashMap<>();
    /** Those with a file of their own. */
    private final Map<String, Node> nodes = new ConcurrentHashMap<>();

    private final Map<String, Map<String, Integer>> orders = new ConcurrentHashMap<>();

    NodeReader(Layout layout, TreeSource source, Ledger ledger, List<Problem> findings) {
        this.layout = layout;
        this.source = source;
        this.ledger = ledger;
        this.findings = findings;
        this.records = new RecordReader(layout, source, ledger);
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
        int hash = address.indexOf('#');
        String host = hash < 0 ? address : address.substring(0, hash);
        Node found = nodes.get(host);
        if (found == null && definitionOf(host).flatMap(this::definition).isPresent()) {
            found = nodes.get(host);
        }
        return hash < 0 || found == null ? Optional.ofNullable(found) : found.inside(address);
    }

    /** A node that has been read before. */
    Optional<Node> known(String address) {
        int hash = address.indexOf('#');
        Node found = nodes.get(hash < 0 ? address : address.substring(0, hash));
        return hash < 0 || found == null ? Optional.ofNullable(found) : found.inside(address);
    }

    /** The part of an address that is a definition's own: as many segments as its kind's template has. */
    private Optional<String> definitionOf(String path) {
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

    /** Reads the files of many records' definitions together: one after the other, all cores but one would be idle. */
    void readAhead(Collection<String> addresses) {
        if (layout.isByContent() && addresses.size() > FEW) {
            source.list(layout.root()); // lists of single folders are cut from it
        }
        Set<TreePath> wanted = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>();
        for (String address : addresses) {
            Optional<String> own = definitionOf(address);
            if (own.isPresent() && seen.add(own.get())) {
                SortedSet<TreePath> files = source.list(TreePath.of(own.get()));
                TreePath single = TreePath.of(own.get() + ".yaml");
                wanted.addAll(files);
                if (files.isEmpty() && source.list(single.parent()).contains(single)) {
                    wanted.add(single);
                }
            }
        }
        source.prepare(wanted, this::isDocument);
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
                    source.prepare(files, this::isDocument);
                    Node node = new Node(shared.kind(), address, null, Optional.of(shared.place()), main, ledger);
                    nodes.put(address, node);
                    DefinitionFiles sorted =
                            new DefinitionFiles(layout.halfFolders(), source, address, files, findings);
                    List<Leaf> leaves = new ArrayList<>();
                    below(node, List.copyOf(sorted.base()), sorted, leaves);
                    load(leaves, sorted);
                    sorted.unused().forEach(this::unknown);
                    return Optional.of(node);
                }
            } else {
                TreePath main = TreePath.of(address + ".yaml");
                TreePath parent = main.parent();
                SortedSet<TreePath> files = source.list(parent);
                if (files.contains(main)) {
                    Node node = new Node(shared.kind(), address, null, Optional.of(shared.place()), main, ledger);
                    nodes.put(address, node);
                    records.load(node, parts(files, main), Optional.empty(), findings);
                    return Optional.of(node);
                }
            }
        }
        return Optional.empty();
    }

    /** True for a file that is one YAML document: line files are read line by line. */
    private boolean isDocument(TreePath path) {
        return YamlFiles.isYaml(path) && !layout.holdsLines(path.name());
    }

    /** Side and source files of a main file: those whose name starts with its stem and a dot. */
    static Map<String, TreePath> parts(SortedSet<TreePath> files, TreePath main) {
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

    /** What one pass over the files of a folder record finds: the records in it, and which file belongs to whom. */
    private static final class Found {
        /** By address, in the order of their main files. */
        final Map<String, Node> nodes = new LinkedHashMap<>();

        final Map<String, TreePath> own = new TreeMap<>();
        final Map<Node, List<TreePath>> inner = new HashMap<>();
        final Map<Node, Map<String, TreePath>> parts = new HashMap<>();
    }

    /**
     * Reads a folder record and everything below it.
     *
     * @param files sorted, so that those of one folder stand together
     * @param leaves receives records that are still to be loaded
     */
    private void below(Node folder, List<TreePath> files, DefinitionFiles all, List<Leaf> leaves) {
        int prefix = folder.address.length() + 1;
        Found found = new Found();
        boolean[] taken = new boolean[files.size()];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = take(folder, files.get(i), prefix, found);
        }
        Optional<Node> last = Optional.empty();
        for (int i = 0; i < taken.length; i++) {
            if (!taken[i]) {
                last = give(folder, files.get(i), prefix, last, found);
            }
        }
        loadFolder(folder, found.own, all);
        for (Node node : found.nodes.values()) {
            folder.children.add(node);
            nodes.put(node.address, node);
            if (node.isFolder()) {
                below(node, found.inner.getOrDefault(node, List.of()), all, leaves);
            } else {
                Leaf leaf = new Leaf(node, found.parts.getOrDefault(node, Map.of()));
                if (leaf.needsNoOther(layout)) {
                    leaves.add(leaf);
                } else {
                    records.load(node, leaf.parts(), Optional.of(all), findings);
                }
            }
        }
    }

    /** A record with a file of its own and nothing below it. */
    private record Leaf(Node node, Map<String, TreePath> parts) {
        boolean needsNoOther(Layout layout) {
            return node.kind.anatomy().isPlain() && layout.entriesOf(node.kind).isEmpty();
        }
    }

    /** Loads records that need nothing of each other, on all cores; tells what one thread would have told. */
    private void load(List<Leaf> leaves, DefinitionFiles all) {
        Parallel.<Leaf, Supplier<List<Problem>>>map(leaves, leaf -> {
                    List<Problem> own = new ArrayList<>(0);
                    try {
                        records.load(leaf.node(), leaf.parts(), Optional.of(all), own);
                        return () -> own;
                    } catch (Failure e) {
                        return () -> {
                            throw e;
                        };
                    }
                })
                .forEach(told -> findings.addAll(told.get()));
    }

    /** True for the main file of a record in a folder, and for what needs no record. */
    private boolean take(Node folder, TreePath path, int prefix, Found found) {
        if (path.equals(folder.file)) {
            return true;
        }
        int depth = Shared.depth(path, prefix);
        if (depth == 1) {
            found.own.put(path.value().substring(prefix), path);
        } else if (depth == 2 && isTreeFile(folder, path.value(), prefix)) {
            return true;
        }
        if (!layout.hasFilesAt(folder.kind, depth)) {
            return false;
        }
        Optional<Node> node = classify(
                folder, path, Arrays.asList(path.value().substring(prefix).split("/")));
        node.ifPresent(n -> found.nodes.put(n.address, n));
        return node.isPresent();
    }

    /**
     * Gives a file to the record it belongs to.
     *
     * @param last the folder record that got the file before it
     * @return the folder record that got this one
     */
    private Optional<Node> give(Node folder, TreePath path, int prefix, Optional<Node> last, Found found) {
        String value = path.value();
        boolean sameFolder = last.isPresent() && isBelow(value, last.get().address);
        if (!sameFolder && value.indexOf('/', prefix) < 0 && isPart(folder, path.name())) {
            return last;
        }
        Optional<Node> holder = sameFolder ? last : holder(path, prefix, found.nodes);
        if (holder.filter(Node::isFolder).isEmpty() && isOrder(path)) {
            return last;
        }
        if (holder.isEmpty()) {
            unknown(path);
        } else if (holder.get().isFolder()) {
            found.inner.computeIfAbsent(holder.get(), n -> new ArrayList<>()).add(path);
            return holder;
        } else {
            found.parts
                    .computeIfAbsent(holder.get(), n -> new TreeMap<>())
                    .put(value.substring(holder.get().address.length()), path);
        }
        return last;
    }

    private static boolean isBelow(String path, String folder) {
        return path.length() > folder.length() && path.charAt(folder.length()) == '/' && path.startsWith(folder);
    }

    /** Where a node stands among its neighbours, by the order file beside their folder. */
    int position(Node node) {
        int slash = node.address.lastIndexOf('/');
        String folder = node.address.substring(0, slash);
        readOrder(node);
        return orders.getOrDefault(folder, Map.of()).getOrDefault(node.address.substring(slash + 1), Integer.MAX_VALUE);
    }

    /** Reads the order file of a definition's neighbours: those of other records were read with their definition. */
    void readOrder(Node node) {
        if (node.owner == null && node.kind.is(Kind.Flag.ORDERED)) {
            orders.computeIfAbsent(node.address.substring(0, node.address.lastIndexOf('/')), this::sharedOrder);
        }
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
                || layout.entriesOf(folder.kind).stream()
                        .anyMatch(o -> name.equals(RecordReader.entryFile(o) + ".yaml"))
                || folder.owner == null && name.equals(layout.document() + ".yaml");
    }

    /** A node's file of the tree that a folder record has. */
    private static boolean isTreeFile(Node folder, String path, int prefix) {
        Optional<TreeRule> tree = folder.kind.anatomy().tree();
        return tree.isPresent()
                && path.startsWith(tree.get().folder(), prefix)
                && path.charAt(prefix + tree.get().folder().length()) == '/';
    }

    private void unknown(TreePath path) {
        findings.add(unknown(layout, path));
    }

    static Problem unknown(Layout layout, TreePath path) {
        return new Problem(
                Reason.UNKNOWN_FILE,
                path.value(),
                "no kind of the " + layout.platform() + " layout has a file here",
                "it is left out of the document");
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
                            path,
                            ledger));
                }
            } else if (o.place().target() instanceof Placement.Target.File f
                    && segments.size() == f.path().size()) {
                String value = path.value();
                String address = value.substring(0, value.length() - ".yaml".length());
                List<String> named = new ArrayList<>(segments.subList(0, segments.size() - 1));
                named.add(stem);
                boolean ownFacet = segments.size() == 1 && isPart(owner, file);
                if (!ownFacet && f.path().matches(named)) {
                    return Optional.of(new Node(o.kind(), address, owner, Optional.of(o.place()), path, ledger));
                }
            }
        }
        return Optional.empty();
    }

    private void loadFolder(Node node, Map<String, TreePath> files, DefinitionFiles all) {
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
        records.load(node, parts, Optional.of(all), findings);
    }
}
