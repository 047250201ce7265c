package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records that work only once somebody has configured them on an instance: the kind, what they are called, and what must agree for
 * one to stand for another.
 */
public record Configured(String kind, String name, List<String> traits) {

    /** Those of a document that belong to its definitions; shared ones are definitions themselves. */
    static List<Configured> in(Layout layout, JsonObject document) {
        if (layout.kinds().values().stream().noneMatch(Configured::isOwned)) {
            return List.of(); // finding every record of a large document is not free
        }
        List<Configured> found = new ArrayList<>();
        for (Row row : Rows.of(layout, document)) {
            Kind kind = layout.kind(row.kind());
            if (isOwned(kind) && !kind.isBuiltin(row.value())) {
                found.add(of(kind, row.value()));
            }
        }
        return found;
    }

    /** Those in a definition's folder. */
    static List<Configured> in(Layout layout, TreeSource files, TreePath definition) {
        List<Configured> found = new ArrayList<>();
        for (Kind kind : layout.kinds().values()) {
            for (Placement place : kind.places()) {
                if (isOwned(kind) && place.target() instanceof Placement.Target.File f) {
                    TreePath folder = definition.child(f.path().folder());
                    files.list(folder).stream()
                            .filter(p -> p.parent().equals(folder) && p.name().endsWith(".yaml"))
                            .map(files::yaml)
                            .filter(record -> !kind.isBuiltin(record))
                            .forEach(record -> found.add(of(kind, record)));
                }
            }
        }
        return found;
    }

    private static boolean isOwned(Kind kind) {
        return kind.is(Kind.Flag.CONFIGURED) && !kind.isShared();
    }

    private static Configured of(Kind kind, JsonValue record) {
        return new Configured(
                kind.name(),
                kind.names().stream()
                        .flatMap(p -> text(p, record).stream())
                        .findFirst()
                        .orElse(""),
                kind.traits().stream().map(p -> text(p, record).orElse("")).toList());
    }

    private static Optional<String> text(Pointer at, JsonValue record) {
        return at.get(record).flatMap(Values::text);
    }
}
