package dev.offshoot.service;

import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Plans new definitions that are copies of those in another repository, one over the other. */
final class PlanCopies {
    private final LayoutEngine engine;
    private final Caches caches;
    private final ImportPlanner planner;

    PlanCopies(LayoutEngine engine, Caches caches, ImportPlanner planner) {
        this.engine = engine;
        this.caches = caches;
        this.planner = planner;
    }

    /** @param originOf what is recorded of an offer */
    void plan(
            RepositoryRequest request,
            List<Offer> offers,
            Function<Offer, Origin> originOf,
            JoinedPlan.Builder joined,
            UUID namespace) {
        if (request.name().isPresent() && offers.size() != 1) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER, "/name", "one name for " + offers.size() + " definitions", "choose one");
        }
        boolean all = request.definitions().isEmpty();
        List<Offer> waiting = new ArrayList<>(offers);
        while (!waiting.isEmpty()) {
            Offer offer = waiting.remove(0);
            Plan plan = plan(request, offer, joined.state(), namespace);
            joined.add(new JoinedPlan.Part(plan, Optional.of(originOf.apply(offer)), Optional.empty()));
            for (Plan.Step step : plan.definitions()) {
                if (step.main()) {
                    continue;
                }
                Optional<Offer> brought = brought(step, waiting);
                if (step.action() == Plan.Action.CREATED) {
                    brought.ifPresent(along -> joined.came(step.address(), originOf.apply(along)));
                    brought.ifPresent(waiting::remove);
                } else if (all) {
                    brought.ifPresent(waiting::remove); // the one here is used; nobody has asked for another one
                }
            }
        }
    }

    /** What a document that was taken has brought along is not taken once more. */
    private static Optional<Offer> brought(Plan.Step step, List<Offer> waiting) {
        List<Offer> alike = waiting.stream()
                .filter(offer ->
                        offer.kind().equals(step.kind()) && offer.name().equals(step.name()))
                .toList();
        return alike.stream()
                .filter(offer -> offer.path().equals(step.address().value()))
                .findFirst()
                .or(() -> alike.stream().findFirst());
    }

    private Plan plan(RepositoryRequest request, Offer offer, Snapshot state, UUID namespace) {
        WorkspaceView view = new WorkspaceView(state, engine, caches);
        byte[] document = JsonWriter.compact(offer.document().get());
        String hash = Digests.sha256(document);
        Source source = Source.read(document, hash, request.name(), engine);
        Optional<DefinitionHeader> main = source.main();
        if (main.isPresent() && view.areKnownById(main.get())) {
            requireNew(main.get(), view);
        } else if (main.isPresent() && request.name().isEmpty()) {
            source = Source.read(document, hash, freeName(source, main.get(), view), engine);
        }
        ImportWishes wishes =
                ImportWishes.NONE.on(request.branch().orElseThrow()).as(ImportMode.CREATE);
        return planner.plan(wishes, source, view, namespace);
    }

    private Optional<DefinitionName> freeName(Source source, DefinitionHeader main, WorkspaceView view) {
        Set<String> taken = view.definitionsIn(main.folder()).stream()
                .map(d -> d.header().name())
                .collect(Collectors.toSet());
        return taken.contains(main.name())
                ? Optional.of(new DefinitionName(engine.freeName(source.document(), main.name(), taken)))
                : Optional.empty();
    }

    /** Where ids are content, there cannot be two of one. */
    private static void requireNew(DefinitionHeader main, WorkspaceView view) {
        view.definitionsIn(main.folder()).stream()
                .filter(d -> main.id().isPresent() && d.header().id().equals(main.id()))
                .findFirst()
                .ifPresent(here -> {
                    TreePath address = here.address();
                    throw Failure.of(
                            Reason.ALREADY_EXISTS,
                            address.value(),
                            "the " + main.kind() + " with the id " + main.id().get()
                                    + " is here already, and ids of its platform mean the same everywhere",
                            "bring it up to date with mode=update and this address as target");
                });
    }
}
