package dev.offshoot.service;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.Definition;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Row;
import dev.offshoot.layout.Selection;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An import that deletes nothing: rows that the document does not have stay. Those that it still lists belong to what it stores, the
 * others are kept where rows without an owner stand.
 */
final class Merging {
    private final LayoutEngine engine;

    Merging(LayoutEngine engine) {
        this.engine = engine;
    }

    /**
     * The document with the rows that would be lost.
     *
     * @param document with those that something in it leads to
     * @param rest the others, as a document of their own; empty when there are none
     * @param kept how many rows are in there that the document itself does not have
     */
    record Merged(JsonValue document, Optional<JsonValue> rest, int kept) {}

    /**
     * Adds the rows that are in some definitions and not in the document.
     *
     * @param losing definitions that would lose some
     */
    Merged merge(JsonValue document, Set<TreePath> losing, WorkspaceView view, UUID namespace) {
        Set<String> there = rows(document).keySet();
        Map<String, Row> missing = new LinkedHashMap<>();
        for (TreePath address : losing) {
            JsonValue existing = engine.assemble(
                            view.files(), view.ledgerOf(address), address, namespace, Selection.ALL)
                    .document();
            rows(existing).forEach((key, row) -> {
                if (!there.contains(key)) {
                    missing.putIfAbsent(key, row);
                }
            });
        }
        if (missing.isEmpty()) {
            return new Merged(document, Optional.empty(), 0);
        }
        JsonValue all = with(document, missing.values());
        Set<String> unreached = new HashSet<>(engine.unreached(all));
        Set<String> loose = engine.rows(all).stream()
                .filter(r -> unreached.contains(r.pointer()))
                .map(Merging::key)
                .collect(Collectors.toSet());
        List<Row> owned =
                missing.values().stream().filter(r -> !loose.contains(key(r))).toList();
        List<Row> rest =
                missing.values().stream().filter(r -> loose.contains(key(r))).toList();
        return new Merged(
                with(document, owned),
                rest.isEmpty() ? Optional.empty() : Optional.of(with(withoutRows(document), rest)),
                missing.size());
    }

    /** Only rows that stand in a list of the document and whose id is the same everywhere. */
    private Map<String, Row> rows(JsonValue document) {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (Row row : engine.rows(document)) {
            if (row.id().isPresent() && list(row) != null) {
                rows.putIfAbsent(key(row), row);
            }
        }
        return rows;
    }

    private static String key(Row row) {
        return list(row) + " " + row.id().orElse("");
    }

    /** The member of the document that a row stands in; null when it stands deeper or in a map. */
    private static String list(Row row) {
        String[] steps = row.pointer().split("/");
        return steps.length == 3 && steps[2].matches("[0-9]+") ? steps[1] : null;
    }

    private static JsonValue with(JsonValue document, Iterable<Row> rows) {
        JsonObject result = (JsonObject) document;
        for (Row row : rows) {
            JsonArray list = result.array(list(row)).orElse(JsonArray.EMPTY);
            result = result.with(list(row), list.plus(row.value()));
        }
        return result;
    }

    private JsonValue withoutRows(JsonValue document) {
        JsonObject rest = (JsonObject) document;
        for (String list : new LinkedHashSet<>(
                rows(document).values().stream().map(Merging::list).toList())) {
            rest = rest.with(list, JsonArray.EMPTY);
        }
        for (String key : rest.keys()) {
            if (rest.get(key).orElseThrow() instanceof JsonObject) {
                rest = rest.without(key);
            }
        }
        return rest;
    }

    /** What is stored of the document, with files for the rows that belong to nothing. */
    Exploded joined(Exploded exploded, Exploded rest) {
        TreePath own = rest.document();
        FileTree loose = FileTree.EMPTY;
        List<Definition> definitions = new ArrayList<>(exploded.definitions());
        for (Definition d : rest.definitions()) {
            loose = loose.with(Landing.filesOf(rest, d.address()));
            definitions.add(d);
        }
        return new Exploded(
                exploded.files().with(loose),
                exploded.ledger().over(rest.ledger().without(List.of(documentOf(rest, own)))),
                exploded.document(),
                definitions,
                exploded.findings(),
                exploded.withheld(),
                exploded.expected());
    }

    private TreePath documentOf(Exploded rest, TreePath own) {
        return rest.files().files().keySet().stream()
                .filter(p -> p.parent().equals(own) && p.name().endsWith(".yaml"))
                .findFirst()
                .map(p -> own.child(p.name().substring(0, p.name().length() - 5)))
                .orElse(own);
    }

    /** @throws Failure {@code INVALID_PARAMETER} where the ids of an instance decide what is the same */
    void requireContentIds(Exploded exploded) {
        boolean known =
                exploded.definitions().stream().allMatch(d -> engine.layouts().areKnownById(d.header()));
        if (!known) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "mode",
                    "documents of this platform cannot be merged row by row: their ids are made anew by every instance",
                    "use mode=update");
        }
    }
}
