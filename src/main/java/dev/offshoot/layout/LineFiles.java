package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlWriter;
import dev.offshoot.model.Content;
import dev.offshoot.model.TreePath;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Files of one line per entity, sorted by name, so that two people who each add one do not meet. Collects the lines of many records. */
final class LineFiles {
    private final Map<TreePath, Map<String, JsonValue>> files = new HashMap<>();

    void add(Map<TreePath, Map<String, JsonValue>> lines) {
        lines.forEach((path, own) -> files.computeIfAbsent(path, p -> new TreeMap<>(CanonicalOrder.KEYS))
                .putAll(own));
    }

    void writeTo(Map<TreePath, Content> all) {
        files.forEach((path, lines) -> {
            StringBuilder text = new StringBuilder();
            lines.forEach(
                    (key, value) -> text.append(YamlWriter.line(key, value)).append('\n'));
            all.put(path, Content.utf8(text.toString()));
        });
    }
}
