package dev.offshoot.service;

import dev.offshoot.model.TreePath;
import java.util.List;
import java.util.Optional;

/**
 * Which entity of a definition a file belongs to, as its path tells: folders alternate between the label of a kind
 * ({@code components}) and the name of an entity ({@code table1}). Files of one stem ({@code list.yaml}, {@code list.sql}) are one entity,
 * and so are the files directly in an entity's own folder ({@code pages/home/page.yaml}).
 *
 * @param address the entity's place: folder, or file without extension
 * @param kind singular of its label, {@code order} for an order file
 * @param on the entity around it, a version left out because most changes are in one
 */
public record EntityPath(TreePath address, String kind, String name, Optional<String> on) {

    /**
     * Reads a path.
     *
     * @param definition address of the definition the file belongs to: {@code platform/label/name}
     */
    static EntityPath of(TreePath file, TreePath definition) {
        List<String> segments = file.segments();
        String last = segments.get(segments.size() - 1);
        int depth = segments.size() - definition.segments().size();
        if (depth <= 0) {
            return at(file.parent().child(stem(last)), segments.get(segments.size() - 2), stem(last), Optional.empty());
        }
        if (last.endsWith(".order")) {
            return new EntityPath(file, "order", "order of " + stem(last), around(file.parent(), definition));
        }
        if (depth % 2 == 1) { // directly in the folder of an entity
            TreePath folder = file.parent();
            return at(folder, folder.parent().name(), folder.name(), around(folder.parent(), definition));
        }
        return at(file.parent().child(stem(last)), file.parent().name(), stem(last), around(file.parent(), definition));
    }

    private static EntityPath at(TreePath address, String label, String name, Optional<String> on) {
        return new EntityPath(address, singular(label), name, on);
    }

    /** The entity that holds a label's folder, in words, if it is worth naming. */
    private static Optional<String> around(TreePath label, TreePath definition) {
        TreePath holder = label.parent();
        if (!holder.isWithin(definition) || holder.equals(definition)) {
            return Optional.empty();
        }
        String kind = singular(holder.parent().name());
        return kind.equals("version") ? Optional.empty() : Optional.of(kind + " " + holder.name());
    }

    private static String stem(String fileName) {
        int dot = fileName.indexOf('.', 1);
        return dot < 0 ? fileName : fileName.substring(0, dot);
    }

    static String singular(String label) {
        if (label.endsWith("ies")) {
            return label.substring(0, label.length() - 3) + "y";
        }
        if (label.endsWith("sses") || label.endsWith("xes")) {
            return label.substring(0, label.length() - 2);
        }
        return label.endsWith("s") && !label.endsWith("ss") && !label.endsWith("vas")
                ? label.substring(0, label.length() - 1)
                : label;
    }

    static String plural(String kind) {
        if (kind.endsWith("y") && !kind.endsWith("ay") && !kind.endsWith("ey")) {
            return kind.substring(0, kind.length() - 1) + "ies";
        }
        return kind.endsWith("s") || kind.endsWith("x") ? kind + "es" : kind + "s";
    }
}
