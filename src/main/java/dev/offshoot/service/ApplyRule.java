package dev.offshoot.service;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.Definition;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.ImportRule;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Row;
import dev.offshoot.layout.Selection;
import dev.offshoot.layout.VersionHeader;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.platform.Composition;
import dev.offshoot.platform.Compositions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes of a document what its platform would store of it: the platform's rule is applied before anything is planned, so that from
 * there on the document is stored without loss. Every change is a named normalisation.
 */
final class ApplyRule {
    private final LayoutEngine engine;
    private final Clock clock;
    private final AddVersion versions;

    ApplyRule(LayoutEngine engine, Caches caches, Clock clock) {
        this.engine = engine;
        this.clock = clock;
        this.versions = new AddVersion(engine, caches);
    }

    /**
     * What is to be planned.
     *
     * @param keepsShared shared records that are here stay as they are
     * @param freshVersion the document becomes a version of its own, whatever ids it has
     */
    record Ruled(ImportWishes wishes, Source source, boolean keepsShared, boolean freshVersion) {}

    /**
     * Applies the rule that a wishes names; without one, only what every import of the platform needs is asked for.
     *
     * @throws Failure for everything that the platform refuses
     */
    Ruled apply(ImportWishes wishes, Source source, WorkspaceView view, UUID namespace) {
        Optional<ImportRule> rule = wishes.mode() == ImportMode.VERSION
                ? Optional.of(engine.versionRule(source.document()))
                : wishes.rule().map(n -> engine.importRule(source.document(), n.value()));
        List<Problem> missing = engine.missing(source.document(), rule);
        if (!missing.isEmpty()) {
            throw new Failure(missing);
        }
        List<Problem> newer = engine.newer(source.document());
        if (!newer.isEmpty()
                && rule.filter(r -> r.newer() == ImportRule.Newer.REFUSE).isPresent()) {
            throw new Failure(newer);
        }
        Source checked = source.with(newer);
        return rule.isEmpty()
                ? new Ruled(wishes, checked, false, false)
                : apply(rule.get(), wishes, checked, view, namespace);
    }

    private Ruled apply(ImportRule rule, ImportWishes wishes, Source source, WorkspaceView view, UUID namespace) {
        Optional<Definition> target =
                wishes.mode() == ImportMode.VERSION && wishes.target().isEmpty()
                        ? Optional.of(meant(source, view))
                        : target(rule, wishes, view);
        if (rule.version().filter(v -> v == ImportRule.Version.NEXT).isPresent()
                && target.isPresent()
                && engine.layouts().silentAbout(target.get().header()).isEmpty()) {
            Source added = versions.into(target.get(), source, wishes.parts(), view, namespace);
            return new Ruled(
                    wishes.as(ImportMode.UPDATE).into(target.get().address()), added, rule.keepsShared(), false);
        }
        Source ruled = source;
        if (target.isPresent()) {
            ruled = composed(rule, wishes, ruled, target.get(), view, namespace);
            ruled = kept(rule, ruled, target.get(), view, namespace);
        }
        ruled = set(rule, ruled);
        if (rule.version().isPresent()) {
            ruled = versioned(rule.version().get(), wishes, ruled, target, view);
        }
        ruled = renamed(rule, ruled, view);
        ruled = underFreeName(rule, ruled, view);
        ImportMode mode = switch (rule.does()) {
            case CREATE -> ImportMode.CREATE;
            case UPDATE -> ImportMode.UPDATE;
            case MERGE -> ImportMode.MERGE;
        };
        ImportWishes plain = wishes.as(mode);
        return new Ruled(
                target.map(Definition::address).map(plain::into).orElse(plain),
                ruled,
                rule.keepsShared(),
                rule.version().filter(v -> v == ImportRule.Version.NEXT).isPresent());
    }

    /** The definition here that a document without a target is a version of. */
    private static Definition meant(Source source, WorkspaceView view) {
        IdentityRule identity = new IdentityRule(view);
        return source.main()
                .flatMap(identity::ofAny)
                .map(IdentityRule.Match::definition)
                .orElseThrow(() -> Failure.of(
                        Reason.NOT_FOUND,
                        "target",
                        "there is no definition here that the document is a version of",
                        "name one with target=…, or leave out mode=version to create it"));
    }

    private static Optional<Definition> target(ImportRule rule, ImportWishes wishes, WorkspaceView view) {
        if (rule.target() && wishes.target().isEmpty()) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "target",
                    "the rule " + rule.name() + " needs a definition that is there",
                    "name it with target=…");
        }
        Optional<TreePath> target = wishes.target().filter(t -> rule.target());
        return target.map(t -> view.find(t)
                .orElseThrow(() -> Failure.of(
                        Reason.NOT_FOUND,
                        "target",
                        "no definition at " + t,
                        Workspaces.existing(
                                "definitions",
                                view.definitionsIn(t.parent()).stream().map(Definition::address)))));
    }

    private Source composed(
            ImportRule rule,
            ImportWishes wishes,
            Source source,
            Definition target,
            WorkspaceView view,
            UUID namespace) {
        if (rule.through().isEmpty()) {
            return source;
        }
        if (!(export(target, view, namespace) instanceof JsonObject existing)
                || !(source.document() instanceof JsonObject incoming)) {
            throw Failure.of(Reason.WRONG_ENVELOPE, "", "an export is a JSON object");
        }
        Composition.Composed composed =
                Compositions.named(rule.through().get()).compose(existing, incoming, wishes.parts());
        return source.changed(
                composed.document(), engine, composed.normalisations().toArray(new Problem[0]));
    }

    private JsonValue export(Definition definition, WorkspaceView view, UUID namespace) {
        TreePath address = definition.address();
        return engine.assemble(view.files(), view.ledgerOf(address), address, namespace, Selection.ALL)
                .document();
    }

    /** What a definition calls itself here stays, whatever the document says. */
    private Source kept(ImportRule rule, Source source, Definition target, WorkspaceView view, UUID namespace) {
        if (rule.keeps().isEmpty() || source.main().isEmpty()) {
            return source;
        }
        JsonValue existing = export(target, view, namespace);
        String from = pointerOfMain(existing);
        String to = pointerOfMain(source.document());
        JsonValue document = source.document();
        List<String> changed = new ArrayList<>();
        for (String field : rule.keeps()) {
            Optional<JsonValue> here = LayoutEngine.at(existing, from + field);
            Optional<JsonValue> sent = LayoutEngine.at(document, to + field);
            if (here.isPresent() && !here.equals(sent)) {
                document = LayoutEngine.put(document, to + field, here.get());
                changed.add(field.substring(1));
            }
        }
        return changed.isEmpty()
                ? source
                : source.changed(
                        document,
                        engine,
                        normalised(to, "kept: " + String.join(", ", changed) + " as in the definition that is here"));
    }

    private String pointerOfMain(JsonValue document) {
        Set<String> kinds =
                engine.mains(document).stream().map(DefinitionHeader::kind).collect(Collectors.toSet());
        return engine.rows(document).stream()
                .filter(r -> kinds.contains(r.kind()))
                .map(Row::pointer)
                .findFirst()
                .orElse("");
    }

    private Source set(ImportRule rule, Source source) {
        if (rule.sets().isEmpty()) {
            return source;
        }
        Source result = source;
        for (Row row : engine.rows(source.document())) {
            for (Map.Entry<String, ImportRule.Value> e :
                    rule.sets().getOrDefault(row.kind(), Map.of()).entrySet()) {
                Optional<JsonValue> now = LayoutEngine.at(row.value(), e.getKey());
                Optional<JsonValue> then = value(e.getValue(), row);
                boolean says = now.isPresent() && now.get() != dev.offshoot.format.JsonNull.NULL;
                if (says && then.isPresent() && !now.equals(then)) {
                    String at = row.pointer() + e.getKey();
                    result = result.changed(
                            LayoutEngine.put(result.document(), at, then.get()),
                            engine,
                            normalised(at, "reset: set to " + then.get() + " as the platform does"));
                }
            }
        }
        return result;
    }

    private static Optional<JsonValue> value(ImportRule.Value value, Row row) {
        if (value instanceof ImportRule.Value.Literal l) {
            return Optional.of(l.value());
        }
        return value instanceof ImportRule.Value.Id
                ? row.id().map(JsonString::new)
                : Optional.of(row.name())
                        .map(ApplyRule::slug)
                        .filter(s -> !s.isEmpty())
                        .map(JsonString::new);
    }

    private static String slug(String name) {
        return name.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-|-$", "");
    }

    private Source versioned(
            ImportRule.Version rule,
            ImportWishes wishes,
            Source source,
            Optional<Definition> target,
            WorkspaceView view) {
        Optional<Row> row =
                engine.rows(source.document()).stream().filter(Row::version).findFirst();
        if (row.isEmpty() || row.get().nameAt().isEmpty()) {
            return source;
        }
        List<String> there = target.stream()
                .flatMap(t ->
                        engine.versions(view.files(), view.ledgerAround(List.of(t.address())), t.address()).stream())
                .map(VersionHeader::name)
                .toList();
        String version = switch (rule) {
            case FIRST -> "1";
            case NEXT ->
                Long.toString(
                        1 + there.stream().mapToLong(ApplyRule::number).max().orElse(0));
            case SAME -> same(wishes, row.get(), there);
        };
        if (version.equals(row.get().name())) {
            return source;
        }
        String at = row.get().nameAt().get();
        return source.changed(
                LayoutEngine.put(source.document(), at, new JsonString(version)),
                engine,
                normalised(at, "version: stored as version " + version));
    }

    private static String same(ImportWishes wishes, Row row, List<String> there) {
        String wanted = wishes.parts().isEmpty() ? row.name() : wishes.parts().get(0);
        if (!there.contains(wanted)) {
            throw Failure.of(
                    Reason.NOT_FOUND,
                    "version",
                    "no version " + wanted + " of " + wishes.target().orElseThrow(),
                    Workspaces.existing("versions", there.stream()));
        }
        return wanted;
    }

    private static long number(String version) {
        return version.matches("[0-9]{1,9}") ? Long.parseLong(version) : 0;
    }

    /** Shared records that the platform always makes anew: under another name where theirs is taken, under another id likewise. */
    private Source renamed(ImportRule rule, Source source, WorkspaceView view) {
        Source result = source;
        for (Map.Entry<String, ImportRule.Rename> e : rule.renames().entrySet()) {
            for (Row row : engine.rows(source.document())) {
                if (row.kind().equals(e.getKey()) && row.nameAt().isPresent()) {
                    result = madeAnew(e.getValue(), row, result, view);
                }
            }
        }
        return result;
    }

    private Source madeAnew(ImportRule.Rename rule, Row row, Source source, WorkspaceView view) {
        boolean taken = view.definitions().stream()
                .map(Definition::header)
                .anyMatch(h -> h.kind().equals(row.kind()) && h.name().equals(row.name()));
        if (!taken) {
            return underNewId(row, row.name(), source, view);
        }
        String name = rule.as().replace("{name}", row.name()).replace("{ms}", Long.toString(clock.millis()));
        return underNewId(row, name, renamed(rule, row, name, source), view);
    }

    /** When the id is known here, the record gets its own, wherever the document has it. */
    private Source underNewId(Row row, String name, Source source, WorkspaceView view) {
        boolean known = row.id().isPresent()
                && view.definitions().stream().anyMatch(d -> d.header().id().equals(row.id()));
        if (!known) {
            return source;
        }
        String old = row.id().get();
        String own = UUID.nameUUIDFromBytes((old + " " + name + " " + clock.millis()).getBytes(StandardCharsets.UTF_8))
                .toString();
        return source.changed(
                Texts.map(source.document(), text -> text.replace(old, own)),
                engine,
                normalised(row.pointer(), "new-ids: the id is taken here, " + name + " gets its own"));
    }

    private Source renamed(ImportRule.Rename rule, Row row, String name, Source source) {
        JsonValue document = LayoutEngine.put(source.document(), row.nameAt().orElseThrow(), new JsonString(name));
        if (rule.follows().isPresent() && row.id().isPresent()) {
            ImportRule.Rename.Follow follow = rule.follows().get();
            for (Row other : engine.rows(document)) {
                if (other.kind().equals(row.kind())) {
                    for (String place : LayoutEngine.expand(other.value(), follow.at())) {
                        boolean means = LayoutEngine.at(other.value(), place + "/" + follow.id())
                                .filter(new JsonString(row.id().get())::equals)
                                .isPresent();
                        if (means) {
                            document = LayoutEngine.put(
                                    document, other.pointer() + place + "/" + follow.name(), new JsonString(name));
                        }
                    }
                }
            }
        }
        return source.changed(
                document,
                engine,
                normalised(
                        row.nameAt().get(),
                        "renamed: the " + row.kind() + " " + row.name() + " is stored as " + name
                                + ", its name is taken here"));
    }

    private Source underFreeName(ImportRule rule, Source source, WorkspaceView view) {
        Optional<DefinitionHeader> main = source.main();
        if (rule.does() != ImportRule.Does.CREATE || rule.taken().isEmpty() || main.isEmpty()) {
            return source;
        }
        Set<String> names = view.definitionsIn(main.get().folder()).stream()
                .map(d -> d.header().name())
                .collect(Collectors.toSet());
        if (!names.contains(main.get().name())) {
            return source;
        }
        String free = main.get().name();
        for (int n = 1; names.contains(free); n++) {
            free = rule.taken().get().replace("{name}", main.get().name()).replace("{n}", Integer.toString(n));
        }
        Source named = source.changed(
                engine.renamed(source.document(), free),
                engine,
                normalised(
                        "",
                        "renamed: stored as " + free + ", because " + main.get().name() + " is taken"));
        return set(rule, named);
    }

    private static Problem normalised(String where, String what) {
        return Problem.of(Reason.NORMALISED, where, what);
    }
}
