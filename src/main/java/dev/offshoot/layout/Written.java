package dev.offshoot.layout;

import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Content;
import dev.offshoot.model.TreePath;
import java.util.HashMap;
import java.util.Map;

/** What the parts of one record are written to: files of their own, and lines of files that it shares with others. */
record Written(Map<TreePath, Content> files, Map<TreePath, Map<String, JsonValue>> lines) {
    Written() {
        this(new HashMap<>(), new HashMap<>());
    }

    void line(TreePath file, String key, JsonValue value) {
        lines.computeIfAbsent(file, f -> new HashMap<>()).put(key, value);
    }
}
