package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Removal;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an import would do to one state of a branch. A value: applying it later is refused when that state has moved.
 *
 * @param base commit of the branch it was computed from
 * @param oldTree tree of the definitions at that commit
 * @param sourceHash SHA-256 of the document as it came
 * @param document address under which an export finds the document again
 * @param definitions every definition of the document and what happens to it
 * @param expectedFiles what stood where the edits go; while it still does, the plan holds
 * @param expectedLedger the same for the ledger
 * @param places all files and folders of the branch that the document has something to say about, changed or not
 * @param ledgerPlaces the same for the ledger
 * @param findings warnings
 * @param normalisations what will be stored differently from the document, each a named rule
 * @param withheld places of values that are not stored
 * @param removals what goes, and values that go or change and stored data with them
 * @param affected other definitions that change through shared ones
 * @param since what changed since the state that the sender started from
 * @param message of the commit
 */
public record Plan(
        BranchName branch,
        ObjectName base,
        Optional<ObjectName> oldTree,
        String sourceHash,
        TreePath document,
        List<Step> definitions,
        Changes changes,
        TreeEdit files,
        TreeEdit ledger,
        Map<TreePath, Optional<ObjectName>> expectedFiles,
        Map<TreePath, Optional<ObjectName>> expectedLedger,
        Set<TreePath> places,
        Set<TreePath> ledgerPlaces,
        List<Problem> findings,
        List<Problem> normalisations,
        List<String> withheld,
        List<Removal> removals,
        List<Affected> affected,
        Optional<Since> since,
        String message) {
    public Plan {
        definitions = List.copyOf(definitions);
        expectedFiles = Map.copyOf(expectedFiles);
        expectedLedger = Map.copyOf(expectedLedger);
        places = Set.copyOf(places);
        ledgerPlaces = Set.copyOf(ledgerPlaces);
        findings = List.copyOf(findings);
        normalisations = List.copyOf(normalisations);
        withheld = List.copyOf(withheld);
        removals = List.copyOf(removals);
        affected = List.copyOf(affected);
    }

    /** What happens to a definition. */
    public enum Action {
        CREATED,
        UPDATED,
        UNCHANGED,
        DELETED,
        /** The one that is here is used; the document's own copy is not stored. */
        LINKED
    }

    /** One definition of the document. */
    public record Step(TreePath address, String kind, String name, boolean main, Action action) {
        Step unchanged() {
            return action == Action.LINKED ? this : doing(Action.UNCHANGED);
        }

        Step doing(Action other) {
            return new Step(address, kind, name, main, other);
        }
    }

    /** A shared definition that changes, and others that use it. */
    public record Affected(TreePath shared, List<TreePath> others) {
        public Affected {
            others = List.copyOf(others);
        }
    }

    /**
     * What changed since the state that the sender started from.
     *
     * @param here files that the document speaks of and that were changed here
     * @param there files that the document changed
     */
    public record Since(ObjectName base, List<TreePath> here, List<TreePath> there) {
        public Since {
            here = List.copyOf(here);
            there = List.copyOf(there);
        }
    }

    public Expectation.Fingerprint fingerprint() {
        return new Expectation.Fingerprint(base, sourceHash);
    }

    /** The same document over a state in which it changes nothing. */
    Plan unchangedAt(ObjectName commit, ObjectName tree) {
        return new Plan(
                branch,
                commit,
                Optional.of(tree),
                sourceHash,
                document,
                definitions.stream().map(Step::unchanged).toList(),
                new Changes(List.of()),
                TreeEdit.NONE,
                TreeEdit.NONE,
                Map.of(),
                Map.of(),
                places,
                ledgerPlaces,
                findings.stream()
                        .filter(f -> f.reason() != Reason.SHARED_CHANGED)
                        .toList(),
                normalisations,
                withheld,
                List.of(),
                List.of(),
                since,
                "");
    }

    /** A state as this plan will make it. */
    Snapshot over(Snapshot state) {
        return new EditedSnapshot(state, files, ledger);
    }

    /** What somebody repeats to agree to the loss of data in the removals; empty when none would be lost. */
    public Optional<ConfirmToken> toConfirm() {
        return consent().token();
    }

    /** What has to be agreed to before this plan is carried out. */
    Consent consent() {
        return Consent.to(removals, base, sourceHash);
    }

    /** The same, the removals told with what depends on them. */
    Plan telling(List<Removal> known) {
        return new Plan(
                branch,
                base,
                oldTree,
                sourceHash,
                document,
                definitions,
                changes,
                files,
                ledger,
                expectedFiles,
                expectedLedger,
                places,
                ledgerPlaces,
                findings,
                normalisations,
                withheld,
                known,
                affected,
                since,
                message);
    }

    /** What this plan does to the state it was computed from, brought into a later one. Holds for exactly that one. */
    Plan mergedInto(Snapshot now, CheckedMerge.Outcome merged, Since changed) {
        Map<TreePath, Action> actions = new HashMap<>();
        merged.effects().definitions().forEach(step -> actions.put(step.address(), step.action()));
        List<Step> steps = definitions.stream()
                .map(step -> step.action() == Action.LINKED
                        ? step
                        : step.doing(actions.getOrDefault(step.address(), Action.UNCHANGED)))
                .toList();
        List<Problem> all = new ArrayList<>(findings);
        all.addAll(merged.findings());
        return new Plan(
                branch,
                now.commit(),
                now.files().objectAt(TreePath.ROOT),
                sourceHash,
                document,
                steps,
                merged.effects().changes(),
                merged.edits(),
                merged.ledger(),
                Map.of(),
                Map.of(),
                places,
                ledgerPlaces,
                all,
                normalisations,
                withheld,
                merged.removals(),
                affected.stream()
                        .filter(a -> actions.getOrDefault(a.shared(), Action.UNCHANGED) == Action.UPDATED)
                        .toList(),
                Optional.of(changed),
                CommitMessage.of(steps, merged.effects().changes()));
    }
}
