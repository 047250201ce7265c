package dev.offshoot.service;

import dev.offshoot.layout.Definition;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.Remembered;
import dev.offshoot.model.Content;
import dev.offshoot.model.TreePath;
import dev.offshoot.service.IdentityRule.By;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Plans an import by what the last one of the same definition came to know: only what has changed is looked at and proven. */
final class PlanAgain {
    private final LastImports last;
    private final PlanDescription description;

    PlanAgain(LastImports last, PlanDescription description) {
        this.last = last;
        this.description = description;
    }

    /** Plans from what the last import came to know, when that says everything. */
    Optional<ImportPlanner.Planned> plan(ApplyRule.Ruled ruled, WorkspaceView view, UUID namespace) {
        ImportWishes wishes = ruled.wishes();
        Source source = ruled.source();
        LastImports.Key key = LastImports.Key.of(namespace, wishes, source);
        Optional<LastImports.Last> known = last.find(key, view).filter(l -> isStillMeant(wishes, source, l, view));
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Exploded outline = known.get().outline();
        ImportPlanner.requireExpectation(wishes.expectation(), outline.document(), view, source.hash());
        Optional<Remembered.Again> found =
                known.get().remembered().again(source.document(), known.get().all(), namespace);
        return found.map(again -> {
            ImportPlanner.Secrets secrets = new ImportPlanner.Secrets(source.document(), outline.secrets());
            Plan plan = description.of(
                    wishes,
                    source,
                    view,
                    outline,
                    path -> isThere(path, again, view),
                    Set.of(),
                    Landing.again(known.get(), again, view),
                    source.normalisations());
            return new ImportPlanner.Planned(plan, RoundTrip.Proof.DONE, secrets, after -> {
                if (known.get().remembered().become(again)) {
                    last.remember(key, known.get().with(again.facts(), source.size()), plan, after);
                } else {
                    last.forget(key);
                }
            });
        });
    }

    /** True when the document means the definitions that it became last time, and not by their names alone. */
    private static boolean isStillMeant(
            ImportWishes wishes, Source source, LastImports.Last known, WorkspaceView view) {
        IdentityRule identity = new IdentityRule(view);
        Set<TreePath> mains = known.outline().definitions().stream()
                .filter(d -> d.header().main())
                .map(Definition::address)
                .collect(Collectors.toSet());
        Set<TreePath> meant = new HashSet<>();
        for (DefinitionHeader header : source.mains()) {
            identity.ofMain(header, wishes)
                    .filter(m -> m.by() != By.NAME)
                    .ifPresent(m -> meant.add(m.definition().address()));
        }
        return meant.equals(mains) && meant.size() == source.mains().size();
    }

    private static boolean isThere(TreePath path, Remembered.Again again, WorkspaceView view) {
        Optional<Content> changed = again.files().get(path);
        return changed == null ? view.snapshot().files().objectAt(path).isPresent() : changed.isPresent();
    }
}
