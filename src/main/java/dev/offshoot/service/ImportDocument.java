package dev.offshoot.service;

import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileName;
import dev.offshoot.model.FileNames;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.UpdateRequest;
import dev.offshoot.store.UpdateResult;
import dev.offshoot.store.WorkspaceRepository;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/**
 * Brings a document into a workspace: read it, find out which definition it means, plan, prove the round trip, land branch and
 * ledger together.
 */
public final class ImportDocument {
    private static final int MOST_ROUNDS = 50;

    private final Workspaces workspaces;
    private final LayoutEngine engine;
    private final Caches caches;
    private final ImportPlanner planner;
    private final RecentImports recent = new RecentImports();
    private final KeyedLocks places = new KeyedLocks();
    private final KeyedLocks branches = new KeyedLocks();
    private final Clock clock;

    ImportDocument(RepositoryStore store, LayoutEngine engine, Caches caches, Clock clock) {
        this.workspaces = new Workspaces(store);
        this.engine = engine;
        this.caches = caches;
        this.planner = new ImportPlanner(engine, caches, clock);
        this.clock = clock;
    }

    /**
     * What the import would do now. Changes nothing.
     *
     * @throws Failure for everything that stands in the way
     */
    public Plan plan(ImportRequest request) {
        WorkspaceRepository repository = workspaces.require(request.workspace());
        ImportRequest onBranch = withBranch(request, repository);
        Snapshot state = Workspaces.require(repository, onBranch.branch().orElseThrow());
        Source source = Source.read(request.document(), Digests.sha256(request.document()), request.name(), engine);
        return begin(onBranch, source, repository, state).proven();
    }

    /**
     * Imports.
     *
     * @throws Failure for everything that stands in the way; nothing is changed then
     */
    public Receipt run(ImportRequest request) {
        WorkspaceRepository repository = workspaces.require(request.workspace());
        ImportRequest onBranch = withBranch(request, repository);
        String hash = Digests.sha256(request.document());
        RecentImports.Key key = RecentImports.Key.of(repository.info().id(), onBranch, hash);
        if (request.expectation() instanceof Expectation.Nothing) {
            Optional<Receipt> repeated = recent.repeated(
                    key, Workspaces.require(repository, onBranch.branch().orElseThrow()));
            if (repeated.isPresent()) {
                return repeated.get();
            }
        }
        Source source = Source.read(request.document(), hash, request.name(), engine);
        // Imports of one definition one after the other: each would make the plans of the others stale.
        Lock turn = places.of(repository.info().id() + " " + onBranch.branch().get() + " " + place(source, onBranch));
        turn.lock();
        try {
            return landInTurn(onBranch, source, repository, key);
        } finally {
            turn.unlock();
        }
    }

    /** Plans and lands, again from the new state when somebody else landed a change of a file that both share. */
    private Receipt landInTurn(
            ImportRequest request, Source source, WorkspaceRepository repository, RecentImports.Key key) {
        Optional<Receipt> landed = tryToLand(request, source, repository, key, false);
        if (landed.isPresent()) {
            return landed.get();
        }
        // Those who have to try again do it one after the other, or they would go on disturbing each other.
        Lock turn = branches.of(repository.info().id() + " " + request.branch().orElseThrow());
        turn.lock();
        try {
            for (int round = 1; round < MOST_ROUNDS; round++) {
                landed = tryToLand(request, source, repository, key, false);
                if (landed.isPresent()) {
                    return landed.get();
                }
            }
            return tryToLand(request, source, repository, key, true).orElseThrow();
        } finally {
            turn.unlock();
        }
    }

    /**
     * One round.
     *
     * @param last the failure is the answer
     */
    private Optional<Receipt> tryToLand(
            ImportRequest request, Source source, WorkspaceRepository repository, RecentImports.Key key, boolean last) {
        Snapshot state = Workspaces.require(repository, request.branch().orElseThrow());
        ImportPlanner.Planned planned = begin(request, source, repository, state);
        Plan plan = planned.plan();
        UpdateResult result;
        try {
            result = repository.update(updateOf(plan, request), planned.proof()::require);
        } catch (Failure e) {
            if (e.reason() != Reason.STALE_PLAN || request.expectation() instanceof Expectation.Fingerprint) {
                throw e;
            }
            if (last) {
                throw Failure.of(
                        Reason.BUSY, "", "too many others change the same files", "try again in a few seconds");
            }
            return Optional.empty();
        }
        Snapshot after =
                repository.snapshot(new Revision.Commit(result.commit())).orElseThrow();
        Receipt receipt = receipt(plan, state, result, after);
        if (after.ledgerCommit().equals(result.ledgerCommit())) {
            recent.remember(key, receipt, after);
        }
        return Optional.of(receipt);
    }

    private ImportPlanner.Planned begin(
            ImportRequest request, Source source, WorkspaceRepository repository, Snapshot state) {
        WorkspaceView view = new WorkspaceView(state, engine, caches);
        return planner.begin(request, source, view, repository.info().id());
    }

    private UpdateRequest updateOf(Plan plan, ImportRequest request) {
        return new UpdateRequest(
                plan.branch(),
                request.expectation() instanceof Expectation.Fingerprint ? Optional.of(plan.base()) : Optional.empty(),
                plan.expectedFiles(),
                plan.expectedLedger(),
                plan.files(),
                plan.ledger(),
                request.attribution().message().orElse(plan.message()),
                request.attribution().author().orElse(request.caller()),
                request.attribution().when().orElseGet(clock::instant),
                new String(JsonWriter.compact(PlanJson.receipt(plan)), StandardCharsets.UTF_8));
    }

    private static Receipt receipt(Plan plan, Snapshot before, UpdateResult result, Snapshot after) {
        return new Receipt(
                plan,
                result.tree(),
                result.commit(),
                result.before(),
                result.moved(),
                !result.ledgerCommit().equals(before.ledgerCommit()),
                EntityTag.of(after, plan.document()));
    }

    private static ImportRequest withBranch(ImportRequest request, WorkspaceRepository repository) {
        BranchName branch = request.branch().orElseGet(repository::defaultBranch);
        return request.on(branch);
    }

    /** The place a document will most likely have, alike for names that differ only in letter case. */
    private static String place(Source source, ImportRequest request) {
        return request.target()
                .map(target -> FileNames.fold(target.value()))
                .or(() -> source.main().map(h -> FileNames.fold(h.folder() + "/" + FileName.slug(h.name()))))
                .orElse("");
    }
}
