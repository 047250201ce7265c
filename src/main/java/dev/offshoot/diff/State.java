package dev.offshoot.diff;

import dev.offshoot.layout.Entity;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** One of the two states that are compared. Asked only for what changed, and for what stands around that. */
public interface State {
    boolean has(TreePath file);

    /** A file that is there. */
    Content read(TreePath file);

    /** Blob names of all files at or below a folder. */
    SortedMap<TreePath, ObjectName> list(TreePath folder);

    /** The id that an instance gave to an entity, where one is known. */
    Optional<String> id(Entity entity);

    /** A tree in memory, of which no ids are known. */
    static State of(FileTree tree) {
        return of(tree, entity -> Optional.empty());
    }

    /** A tree in memory, and who knows the ids in it. */
    static State of(FileTree tree, Function<Entity, Optional<String>> ids) {
        return new State() {
            @Override
            public boolean has(TreePath file) {
                return tree.find(file).isPresent();
            }

            @Override
            public Content read(TreePath file) {
                return tree.find(file).orElseThrow();
            }

            @Override
            public SortedMap<TreePath, ObjectName> list(TreePath folder) {
                SortedMap<TreePath, ObjectName> names = new TreeMap<>();
                tree.within(folder).forEach((path, content) -> names.put(path, content.blobName()));
                return names;
            }

            @Override
            public Optional<String> id(Entity entity) {
                return ids.apply(entity);
            }
        };
    }
}
