package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.Limits;
import dev.offshoot.format.YamlReader;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Parses the files of a {@link TreeSource}. */
public final class YamlFiles {
    /** Files that share what is learned of their keys. */
    private static final int TOGETHER = 256;

    private YamlFiles() {}

    /** True for a file that holds YAML, by its name. */
    public static boolean isYaml(TreePath path) {
        return path.value().endsWith(".yaml");
    }

    /**
     * One file, members in canonical order.
     *
     * @throws Failure {@code MALFORMED_YAML} with path and line
     */
    public static JsonValue parse(TreePath path, Content content) {
        return CanonicalOrder.sort(YamlReader.read(content.bytes(), path.value()));
    }

    /**
     * Many files, on all cores. One that cannot be read is left out: it is reported when it is asked for.
     *
     * @param parsed is told each value, from several threads
     */
    public static void parseAll(
            List<Map.Entry<TreePath, Content>> files, BiConsumer<Map.Entry<TreePath, Content>, JsonValue> parsed) {
        List<List<Map.Entry<TreePath, Content>>> parts = new ArrayList<>();
        for (int from = 0; from < files.size(); from += TOGETHER) {
            parts.add(files.subList(from, Math.min(files.size(), from + TOGETHER)));
        }
        parts.parallelStream().forEach(part -> parse(part, parsed));
    }

    /** The same, on this thread alone: what is learned of the keys of one file makes the next ones faster. */
    public static void parse(
            List<Map.Entry<TreePath, Content>> files, BiConsumer<Map.Entry<TreePath, Content>, JsonValue> parsed) {
        dev.offshoot.format.Symbols symbols = new dev.offshoot.format.Symbols();
        for (Map.Entry<TreePath, Content> file : files) {
            try {
                TreePath path = file.getKey();
                byte[] bytes = file.getValue().bytes();
                parsed.accept(file, CanonicalOrder.sort(YamlReader.read(bytes, path.value(), Limits.DEFAULT, symbols)));
            } catch (Failure later) {
                // As the description says.
            }
        }
    }
}
