package dev.offshoot.service;

import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Content;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Person;
import dev.offshoot.model.Removal;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.UpdateRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Several plans as one change of a branch: each was computed from the state that those before it make.
 *
 * @param base commit of the branch that the first was computed from
 * @param parts in order
 */
public record JoinedPlan(
        BranchName branch,
        ObjectName base,
        List<Part> parts,
        TreeEdit files,
        TreeEdit ledger,
        Map<TreePath, Optional<ObjectName>> expectedFiles,
        Map<TreePath, Optional<ObjectName>> expectedLedger) {
    public JoinedPlan {
        parts = List.copyOf(parts);
        expectedFiles = Map.copyOf(expectedFiles);
        expectedLedger = Map.copyOf(expectedLedger);
    }

    /** What goes, of all parts. */
    public List<Removal> removals() {
        return parts.stream().flatMap(part -> part.plan().removals().stream()).toList();
    }

    /** What somebody repeats to agree to the loss of data in the removals; empty when none would be lost. */
    public Optional<ConfirmToken> toConfirm() {
        return consent().token();
    }

    /**
     * The change that carries this plan out.
     *
     * @param expected commit that the branch has to stand at; empty: at any that has not changed what the plan read
     */
    UpdateRequest update(Optional<ObjectName> expected, String message, Person author, Instant when) {
        return new UpdateRequest(
                branch,
                expected,
                expectedFiles,
                expectedLedger,
                files,
                ledger,
                message,
                author,
                when,
                new String(JsonWriter.compact(RepositoryJson.receipt(this)), StandardCharsets.UTF_8));
    }

    /** What has to be agreed to before this plan is carried out. */
    Consent consent() {
        String source = parts.stream().map(part -> part.plan().sourceHash()).collect(Collectors.joining(" "));
        return Consent.to(removals(), base, source);
    }

    /** The same, the removals told with what depends on them. */
    JoinedPlan telling(Snapshot state, Dependents dependents) {
        Snapshot after = new EditedSnapshot(state, files, ledger);
        List<Part> told = parts.stream()
                .map(part -> new Part(
                        part.plan().telling(dependents.of(part.plan().removals(), state, after)),
                        part.origin(),
                        part.sides()))
                .toList();
        return new JoinedPlan(branch, base, told, files, ledger, expectedFiles, expectedLedger);
    }

    /**
     * One definition.
     *
     * @param origin where it comes from, if that is another repository
     * @param sides what changed since the common base, for a definition that was here
     */
    public record Part(Plan plan, Optional<Origin> origin, Optional<Sides> sides) {}

    /**
     * What changed since the common base.
     *
     * @param base the commit
     * @param here files that were changed here
     * @param there files that were changed there
     */
    public record Sides(ObjectName base, List<TreePath> here, List<TreePath> there) {
        public Sides {
            here = List.copyOf(here);
            there = List.copyOf(there);
        }
    }

    /** What was stored, durable when this is handed out. */
    public record Done(JoinedPlan plan, ObjectName commit, ObjectName before, boolean moved) {}

    /** Collects plans over a state. */
    static final class Builder {
        private final Snapshot base;
        private final List<Part> parts = new ArrayList<>();
        private final TreeMap<TreePath, Optional<Content>> files = new TreeMap<>();
        private final TreeMap<TreePath, Optional<Content>> ledger = new TreeMap<>();
        private final Map<TreePath, Optional<ObjectName>> expectedFiles = new HashMap<>();
        private final Map<TreePath, Optional<ObjectName>> expectedLedger = new HashMap<>();

        Builder(Snapshot base) {
            this.base = base;
        }

        /** What the next plan is to be computed from. */
        Snapshot state() {
            return parts.isEmpty() ? base : new EditedSnapshot(base, new TreeEdit(files), new TreeEdit(ledger));
        }

        void add(Part part) {
            parts.add(part);
            files.putAll(part.plan().files().changes());
            ledger.putAll(part.plan().ledger().changes());
            part.plan()
                    .expectedFiles()
                    .keySet()
                    .forEach(p -> expectedFiles.put(p, base.files().objectAt(p)));
            part.plan()
                    .expectedLedger()
                    .keySet()
                    .forEach(p -> expectedLedger.put(p, base.ledger().objectAt(p)));
            part.origin().ifPresent(origin -> came(placeOf(part.plan(), origin), origin));
        }

        /** A document of single records, such as an object, has its place where all of its platform has; the record has one of its own. */
        private static TreePath placeOf(Plan plan, Origin origin) {
            return plan.definitions().stream()
                    .map(Plan.Step::address)
                    .filter(address -> address.value().equals(origin.path()))
                    .findFirst()
                    .filter(address -> plan.definitions().stream()
                            .noneMatch(step -> step.address().equals(plan.document())))
                    .orElse(plan.document());
        }

        /** Records where a definition comes from. */
        void came(TreePath address, Origin origin) {
            TreePath place = Origin.placeOf(address);
            ledger.put(place, Optional.of(origin.content()));
            expectedLedger.put(place, base.ledger().objectAt(place));
        }

        JoinedPlan plan(BranchName branch) {
            return new JoinedPlan(
                    branch,
                    base.commit(),
                    parts,
                    new TreeEdit(files),
                    new TreeEdit(ledger),
                    expectedFiles,
                    expectedLedger);
        }
    }
}
