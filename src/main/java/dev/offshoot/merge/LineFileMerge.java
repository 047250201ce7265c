package dev.offshoot.merge;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlLine;
import dev.offshoot.format.YamlReader;
import dev.offshoot.format.YamlWriter;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.Content;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Merges files of one line per entity: line by line as their readers understand them, by the keys, the last of several with one key. */
final class LineFileMerge {
    private final Layouts layouts;
    private final TreePath path;

    LineFileMerge(Layouts layouts, TreePath path) {
        this.layouts = layouts;
        this.path = path;
    }

    FileMerge.Result merge(Optional<Content> base, Optional<Content> ours, Optional<Content> theirs) {
        FieldMerge fields = new FieldMerge(path, pointer -> Optional.empty());
        Map<String, JsonValue> here = lines(ours);
        Map<String, JsonValue> there = lines(theirs);
        Map<String, JsonValue> merged = fields.members("", lines(base), here, there);
        if (!fields.conflicts().isEmpty()) {
            return FileMerge.Result.of(fields.conflicts());
        }
        if (merged.isEmpty()) {
            return new FileMerge.Result(Optional.empty(), List.of());
        }
        List<String> keys = new ArrayList<>(merged.keySet());
        if (isSorted(here) && isSorted(there)) {
            keys.sort(CanonicalOrder.KEYS);
        }
        StringBuilder text = new StringBuilder();
        keys.forEach(key -> text.append(YamlWriter.line(key, CanonicalOrder.sort(merged.get(key))))
                .append('\n'));
        return FileMerge.Result.of(Content.utf8(text.toString()));
    }

    private Map<String, JsonValue> lines(Optional<Content> content) {
        Map<String, JsonValue> lines = new LinkedHashMap<>();
        if (content.isPresent()) {
            for (YamlLine line : YamlReader.lines(content.get().bytes(), path.value())) {
                lines.put(line.key(), line.value());
            }
        }
        return lines;
    }

    private static boolean isSorted(Map<String, JsonValue> lines) {
        List<String> keys = new ArrayList<>(lines.keySet());
        return keys.equals(keys.stream().sorted(CanonicalOrder.KEYS).toList());
    }
}
