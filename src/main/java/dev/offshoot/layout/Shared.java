package dev.offshoot.layout;

import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Where definitions stand in the platform's folder. */
final class Shared {
    private Shared() {}

    /** Address of the shared record of a kind with a file name. */
    static Optional<String> address(Layout layout, String kind, String name) {
        return layout.shared().stream()
                .filter(o -> o.kind().name().equals(kind))
                .findFirst()
                .map(o -> layout.root().value() + "/" + prefix(o) + name);
    }

    /** The folder that the shared records of a kind stand in. */
    static TreePath folder(Layout layout, Kind kind) {
        return layout.shared().stream()
                .filter(o -> o.kind() == kind)
                .findFirst()
                .map(o -> folder(layout, o))
                .orElse(layout.root());
    }

    static TreePath folder(Layout layout, Layout.Owned owned) {
        String folder = template(owned).folder();
        return folder.isEmpty() ? layout.root() : layout.root().child(folder);
    }

    private static String prefix(Layout.Owned owned) {
        String folder = template(owned).folder();
        return folder.isEmpty() ? "" : folder + "/";
    }

    static Template template(Layout.Owned owned) {
        return owned.place().target() instanceof Placement.Target.Folder f
                ? f.path()
                : ((Placement.Target.File) owned.place().target()).path();
    }

    /** Addresses of all definitions that a tree holds, in path order. */
    static List<String> addresses(Layout layout, TreeSource source) {
        List<String> found = new ArrayList<>();
        layout.shared().forEach(o -> found.addAll(addresses(layout, source, o)));
        return found;
    }

    static List<String> addresses(Layout layout, TreeSource source, Layout.Owned owned) {
        String folder = layout.root().value() + "/" + prefix(owned);
        TreeSet<String> found = new TreeSet<>();
        int size = template(owned).size();
        int root = layout.root().value().length() + 1;
        for (TreePath path : source.list(TreePath.of(folder.substring(0, folder.length() - 1)))) {
            int depth = depth(path, root);
            if (owned.place().target() instanceof Placement.Target.Folder f) {
                if (depth == size + 1 && path.name().equals(f.file() + ".yaml")) {
                    found.add(path.parent().value());
                }
            } else if (depth == size
                    && path.value().endsWith(".yaml")
                    && path.name().indexOf('.') == path.name().length() - 5) {
                found.add(path.value().substring(0, path.value().length() - 5));
            }
        }
        return new ArrayList<>(found);
    }

    /** Number of segments from a position on. */
    static int depth(TreePath path, int from) {
        int depth = 1;
        for (int slash = path.value().indexOf('/', from);
                slash >= 0;
                slash = path.value().indexOf('/', slash + 1)) {
            depth++;
        }
        return depth;
    }
}
