package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.Definition;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Ledger;
import dev.offshoot.layout.Remembered;
import dev.offshoot.layout.SecretAt;
import dev.offshoot.layout.Selection;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.service.IdentityRule.By;
import dev.offshoot.service.IdentityRule.Match;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Computes what an import would do to a state: everything but doing it, the proof of the round trip included. */
final class ImportPlanner {
    private final LayoutEngine engine;
    private final Caches caches;
    private final RoundTrip roundTrip;
    private final ApplyRule rules;
    private final Merging merging;
    private final LastImports last;
    private final PlanDescription description;
    private final PlanAgain again;

    ImportPlanner(LayoutEngine engine, Caches caches, Clock clock) {
        this.engine = engine;
        this.caches = caches;
        this.roundTrip = new RoundTrip(engine);
        this.rules = new ApplyRule(engine, caches, clock);
        this.merging = new Merging(engine);
        this.last = new LastImports(caches.imports, engine);
        this.description = new PlanDescription(engine);
        this.again = new PlanAgain(last, description);
    }

    /**
     * A plan whose proof may still be under way: it must be required before the plan is shown to anybody or lands.
     *
     * @param landed told once it has landed, with the state right after that
     */
    record Planned(Plan plan, RoundTrip.Proof proof, Secrets secrets, Consumer<WorkspaceView> landed) {
        /** One that leaves nothing behind. */
        Planned(Plan plan, RoundTrip.Proof proof, Secrets secrets) {
            this(plan, proof, secrets, after -> {});
        }

        Plan proven() {
            proof.require();
            return plan;
        }
    }

    /** The secrets of the document that is stored, and where each would have its place. */
    record Secrets(JsonValue document, List<SecretAt> places) {
        Optional<JsonValue> at(String pointer) {
            return LayoutEngine.at(document, pointer);
        }
    }

    /**
     * Plans.
     *
     * @param namespace the workspace's id
     * @throws Failure for everything that stands in the way
     */
    Plan plan(ImportWishes wishes, Source source, WorkspaceView view, UUID namespace) {
        return begin(wishes, source, view, namespace).proven();
    }

    /**
     * Plans, and leaves the proof under way.
     *
     * @throws Failure for everything that stands in the way but what the proof finds
     */
    Planned begin(ImportWishes wishes, Source source, WorkspaceView view, UUID namespace) {
        ApplyRule.Ruled ruled = rules.apply(wishes, source, view, namespace);
        return again.plan(ruled, view, namespace).orElseGet(() -> plan(ruled, view, namespace, Set.of()));
    }

    /**
     * Plans.
     *
     * @param alone definitions that are stored beside their namesakes, because linking them would not do
     */
    private Planned plan(ApplyRule.Ruled ruled, WorkspaceView view, UUID namespace, Set<DefinitionHeader> alone) {
        ImportWishes wishes = ruled.wishes();
        Source source = ruled.source();
        IdentityRule identity = new IdentityRule(view);
        ImportTargets targets = targets(wishes, source, view, identity, alone);
        Optional<Remembered> remembered = last.isWorthIt(wishes, source)
                ? Optional.of(engine.remember(source.document(), targets))
                : Optional.empty();
        Exploded exploded =
                remembered.map(Remembered::exploded).orElseGet(() -> engine.explode(source.document(), targets));
        requireExpectation(wishes.expectation(), exploded.document(), view, source.hash());
        requireResemblance(exploded, targets, view);
        requireRoom(exploded, targets, view);
        List<Problem> normalisations = new ArrayList<>(source.normalisations());
        if (wishes.mode() == ImportMode.MERGE) {
            exploded = merged(exploded, source, targets, view, namespace, normalisations);
        }
        Landing.Fixed fixed = fixed(exploded, source, view);
        Selection selection = selection(exploded, fixed);

        Landing.Begun begun = Landing.begin(exploded, exploded.ledger(), Set.of(), fixed, view);
        Ledger all = begun.facts().over(view.ledgerOf(exploded.document(), ReferredSiblings.of(exploded, view)));
        RoundTrip.Proof proof = roundTrip.begin(
                exploded.expected(),
                new OverlaySource(new SnapshotSource(view.snapshot().files(), caches.yaml), begun.files(), caches.yaml),
                all,
                exploded.document(),
                namespace,
                selection);
        Landing whole = begun.finish();
        Sharers sharers = new Sharers(view, engine);
        Linking linking = Linking.of(exploded, targets, ruled.keepsShared(), sharers, view, engine);
        if (!alone.containsAll(linking.apart())) {
            return plan(ruled, view, namespace, union(alone, linking.apart()));
        }
        Set<TreePath> linked = linking.linked();
        Set<TreePath> replaced = new LinkedHashSet<>();
        for (TreePath address : linked) {
            if (!Landing.isIdentical(exploded, address, view)) {
                replaced.add(address);
            }
        }
        Landing landing = whole;
        Set<TreePath> renewed = renewed(exploded, ruled, identity, whole, fixed, view);
        if (!renewed.isEmpty()) {
            Ledger fresh = freshIds(exploded, targets, view, whole, renewed, selection, namespace);
            landing = Landing.of(exploded, fresh, linked, fixed, view);
            normalisations.add(Problem.of(
                    Reason.NORMALISED,
                    exploded.document().value(),
                    "new-ids: the ids are taken here, the copy gets its own"));
        } else if (!linked.isEmpty()) {
            landing = Landing.of(exploded, exploded.ledger(), linked, fixed, view);
        }
        if (!replaced.isEmpty() && !canBeExported(exploded, landing, view, selection, namespace)) {
            return plan(ruled, view, namespace, union(alone, headersAt(replaced, exploded)));
        }
        replaced.forEach(a -> normalisations.add(Problem.of(
                Reason.LINKED,
                a.value(),
                "linked: the definition of this name that is here is used, the document's own is not stored")));
        Plan plan = description.of(
                wishes, source, view, exploded, exploded.files()::contains, linked, landing, normalisations);
        Secrets secrets = secrets(source, exploded, linked);
        boolean plain = remembered.isPresent()
                && alone.isEmpty()
                && linked.isEmpty()
                && renewed.isEmpty()
                && fixed.equals(Landing.Fixed.NONE)
                && selection.equals(Selection.ALL)
                && ownsMains(landing, exploded)
                && exploded.withheld().isEmpty(); // what is stored nowhere is not kept here either
        if (!plain) {
            return new Planned(plan, proof, secrets);
        }
        LastImports.Last now = new LastImports.Last(
                remembered.get(),
                exploded.outline(),
                landing.owned(),
                landing.places(),
                begun.split().stored(),
                all,
                source.size(),
                Optional.empty());
        LastImports.Key key = LastImports.Key.of(namespace, wishes, source);
        return new Planned(plan, proof, secrets, after -> last.remember(key, now, plan, after));
    }

    /** Those of definitions that are stored; a linked one has its own. */
    private static Secrets secrets(Source source, Exploded exploded, Set<TreePath> linked) {
        return new Secrets(
                source.document(),
                exploded.secrets().stream()
                        .filter(s -> linked.stream().noneMatch(s.address()::isWithin))
                        .toList());
    }

    private static boolean ownsMains(Landing landing, Exploded exploded) {
        return exploded.definitions().stream()
                .filter(d -> d.header().main())
                .allMatch(d -> landing.owned().contains(d.address()));
    }

    private static <T> Set<T> union(Set<T> some, Set<T> others) {
        Set<T> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    /** The document with what a merge must not lose. */
    private Exploded merged(
            Exploded exploded,
            Source source,
            ImportTargets targets,
            WorkspaceView view,
            UUID namespace,
            List<Problem> normalisations) {
        merging.requireContentIds(exploded);
        Set<TreePath> deleted =
                Landing.of(exploded, exploded.ledger(), Set.of(), Landing.Fixed.NONE, view)
                        .actions()
                        .entrySet()
                        .stream()
                        .filter(e -> e.getValue() == Changes.Action.DELETED)
                        .map(e -> definitionOf(e.getKey(), exploded))
                        .collect(Collectors.toSet());
        Merging.Merged merged = merging.merge(source.document(), deleted, view, namespace);
        if (merged.kept() == 0) {
            return exploded;
        }
        normalisations.add(Problem.of(
                Reason.NORMALISED,
                "",
                "merged: " + merged.kept() + " rows that the document does not have stay as they are here"));
        Exploded all = engine.explode(merged.document(), targets);
        return merged.rest()
                .map(rest -> merging.joined(all, engine.explode(rest, targets)))
                .orElse(all);
    }

    private Landing.Fixed fixed(Exploded exploded, Source source, WorkspaceView view) {
        Set<TreePath> silent = new HashSet<>();
        Set<TreePath> here = new HashSet<>();
        for (Definition d : exploded.definitions()) {
            here.add(d.address());
            if (d.header().main()) {
                engine.layouts()
                        .silentAbout(d.header())
                        .ifPresent(folder -> silent.add(d.address().child(folder)));
            }
        }
        Set<TreePath> gone = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (TreePath folder : engine.layouts().foldersOfUnowned()) {
            if (folder.segments().get(0).equals(exploded.document().segments().get(0))) {
                for (Definition d : view.definitionsIn(folder)) {
                    if (ids.isEmpty()) {
                        engine.rows(source.document()).forEach(r -> r.id().ifPresent(ids::add));
                    }
                    boolean moved = d.header().id().filter(ids::contains).isPresent()
                            && view.areKnownById(d.header())
                            && !here.contains(d.address());
                    if (moved) {
                        gone.addAll(view.filesOf(d.address()));
                    }
                }
            }
        }
        // What stands around a module in its own export, an app that carries it does not know.
        Set<TreePath> kept = here.stream()
                .filter(address -> !address.equals(exploded.document()))
                .flatMap(address -> engine.layouts().surrounding(address).stream())
                .filter(file -> view.snapshot().files().objectAt(file).isPresent())
                .collect(Collectors.toSet());
        return new Landing.Fixed(silent, gone, kept);
    }

    /** The version that a document of a single one is about: the export that gives it back is of that one. */
    private static Selection selection(Exploded exploded, Landing.Fixed fixed) {
        return fixed.silent().stream()
                .flatMap(folder -> exploded.files().within(folder).files().keySet().stream()
                        .map(p -> p.segments().get(folder.segments().size())))
                .findFirst()
                .map(version -> new Selection(Optional.of(version), Set.of(), Set.of()))
                .orElse(Selection.ALL);
    }

    /** Folders whose ids are taken here by something else, so that they get others: a copy, or a version that is one. */
    private Set<TreePath> renewed(
            Exploded exploded,
            ApplyRule.Ruled ruled,
            IdentityRule identity,
            Landing whole,
            Landing.Fixed fixed,
            WorkspaceView view) {
        if (isCopy(exploded, ruled.wishes(), identity)) {
            return new HashSet<>(whole.owned());
        }
        if (!ruled.freshVersion()) {
            return Set.of();
        }
        Set<TreePath> versions = new HashSet<>();
        fixed.silent()
                .forEach(folder -> exploded.files()
                        .within(folder)
                        .files()
                        .keySet()
                        .forEach(p -> versions.add(
                                folder.child(p.segments().get(folder.segments().size())))));
        Map<String, TreePath> here = view.ledgerOf(exploded.document(), ReferredSiblings.of(exploded, view))
                .addresses();
        boolean taken = exploded.ledger().within(versions).addresses().entrySet().stream()
                .anyMatch(e ->
                        here.containsKey(e.getKey()) && !here.get(e.getKey()).equals(e.getValue()));
        return taken ? versions : Set.of();
    }

    /** Whether the document still comes together when namesakes stand in for some of its parts: they may lack what it refers to. */
    private boolean canBeExported(
            Exploded exploded, Landing landing, WorkspaceView view, Selection selection, UUID namespace) {
        try {
            engine.assemble(
                    new OverlaySource(view.files(), landing.files(), caches.yaml),
                    landing.facts().over(view.ledgerOf(exploded.document(), ReferredSiblings.of(exploded, view))),
                    exploded.document(),
                    namespace,
                    selection);
            return true;
        } catch (Failure e) {
            if (e.reason() != Reason.UNRESOLVED_REFERENCE) {
                throw e;
            }
            return false;
        }
    }

    private static Set<DefinitionHeader> headersAt(Set<TreePath> addresses, Exploded exploded) {
        return exploded.definitions().stream()
                .filter(d -> addresses.contains(d.address()))
                .map(Definition::header)
                .collect(Collectors.toSet());
    }

    private static ImportTargets targets(
            ImportWishes wishes,
            Source source,
            WorkspaceView view,
            IdentityRule identity,
            Set<DefinitionHeader> alone) {
        Map<DefinitionHeader, Optional<Match>> mains = new HashMap<>();
        Map<String, TreePath> seen = new HashMap<>();
        source.mains().forEach(header -> {
            Optional<Match> match = identity.ofMain(header, wishes);
            mains.put(header, match);
            match.ifPresent(m ->
                    seen.putAll(view.sharedAsSeenBy(m.definition().address()).addresses()));
        });
        return new ImportTargets(
                view,
                header -> {
                    if (alone.contains(header)) {
                        return Optional.empty();
                    }
                    return mains.containsKey(header)
                            ? mains.get(header)
                            : header.main() ? identity.ofMain(header, wishes) : identity.ofCarried(header, seen);
                },
                wishes.places());
    }

    static void requireExpectation(Expectation expectation, TreePath document, WorkspaceView view, String sourceHash) {
        Optional<EntityTag> tag = EntityTag.of(view.snapshot(), document);
        if (expectation instanceof Expectation.Fingerprint f
                && !(f.sourceHash().equals(sourceHash)
                        && f.target().equals(view.snapshot().commit()))) {
            throw stale(
                    f.sourceHash().equals(sourceHash)
                            ? "the branch is at " + view.snapshot().commit() + " now"
                            : "this is not the document of the plan");
        }
        if (expectation instanceof Expectation.Tagged t
                && tag.filter(t.tags()::contains).isEmpty()) {
            throw stale("the definition is not in the state that If-Match names");
        }
        if (expectation instanceof Expectation.Existing e && e.exists() != tag.isPresent()) {
            throw stale(e.exists() ? "there is no such definition yet" : "the definition exists already");
        }
    }

    private static Failure stale(String message) {
        return Failure.of(Reason.STALE_PLAN, "", message, "make a new plan");
    }

    private static void requireResemblance(Exploded exploded, ImportTargets targets, WorkspaceView view) {
        for (Definition d : exploded.definitions()) {
            Optional<Match> match = targets.match(d.header());
            if (d.header().main() && match.isPresent() && match.get().by() == By.NAME) {
                Resemblance.require(match.get().definition(), exploded, view);
            }
        }
    }

    /** A new definition in the place of another one would be the loss of that: whoever chose the place was wrong. */
    private static void requireRoom(Exploded exploded, ImportTargets targets, WorkspaceView view) {
        for (Definition d : exploded.definitions()) {
            if (targets.match(d.header()).isEmpty() && view.find(d.address()).isPresent()) {
                throw Failure.of(
                        Reason.INTERNAL, d.address().value(), "a new definition was to be written over another one");
            }
        }
    }

    /** A new definition whose id another one here has already. */
    private static boolean isCopy(Exploded exploded, ImportWishes wishes, IdentityRule identity) {
        return wishes.mode() == ImportMode.CREATE
                && exploded.definitions().stream()
                        .filter(d -> d.header().main())
                        .anyMatch(d -> identity.ofAny(d.header())
                                .filter(m -> m.by() == By.ID)
                                .isPresent());
    }

    /** The ledger of the same files under ids made for this place; recorded now, so that later exports repeat them. */
    private Ledger freshIds(
            Exploded exploded,
            ImportTargets targets,
            WorkspaceView view,
            Landing whole,
            Set<TreePath> renewed,
            Selection selection,
            UUID namespace) {
        JsonValue copy = engine.assemble(
                        new OverlaySource(view.files(), whole.files(), caches.yaml),
                        whole.facts()
                                .without(renewed)
                                .over(view.ledgerOf(exploded.document(), ReferredSiblings.of(exploded, view))),
                        exploded.document(),
                        namespace,
                        selection)
                .document();
        return engine.explode(copy, targets).ledger();
    }

    private static TreePath definitionOf(TreePath path, Exploded exploded) {
        return exploded.definitions().stream()
                .map(Definition::address)
                .filter(path::isWithin)
                .findFirst()
                .orElseGet(() -> {
                    List<String> segments = path.segments();
                    return TreePath.of(String.join("/", segments.subList(0, Math.min(3, segments.size()))));
                });
    }
}
