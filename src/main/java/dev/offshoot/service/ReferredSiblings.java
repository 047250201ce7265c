package dev.offshoot.service;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.TreeSource;
import dev.offshoot.model.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/**
 * Shared definitions of its own sort that a definition refers to without carrying them, as a module may that uses another one. Whoever puts
 * it together needs their ids; loading those of all its siblings instead would make every export as dear as the workspace is large.
 */
final class ReferredSiblings {
    private final String prefix;
    private final TreePath folder;
    private final Set<TreePath> found = new TreeSet<>();

    private ReferredSiblings(TreePath address) {
        this.folder = address.parent();
        this.prefix = "@{/" + folder.name() + "/";
    }

    /** Those that a document refers to which has just been taken apart. */
    static Set<TreePath> of(Exploded exploded, WorkspaceView view) {
        TreePath address = exploded.document();
        if (address.segments().size() < 3 || !view.holdsShared(address.parent())) {
            return Set.of();
        }
        ReferredSiblings siblings = new ReferredSiblings(address);
        exploded.files().within(address).forEach((path, content) -> {
            String text = new String(content.bytes(), StandardCharsets.UTF_8);
            siblings.look(text);
        });
        return siblings.others(address);
    }

    /** Those that the files of a definition refer to. */
    static Set<TreePath> of(TreePath address, WorkspaceView view) {
        if (address.segments().size() < 3 || !view.holdsShared(address.parent())) {
            return Set.of();
        }
        ReferredSiblings siblings = new ReferredSiblings(address);
        TreeSource files = view.files();
        for (TreePath path : files.list(address)) {
            if (path.name().endsWith(".yaml")) {
                siblings.look(files.yaml(path));
            } else {
                siblings.look(new String(files.read(path).bytes(), StandardCharsets.UTF_8));
            }
        }
        return siblings.others(address);
    }

    private void look(JsonValue value) {
        if (value instanceof JsonString s) {
            look(s.value());
        } else if (value instanceof JsonObject o) {
            for (int i = 0; i < o.size(); i++) {
                look(o.key(i));
                look(o.value(i));
            }
        } else if (value instanceof JsonArray a) {
            a.forEach(this::look);
        }
    }

    private void look(String text) {
        for (int at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + 1)) {
            int start = at + prefix.length();
            int end = start;
            while (end < text.length() && "/}#\n".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            String name = text.substring(start, end);
            if (!name.isEmpty() && end < text.length() && text.charAt(end) != '\n') {
                add(name);
            }
        }
    }

    private void add(String name) {
        try {
            found.add(folder.child(name));
        } catch (dev.offshoot.model.Failure e) {
            // Text that only looks like a reference; assembling will say so if it is meant as one.
        }
    }

    private Set<TreePath> others(TreePath address) {
        found.remove(address);
        return found;
    }
}
