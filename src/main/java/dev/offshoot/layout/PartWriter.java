package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlWriter;
import dev.offshoot.model.Content;
import dev.offshoot.model.TreePath;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A record's content as its parts: source files, side files, and the main file with the rest. A source file ends with one line feed that is not
 * part of the value, so that editors and Git have nothing to add.
 */
final class PartWriter {
    private PartWriter() {}

    /**
     * @param own the record's own fields
     * @param embedded records written inside it, by key
     * @param keys the keys under which others can be embedded
     */
    static void write(
            Rec r,
            JsonObject own,
            JsonObject embedded,
            Set<String> keys,
            BiFunction<Rec, Pointer, Optional<Rec>> referred,
            Map<TreePath, Content> files) {
        JsonValue rest = own;
        String stem = r.stem();
        for (Kind.Text rule : r.kind.texts()) {
            if (!(rule.at().get(rest).orElse(null) instanceof JsonString s) || !isSource(s.value())) {
                continue;
            }
            TreePath path = TreePath.of(stem + rule.suffix());
            if (!files.containsKey(path) && rule.when().stream().allMatch(t -> holds(t, r, referred))) {
                files.put(path, Content.utf8(s.value() + "\n"));
                rest = rule.at().cut((JsonObject) rest);
            }
        }
        if (r.kind.binary().isPresent()) {
            rest = binary(r, r.kind.binary().get(), (JsonObject) rest, files);
        }
        for (Kind.Facet facet : r.kind.facets()) {
            if (!Embedding.isKey(keys, facet.at())) {
                rest = facet(r, facet, (JsonObject) rest, files);
            }
        }
        rest = Embedding.join(keys, (JsonObject) rest, embedded);
        for (Kind.Facet facet : r.kind.facets()) {
            if (Embedding.isKey(keys, facet.at())) {
                rest = facet(r, facet, (JsonObject) rest, files);
            }
        }
        yaml(files, TreePath.of(stem + ".yaml"), rest);
    }

    private static JsonObject binary(Rec r, Kind.Binary rule, JsonObject content, Map<TreePath, Content> files) {
        Optional<byte[]> bytes = rule.at()
                .get(content)
                .filter(JsonString.class::isInstance)
                .flatMap(Values::text)
                .flatMap(Binaries::decode);
        TreePath path = TreePath.of(r.stem() + Binaries.suffix(r.kind, content));
        if (bytes.isEmpty() || files.containsKey(path)) {
            return content;
        }
        files.put(path, Content.of(bytes.get()));
        return rule.at().cut(content);
    }

    private static JsonObject facet(Rec r, Kind.Facet facet, JsonObject content, Map<TreePath, Content> files) {
        Optional<JsonValue> part = facet.at().get(content);
        boolean isLines = facet.by().isPresent();
        if (part.isEmpty() || !isFilled(part.get()) || isLines && !(part.get() instanceof JsonArray)) {
            return content;
        }
        TreePath path = TreePath.of(facetStem(r, r.stem(), facet) + ".yaml");
        Optional<Content> lines = facet.by().flatMap(by -> ItemLines.write(part.get(), by));
        if (lines.isPresent()) {
            files.put(path, lines.get());
        } else {
            yaml(files, path, part.get());
        }
        return facet.at().cut(content);
    }

    private static String facetStem(Rec r, String stem, Kind.Facet facet) {
        return r.isFolder() ? r.address + "/" + facet.file() : stem + "." + facet.file();
    }

    static void yaml(Map<TreePath, Content> files, TreePath path, JsonValue value) {
        files.put(path, Content.of(YamlWriter.write(value)));
    }

    static boolean holds(Test test, Rec r, BiFunction<Rec, Pointer, Optional<Rec>> referred) {
        if (test.hop().isEmpty()) {
            return test.holds(r.original);
        }
        return test.holdsFor(
                referred.apply(r, test.at()).flatMap(found -> test.hop().get().get(found.original)));
    }

    private static boolean isFilled(JsonValue value) {
        return value instanceof JsonObject o && !o.isEmpty() || value instanceof JsonArray a && !a.isEmpty();
    }

    /** Text that UTF-8 can hold exactly and that is worth a file. */
    static boolean isSource(String text) {
        if (text.isBlank()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
