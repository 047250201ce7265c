package dev.offshoot.service;

import dev.offshoot.layout.Layouts;
import dev.offshoot.model.TreePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which definition a file belongs to, by its path alone, whether the definition is there or not. */
final class DefinitionPlaces {
    private static final int USUAL_DEPTH = 3;

    private final Set<TreePath> folders;

    DefinitionPlaces(Layouts layouts) {
        this.folders = new HashSet<>(layouts.folders());
    }

    /** {@code tooljet/apps/crm} of all in that folder, {@code tooljet/tables/orders} of the file {@code orders.yaml}. */
    TreePath of(TreePath file) {
        for (TreePath at = file; !at.isRoot(); at = at.parent()) {
            if (folders.contains(at.parent())) {
                return at.equals(file) ? withoutExtension(file) : at;
            }
        }
        List<String> segments = file.segments();
        return segments.size() > USUAL_DEPTH
                ? TreePath.of(String.join("/", segments.subList(0, USUAL_DEPTH)))
                : withoutExtension(file);
    }

    private static TreePath withoutExtension(TreePath file) {
        int dot = file.name().indexOf('.', 1);
        return dot < 0 ? file : file.parent().child(file.name().substring(0, dot));
    }
}
