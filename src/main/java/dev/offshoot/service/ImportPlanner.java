package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.Definition;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Ledger;
import dev.offshoot.layout.Selection;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.service.IdentityRule.By;
import dev.offshoot.service.IdentityRule.Match;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Computes what an import would do to a state: everything but doing it, the proof of the round trip included. */
final class ImportPlanner {
    private final LayoutEngine engine;
    private final Caches caches;
    private final RoundTrip roundTrip;

    ImportPlanner(LayoutEngine engine, Caches caches) {
        this.engine = engine;
        this.caches = caches;
        this.roundTrip = new RoundTrip(engine);
    }

    /**
     * Plans.
     *
     * @param namespace the workspace's id
     * @throws Failure for everything that stands in the way
     */
    Plan plan(ImportRequest request, Source source, WorkspaceView view, UUID namespace) {
        return plan(request, source, view, namespace, Set.of());
    }

    /**
     * Plans.
     *
     * @param alone definitions that are stored beside their namesakes, because linking them would not do
     */
    private Plan plan(
            ImportRequest request, Source source, WorkspaceView view, UUID namespace, Set<DefinitionHeader> alone) {
        IdentityRule identity = new IdentityRule(view);
        ImportTargets targets = targets(request, source, view, identity, alone);
        Exploded exploded = engine.explode(source.document(), targets);
        requireExpectation(request.expectation(), exploded, view, source.hash());
        requireResemblance(exploded, targets, view);
        requireRoom(exploded, targets, view);

        Landing whole = Landing.of(exploded, exploded.ledger(), Set.of(), view);
        roundTrip.verify(
                exploded.expected(),
                new OverlaySource(view.files(), whole.files(), caches.yaml),
                whole.facts().over(view.ledgerOf(exploded.document(), Siblings.of(exploded, view))),
                exploded.document(),
                namespace);
        Set<TreePath> linked = linked(exploded, targets);
        Set<TreePath> replaced = new LinkedHashSet<>(linked);
        replaced.removeIf(a -> Landing.isIdentical(exploded, a, view));
        List<Problem> normalisations = new ArrayList<>(source.normalisations());
        Landing landing = whole;
        if (isCopy(exploded, request, identity)) {
            Ledger fresh = freshIds(exploded, targets, view, whole, namespace);
            landing = Landing.of(exploded, fresh, linked, view);
            normalisations.add(Problem.of(
                    Reason.NORMALISED,
                    exploded.document().value(),
                    "new-ids: the ids are taken here, the copy gets its own"));
        } else if (!linked.isEmpty()) {
            landing = Landing.of(exploded, exploded.ledger(), linked, view);
        }
        if (!replaced.isEmpty() && !canBeExported(exploded, landing, view, namespace)) {
            return plan(request, source, view, namespace, headersAt(replaced, exploded));
        }
        replaced.forEach(a -> normalisations.add(Problem.of(
                Reason.LINKED,
                a.value(),
                "linked: the definition of this name that is here is used, the document's own is not stored")));
        return describe(request, source, view, exploded, targets, linked, landing, normalisations);
    }

    /** Whether the document still comes together when namesakes stand in for some of its parts: they may lack what it refers to. */
    private boolean canBeExported(Exploded exploded, Landing landing, WorkspaceView view, UUID namespace) {
        try {
            engine.assemble(
                    new OverlaySource(view.files(), landing.files(), caches.yaml),
                    landing.facts().over(view.ledgerOf(exploded.document(), Siblings.of(exploded, view))),
                    exploded.document(),
                    namespace,
                    Selection.ALL);
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
            ImportRequest request,
            Source source,
            WorkspaceView view,
            IdentityRule identity,
            Set<DefinitionHeader> alone) {
        Map<DefinitionHeader, Optional<Match>> mains = new HashMap<>();
        Map<String, TreePath> seen = new HashMap<>();
        source.mains().forEach(header -> {
            Optional<Match> match = identity.ofMain(header, request);
            mains.put(header, match);
            match.ifPresent(m ->
                    seen.putAll(view.sharedAsSeenBy(m.definition().address()).addresses()));
        });
        return new ImportTargets(view, header -> {
            if (alone.contains(header)) {
                return Optional.empty();
            }
            return mains.containsKey(header)
                    ? mains.get(header)
                    : header.main() ? identity.ofMain(header, request) : identity.ofCarried(header, seen);
        });
    }

    private static void requireExpectation(
            Expectation expectation, Exploded exploded, WorkspaceView view, String sourceHash) {
        Optional<EntityTag> tag = EntityTag.of(view.snapshot(), exploded.document());
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

    /** Carried definitions with a folder of their own that only share a name with one that is here: that one is used. */
    private static Set<TreePath> linked(Exploded exploded, ImportTargets targets) {
        Set<TreePath> linked = new LinkedHashSet<>();
        for (Definition d : exploded.definitions()) {
            boolean byName = !d.header().main()
                    && targets.match(d.header()).filter(m -> m.by() == By.NAME).isPresent();
            if (byName && Landing.isFolder(exploded, d.address())) {
                linked.add(d.address());
            }
        }
        return linked;
    }

    /** A new definition whose id another one here has already. */
    private static boolean isCopy(Exploded exploded, ImportRequest request, IdentityRule identity) {
        return request.mode() == ImportMode.CREATE
                && exploded.definitions().stream()
                        .filter(d -> d.header().main())
                        .anyMatch(d -> identity.ofAny(d.header())
                                .filter(m -> m.by() == By.ID)
                                .isPresent());
    }

    /** The ledger of the same files under ids made for this place; recorded now, so that later exports repeat them. */
    private Ledger freshIds(
            Exploded exploded, ImportTargets targets, WorkspaceView view, Landing whole, UUID namespace) {
        Set<TreePath> own = new HashSet<>(whole.owned());
        JsonValue copy = engine.assemble(
                        new OverlaySource(view.files(), whole.files(), caches.yaml),
                        whole.facts()
                                .without(own)
                                .over(view.ledgerOf(exploded.document(), Siblings.of(exploded, view))),
                        exploded.document(),
                        namespace,
                        Selection.ALL)
                .document();
        return engine.explode(copy, targets).ledger();
    }

    private Plan describe(
            ImportRequest request,
            Source source,
            WorkspaceView view,
            Exploded exploded,
            ImportTargets targets,
            Set<TreePath> linked,
            Landing landing,
            List<Problem> normalisations) {
        List<Plan.Step> steps = new ArrayList<>();
        List<Problem> findings = new ArrayList<>(exploded.findings());
        for (Definition d : exploded.definitions()) {
            Plan.Action action = linked.contains(d.address()) ? Plan.Action.LINKED : action(d.address(), landing, view);
            DefinitionHeader h = d.header();
            steps.add(new Plan.Step(d.address(), h.kind(), h.name(), h.main(), action));
            if (!h.main() && action == Plan.Action.UPDATED) {
                findings.add(Problem.of(
                        Reason.SHARED_CHANGED,
                        d.address().value(),
                        "this " + h.kind() + " is shared with other definitions and changes for them too"));
            }
        }
        Changes changes = Changes.of(landing.actions(), path -> definitionOf(path, exploded));
        return new Plan(
                request.branch().orElseThrow(),
                view.snapshot().commit(),
                view.snapshot().files().objectAt(TreePath.ROOT),
                source.hash(),
                exploded.document(),
                steps,
                changes,
                landing.files(),
                landing.ledger(),
                landing.expectedFiles(),
                landing.expectedLedger(),
                landing.places(),
                landing.ledgerPlaces(),
                findings,
                normalisations,
                exploded.withheld(),
                message(steps, changes));
    }

    private static Plan.Action action(TreePath address, Landing landing, WorkspaceView view) {
        boolean touched = landing.actions().keySet().stream()
                .anyMatch(p -> p.isWithin(address)
                        || EntityPath.of(p, address).address().equals(address));
        if (!touched) {
            return Plan.Action.UNCHANGED;
        }
        return view.find(address).isPresent() ? Plan.Action.UPDATED : Plan.Action.CREATED;
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

    private static String message(List<Plan.Step> steps, Changes changes) {
        Optional<Plan.Step> main = steps.stream().filter(Plan.Step::main).findFirst();
        String name = main.map(Plan.Step::name).orElse("shared definitions");
        boolean added = main.filter(s -> s.action() == Plan.Action.CREATED).isPresent();
        return added ? CommitMessage.added(name, changes, main.get().kind()) : CommitMessage.updated(name, changes);
    }
}
