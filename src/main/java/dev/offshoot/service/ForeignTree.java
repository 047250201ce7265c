package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.TreeSource;
import dev.offshoot.layout.YamlFiles;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.platform.NativePath;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** A commit of another repository as a tree of definitions. Only what stands in the folder of a platform is looked at. */
final class ForeignTree implements TreeSource {
    private final ForeignFiles files;
    private final Map<TreePath, JsonValue> values = new ConcurrentHashMap<>();

    ForeignTree(ForeignFiles files) {
        this.files = files;
    }

    @Override
    public SortedSet<TreePath> list(TreePath folder) {
        SortedSet<TreePath> found = new TreeSet<>();
        String prefix = folder.value() + "/";
        for (NativePath path : files.paths().tailSet(NativePath.of(folder.value()))) {
            if (path.value().startsWith(prefix) || path.value().equals(folder.value())) {
                found.add(portable(path));
            } else if (!path.value().startsWith(folder.value())) {
                break;
            }
        }
        return found;
    }

    private static TreePath portable(NativePath path) {
        try {
            return TreePath.of(path.value());
        } catch (Failure e) {
            throw Failure.of(
                    Reason.INVALID_REPOSITORY,
                    path.value(),
                    "this name does not work on every system",
                    "rename the file in the repository");
        }
    }

    @Override
    public Content read(TreePath path) {
        return files.read(NativePath.of(path.value()));
    }

    @Override
    public JsonValue yaml(TreePath path) {
        return values.computeIfAbsent(path, p -> YamlFiles.parse(p, read(p)));
    }
}
