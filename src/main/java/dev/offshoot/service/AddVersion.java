package dev.offshoot.service;

import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.Definition;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.KnownDefinitions;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Ledger;
import dev.offshoot.layout.MemorySource;
import dev.offshoot.layout.Row;
import dev.offshoot.layout.Selection;
import dev.offshoot.layout.VersionHeader;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileName;
import dev.offshoot.model.FileNames;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.service.IdentityRule.By;
import dev.offshoot.service.IdentityRule.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts the version of one document into a definition that is here and holds several: the outcome is the document that this definition
 * exports with it, so that from there on it is an update like any other. Nothing of what is here changes: of what the document carries along,
 * only what is not here comes with it.
 */
final class AddVersion {
    private static final Pattern NUMBERED = Pattern.compile("(.*?)([0-9]{1,9})");

    private final LayoutEngine engine;
    private final Caches caches;

    AddVersion(LayoutEngine engine, Caches caches) {
        this.engine = engine;
        this.caches = caches;
    }

    /**
     * Puts it in.
     *
     * @param wanted names of the document's versions; empty: it has one only
     * @throws Failure {@code INVALID_PARAMETER} when it is not plain which version is meant, {@code NOT_FOUND} when there is no such
     */
    Source into(Definition target, Source source, List<String> wanted, WorkspaceView view, UUID namespace) {
        Row version = chosen(source.document(), wanted);
        JsonValue single = single(source.document(), version);
        List<VersionHeader> here =
                engine.versions(view.files(), view.ledgerAround(List.of(target.address())), target.address());
        String name = freeName(version.name(), here);
        single = LayoutEngine.put(single, versions(single).get(0).nameAt().orElseThrow(), new JsonString(name));

        IdentityRule identity = new IdentityRule(view);
        ImportTargets targets = targets(target, engine.mains(single), identity, view);
        Exploded exploded = engine.explode(single, targets);
        TreePath folder =
                engine.versions(new MemorySource(exploded.files()), exploded.ledger(), target.address()).stream()
                        .filter(v -> v.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .address();
        List<TreePath> coming = new ArrayList<>(List.of(folder));
        for (Definition carried : exploded.definitions()) {
            if (!carried.address().equals(target.address())
                    && targets.match(carried.header()).isEmpty()) {
                coming.add(carried.address());
            }
        }
        List<Problem> normalisations = new ArrayList<>();
        String at = version.nameAt().orElseThrow();
        normalisations.add(normalised(at, "version: stored as version " + name + " of " + target.address()));
        Ledger facts = exploded.ledger().within(coming);
        if (isTaken(exploded, folder, target, identity, view)) {
            facts = facts.without(List.of(folder));
            normalisations.add(normalised(at, "new-ids: the ids are taken here, the version gets its own"));
        }
        JsonValue document = engine.assemble(
                        new OverlaySource(view.files(), edit(exploded, folder, coming), caches.yaml),
                        facts.over(view.ledgerOf(target.address())),
                        target.address(),
                        namespace,
                        Selection.ALL)
                .document();
        return source.changed(document, engine, normalisations.toArray(new Problem[0]));
    }

    /** Versions of what the document is an export of, not of what it carries along. */
    private List<Row> versions(JsonValue document) {
        List<Row> all = engine.rows(document).stream()
                .filter(Row::version)
                .filter(row -> row.nameAt().isPresent())
                .toList();
        int depth = all.stream().mapToInt(AddVersion::depth).min().orElse(0);
        return all.stream().filter(row -> depth(row) == depth).toList();
    }

    private static int depth(Row row) {
        return (int) row.pointer().chars().filter(c -> c == '/').count();
    }

    private Row chosen(JsonValue document, List<String> wanted) {
        List<Row> versions = versions(document);
        if (versions.isEmpty()) {
            throw Failure.of(Reason.WRONG_ENVELOPE, "", "the document has no version", "send the export of a version");
        }
        if (wanted.isEmpty() && versions.size() > 1) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "version",
                    "the document has " + versions.size() + " versions: " + names(versions),
                    "name one of them with version=…, or send the export of a single version");
        }
        return wanted.isEmpty()
                ? versions.get(0)
                : versions.stream()
                        .filter(row -> row.name().equals(wanted.get(0)))
                        .findFirst()
                        .orElseThrow(() -> Failure.of(
                                Reason.NOT_FOUND,
                                "version",
                                "no version " + wanted.get(0) + " in the document",
                                "there are: " + names(versions)));
    }

    private static String names(List<Row> versions) {
        return versions.stream().map(Row::name).limit(20).collect(Collectors.joining(", "));
    }

    /** What an export of that version alone would be. */
    private JsonValue single(JsonValue document, Row version) {
        if (versions(document).size() == 1) {
            return document;
        }
        Exploded all = engine.explode(document, KnownDefinitions.NONE);
        return engine.assemble(
                        new MemorySource(all.files()),
                        all.ledger(),
                        all.document(),
                        new UUID(0, 0),
                        new Selection(Optional.of(version.name()), Set.of(), Set.of()))
                .document();
    }

    private static ImportTargets targets(
            Definition target, List<DefinitionHeader> mains, IdentityRule identity, WorkspaceView view) {
        Map<String, TreePath> seen = view.sharedAsSeenBy(target.address()).addresses();
        return new ImportTargets(
                view,
                header -> header.main() || mains.contains(header)
                        ? Optional.of(new Match(target, By.TARGET))
                        : identity.ofCarried(header, seen),
                Places.NONE);
    }

    /** The files of the version, and of what is not here yet. */
    private static TreeEdit edit(Exploded exploded, TreePath folder, List<TreePath> coming) {
        TreeMap<TreePath, Optional<Content>> files = new TreeMap<>();
        for (TreePath address : coming) {
            (address.equals(folder) ? exploded.files().within(folder) : Landing.filesOf(exploded, address))
                    .forEach((path, content) -> files.put(path, Optional.of(content)));
        }
        return new TreeEdit(files);
    }

    /** Whether something else has one of the ids: the version is a copy, as those that the platform itself makes. */
    private boolean isTaken(
            Exploded exploded, TreePath folder, Definition target, IdentityRule identity, WorkspaceView view) {
        boolean ofAnother = exploded.definitions().stream()
                .filter(d -> d.address().equals(target.address()))
                .flatMap(d -> identity.ofAny(d.header()).stream())
                .anyMatch(m -> m.by() == By.ID && !m.definition().address().equals(target.address()));
        Map<String, TreePath> known = view.ledgerOf(target.address()).addresses();
        return ofAnother
                || exploded.ledger().within(List.of(folder)).addresses().entrySet().stream()
                        .anyMatch(e -> known.containsKey(e.getKey())
                                && !known.get(e.getKey()).equals(e.getValue()));
    }

    /** The document's own name while it is free; else the next number of its kind: v3 after v1 and v2. */
    private static String freeName(String wanted, List<VersionHeader> here) {
        Set<String> taken = new HashSet<>();
        here.forEach(v -> taken.add(folded(v.name())));
        if (!taken.contains(folded(wanted))) {
            return wanted;
        }
        Matcher numbered = NUMBERED.matcher(wanted);
        String stem = numbered.matches() ? numbered.group(1) : wanted + "_";
        long highest = here.stream()
                .map(v -> NUMBERED.matcher(v.name()))
                .filter(m -> m.matches() && m.group(1).equals(stem))
                .map(m -> Long.parseLong(m.group(2)))
                .max(Comparator.naturalOrder())
                .orElse(0L);
        String free = stem + (highest + 1);
        while (taken.contains(folded(free))) {
            highest++;
            free = stem + (highest + 1);
        }
        return free;
    }

    private static String folded(String name) {
        return FileNames.fold(FileName.slug(name));
    }

    private static Problem normalised(String where, String what) {
        return Problem.of(Reason.NORMALISED, where, what);
    }
}
