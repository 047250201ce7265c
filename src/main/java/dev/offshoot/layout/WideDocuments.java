package dev.offshoot.layout;

import dev.offshoot.model.FileName;
import dev.offshoot.model.TreePath;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Documents that are not an export of one definition: they hold what stands in the platform's folder, all of it, or only records of some
 * kinds. Of those they have a folder of their own, so that such a document and that of everything do not replace one another.
 */
record WideDocuments(List<Folder> folders) {
    static final WideDocuments NONE = new WideDocuments(List.of());

    /** @param name in the platform's folder */
    record Folder(String name, Set<String> kinds) {}

    WideDocuments {
        folders = List.copyOf(folders);
    }

    /** In {@code document}: {@code only: {access: [role, scope]}}. */
    static Folder folder(String name, Spec kinds) {
        if (!FileName.isPortable(name) || name.indexOf('.') >= 0) {
            throw kinds.wrong("not a portable file name without a dot: " + name);
        }
        return new Folder(
                name, new LinkedHashSet<>(kinds.items().stream().map(Spec::text).toList()));
    }

    /** Where a document with records of these kinds has its place. */
    TreePath place(TreePath root, Stream<String> kinds) {
        Set<String> found = new LinkedHashSet<>();
        kinds.forEach(found::add);
        return folders.stream()
                .filter(f -> !found.isEmpty() && f.kinds().containsAll(found))
                .findFirst()
                .map(f -> root.child(f.name()))
                .orElse(root);
    }

    /** Names of the kinds that the document at a place holds, out of all; empty when it is that of a definition. */
    Optional<Set<String>> at(TreePath root, TreePath place, Set<String> all) {
        if (place.equals(root)) {
            return Optional.of(all);
        }
        return folders.stream()
                .filter(f -> place.equals(root.child(f.name())))
                .findFirst()
                .map(Folder::kinds);
    }
}
