package dev.offshoot.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import java.util.Map;
import java.util.TreeMap;

/** A tree with changes as a person makes them with an editor and {@code git mv}. Each must hit something. */
final class EditedTree {
    private final Map<TreePath, Content> files;

    EditedTree(FileTree tree) {
        this.files = new TreeMap<>(tree.files());
    }

    FileTree tree() {
        return FileTree.of(files);
    }

    /** Puts one text in the place of another in a file. */
    EditedTree replace(String file, String from, String to) {
        TreePath path = TreePath.of(file);
        String text = files.get(path).utf8();
        assertThat(text).as(file).contains(from);
        files.put(path, Content.utf8(text.replace(from, to)));
        return this;
    }

    /** The same in every file below a folder. */
    EditedTree replaceAll(String folder, String from, String to) {
        int before = files.hashCode();
        files.replaceAll((path, content) ->
                path.isWithin(TreePath.of(folder)) && content.utf8().contains(from)
                        ? Content.utf8(content.utf8().replace(from, to))
                        : content);
        assertThat(files.hashCode()).as(from + " in " + folder).isNotEqualTo(before);
        return this;
    }

    EditedTree write(String file, String text) {
        files.put(TreePath.of(file), Content.utf8(text));
        return this;
    }

    /** Moves all files whose path begins so. */
    EditedTree move(String from, String to) {
        copy(from, to);
        return delete(from);
    }

    EditedTree copy(String from, String to) {
        Map<TreePath, Content> copies = new TreeMap<>();
        files.forEach((path, content) -> {
            if (path.value().startsWith(from)) {
                copies.put(TreePath.of(to + path.value().substring(from.length())), content);
            }
        });
        assertThat(copies).as(from).isNotEmpty();
        files.putAll(copies);
        return this;
    }

    EditedTree delete(String from) {
        assertThat(files.keySet().removeIf(path -> path.value().startsWith(from)))
                .as(from)
                .isTrue();
        return this;
    }
}
