package dev.offshoot.merge;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlWriter;
import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.YamlFiles;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.TreePath;
import java.util.Optional;
import java.util.stream.Stream;

/** Merges the YAML file of an entity by its fields. What a person wrote around the values, comments above all, is kept where lines allow it. */
final class EntityMerge {
    private final Layouts layouts;
    private final TreePath path;

    EntityMerge(Layouts layouts, TreePath path) {
        this.layouts = layouts;
        this.path = path;
    }

    /** @throws Failure when one of them is no YAML that we read */
    FileMerge.Result merge(Content base, Content ours, Content theirs) {
        FieldMerge fields = new FieldMerge(path, pointer -> Optional.empty());
        JsonValue here = YamlFiles.parse(path, ours);
        JsonValue there = YamlFiles.parse(path, theirs);
        JsonValue merged = fields.merge(
                        "", Optional.of(YamlFiles.parse(path, base)), Optional.of(here), Optional.of(there))
                .orElseThrow();
        if (!fields.conflicts().isEmpty()) {
            return FileMerge.Result.of(fields.conflicts());
        }
        Stream<Content> written = TextMerge.of(base, ours, theirs).text().stream();
        Content canonical = Content.of(YamlWriter.write(CanonicalOrder.sort(merged)));
        return FileMerge.Result.of(
                written.filter(text -> says(text, merged)).findFirst().orElse(canonical));
    }

    private boolean says(Content text, JsonValue value) {
        try {
            return FieldMerge.text(YamlFiles.parse(path, text)).equals(FieldMerge.text(value));
        } catch (Failure e) {
            return false; // lines that each side changed well can be wrong together
        }
    }
}
