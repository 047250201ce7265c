package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlWriter;
import dev.offshoot.model.Content;
import dev.offshoot.model.TreePath;
import java.util.HashMap;
import java.util.List;
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
        files.forEach((path, lines) -> all.put(path, text(lines)));
    }

    private static Content text(Map<String, JsonValue> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach((key, value) -> text.append(YamlWriter.line(key, value)).append('\n'));
        return Content.utf8(text.toString());
    }

    /** One of the files as it is. */
    Content file(TreePath path) {
        return text(files.get(path));
    }

    /** These files with other lines of some records; what nothing is changed in is shared. */
    LineFiles with(List<Written> before, List<Written> now) {
        LineFiles changed = new LineFiles();
        changed.files.putAll(files);
        for (Written old : before) {
            old.lines()
                    .forEach((path, lines) -> changed.own(path, files).keySet().removeAll(lines.keySet()));
        }
        for (Written next : now) {
            next.lines().forEach((path, lines) -> changed.own(path, files).putAll(lines));
        }
        changed.files.values().removeIf(Map::isEmpty);
        return changed;
    }

    private Map<String, JsonValue> own(TreePath path, Map<TreePath, Map<String, JsonValue>> shared) {
        Map<String, JsonValue> lines = files.get(path);
        if (lines == null || lines == shared.get(path)) {
            Map<String, JsonValue> copy = new TreeMap<>(CanonicalOrder.KEYS);
            copy.putAll(lines == null ? Map.of() : lines);
            files.put(path, copy);
            return copy;
        }
        return lines;
    }

    boolean has(TreePath path) {
        return files.containsKey(path);
    }
}
