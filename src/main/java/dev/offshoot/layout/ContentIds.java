package dev.offshoot.layout;

import dev.offshoot.model.FileName;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds records by content id. Their file names hold the id or its start, so that only files are read that may be meant; a file that somebody
 * named otherwise is found by reading it.
 */
final class ContentIds {
    private final Layout layout;
    private final TreeSource source;
    private final NodeReader nodes;
    private Map<String, List<String>> byName;
    private Map<String, List<Node>> unnamed;

    ContentIds(Layout layout, TreeSource source, NodeReader nodes) {
        this.layout = layout;
        this.source = source;
        this.nodes = nodes;
    }

    /** Nodes with an id, in path order. */
    List<Node> find(String id) {
        if (byName == null) {
            index();
        }
        List<Node> found = new ArrayList<>();
        for (String address : candidates(id)) {
            nodes.node(address).filter(n -> idOf(n).equals(id)).ifPresent(found::add);
        }
        found.addAll(unnamed.getOrDefault(id, List.of()));
        return found;
    }

    private Set<String> candidates(String id) {
        Set<String> all = new LinkedHashSet<>(byName.getOrDefault("~" + Template.start(id), List.of()));
        all.addAll(byName.getOrDefault(FileName.slug(id), List.of()));
        return all;
    }

    private static String idOf(Node node) {
        if (node.kind.identity().instance()) {
            return "";
        }
        return node.key
                .or(() -> node.kind
                        .identity()
                        .at()
                        .flatMap(p -> p.get(node.content))
                        .flatMap(Values::text))
                .map(Symbols::plain)
                .orElse("");
    }

    private void index() {
        byName = new HashMap<>();
        unnamed = new HashMap<>();
        TreeSet<String> addresses = new TreeSet<>();
        for (TreePath path : source.list(layout.root())) {
            String name = path.name();
            if (name.endsWith(".yaml") && name.indexOf('.') == name.length() - 5) {
                // A file of its own, or the main file of a folder.
                addresses.add(path.value().substring(0, path.value().length() - 5));
                addresses.add(path.parent().value());
            }
        }
        for (String address : addresses) {
            String name = address.substring(address.lastIndexOf('/') + 1);
            byName.computeIfAbsent(name, n -> new ArrayList<>(1)).add(address);
            for (int tilde = name.indexOf('~'); tilde >= 0; tilde = name.indexOf('~', tilde + 1)) {
                int end = name.indexOf('~', tilde + 1);
                byName.computeIfAbsent(name.substring(tilde, end < 0 ? name.length() : end), n -> new ArrayList<>(1))
                        .add(address);
            }
        }
        for (Layout.Owned shared : layout.shared()) {
            if (shared.kind().identity().instance() || !Shared.template(shared).holdsStartOfId()) {
                continue;
            }
            for (String address : Shared.addresses(layout, source, shared)) {
                if (address.indexOf('~', address.lastIndexOf('/')) < 0) {
                    nodes.definition(address)
                            .filter(n -> !idOf(n).isEmpty())
                            .ifPresent(n -> unnamed.computeIfAbsent(idOf(n), i -> new ArrayList<>(1))
                                    .add(n));
                }
            }
        }
    }
}
