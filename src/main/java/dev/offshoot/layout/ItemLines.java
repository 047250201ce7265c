package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlLine;
import dev.offshoot.format.YamlReader;
import dev.offshoot.format.YamlWriter;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A list as one line per item, named by a member and in the list's order: two people who each add an item do not have to meet. */
final class ItemLines {
    private ItemLines() {}

    /** Empty for a list whose items the member does not tell apart: it stays a list. */
    static Optional<Content> write(JsonValue list, String by) {
        StringBuilder text = new StringBuilder();
        Set<String> names = new HashSet<>();
        if (!(list instanceof JsonArray items)) {
            return Optional.empty();
        }
        for (JsonValue item : items) {
            if (!(item instanceof JsonObject o)
                    || !(o.get(by).orElse(null) instanceof JsonString name)
                    || !names.add(name.value())) {
                return Optional.empty();
            }
            text.append(YamlWriter.line(name.value(), CanonicalOrder.sort(o.without(by))))
                    .append('\n');
        }
        return Optional.of(Content.utf8(text.toString()));
    }

    /** The list; of several lines with one name the last counts, where the first stands. A file that holds a list is that list. */
    static JsonValue read(TreeSource source, TreePath path, String by, Consumer<Problem> finding) {
        List<YamlLine> lines;
        try {
            lines = YamlReader.lines(source.read(path).bytes(), path.value());
        } catch (Failure e) {
            if (source.yaml(path) instanceof JsonArray list) {
                return CanonicalOrder.sort(list);
            }
            throw e;
        }
        Map<String, JsonValue> items = new LinkedHashMap<>();
        for (YamlLine line : lines) {
            if (!(line.value() instanceof JsonObject o)) {
                throw Failure.of(
                        Reason.MALFORMED_YAML,
                        path + ":" + line.number(),
                        "the line of '" + line.key() + "' must hold a map of fields",
                        "write it as {name: value, …}; {} when there is nothing to say");
            }
            JsonValue item = CanonicalOrder.sort(o.with(by, new JsonString(line.key())));
            JsonValue before = items.put(line.key(), item);
            if (before != null && !before.equals(item)) {
                finding.accept(new Problem(
                        Reason.DUPLICATE_LINE,
                        path + ":" + line.number(),
                        "there is another line for '" + line.key() + "'",
                        "this one, the last, counts"));
            }
        }
        return JsonArray.of(new ArrayList<>(items.values()));
    }
}
