package dev.offshoot.service;

import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.SecretAt;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileName;
import dev.offshoot.model.FileNames;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.UpdateRequest;
import dev.offshoot.store.UpdateResult;
import dev.offshoot.store.WorkspaceRepository;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
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
    private final PlanSince since;
    private final Dependents dependents;
    private final RecentImports recent = new RecentImports();
    private final KeyedLocks places = new KeyedLocks();
    private final KeyedLocks branches = new KeyedLocks();
    private final Clock clock;
    private final SecretLanding secrets;

    ImportDocument(RepositoryStore store, LayoutEngine engine, Caches caches, Clock clock, SecretLanding secrets) {
        this.secrets = secrets;
        this.workspaces = new Workspaces(store);
        this.engine = engine;
        this.caches = caches;
        this.planner = new ImportPlanner(engine, caches, clock);
        this.since = new PlanSince(engine, caches, planner);
        this.dependents = new Dependents(engine, caches);
        this.clock = clock;
    }

    /**
     * What the import would do now. Changes nothing.
     *
     * @throws Failure for everything that stands in the way
     */
    public Plan plan(ImportRequest request) {
        WorkspaceRepository repository = workspaces.require(request.document().workspace());
        ImportWishes wishes = withBranch(request, repository);
        Snapshot state = Workspaces.require(repository, wishes.branch().orElseThrow());
        byte[] bytes = request.document().bytes();
        Source source = Source.read(bytes, Digests.sha256(bytes), wishes.name(), engine);
        Plan plan = begin(wishes, source, repository, state).proven();
        return plan.telling(dependents.of(plan.removals(), state, plan.over(state)));
    }

    /**
     * Imports.
     *
     * @throws Failure for everything that stands in the way; nothing is changed then
     */
    public Receipt run(ImportRequest request) {
        WorkspaceRepository repository = workspaces.require(request.document().workspace());
        ImportWishes wishes = withBranch(request, repository);
        byte[] bytes = request.document().bytes();
        String hash = Digests.sha256(bytes);
        RecentImports.Key key = RecentImports.Key.of(repository.info().id(), wishes, hash);
        if (request.keepsSecrets()) {
            secrets.requireKey();
        } else if (wishes.expectation() instanceof Expectation.Nothing) {
            Optional<Receipt> repeated = recent.repeated(
                    key, Workspaces.require(repository, wishes.branch().orElseThrow()));
            if (repeated.isPresent()) {
                return repeated.get();
            }
        }
        Source source = Source.read(bytes, hash, wishes.name(), engine);
        // Imports of one definition one after the other: each would make the plans of the others stale.
        Lock turn = places.of(repository.info().id() + " " + wishes.branch().get() + " " + place(source, wishes));
        turn.lock();
        try {
            return landInTurn(new Job(wishes, source, repository, request.by(), key, request.keepsSecrets()));
        } finally {
            turn.unlock();
        }
    }

    /** One import on its way, everything that its rounds have in common. */
    private record Job(
            ImportWishes wishes,
            Source source,
            WorkspaceRepository repository,
            Attribution by,
            RecentImports.Key key,
            boolean keepsSecrets) {}

    /** Plans and lands, again from the new state when somebody else landed a change of a file that both share. */
    private Receipt landInTurn(Job job) {
        Optional<Receipt> landed = tryToLand(job, false);
        if (landed.isPresent()) {
            return landed.get();
        }
        // Those who have to try again do it one after the other, or they would go on disturbing each other.
        Lock turn = branches.of(
                job.repository().info().id() + " " + job.wishes().branch().orElseThrow());
        turn.lock();
        try {
            for (int round = 1; round < MOST_ROUNDS; round++) {
                landed = tryToLand(job, false);
                if (landed.isPresent()) {
                    return landed.get();
                }
            }
            return tryToLand(job, true).orElseThrow();
        } finally {
            turn.unlock();
        }
    }

    /**
     * One round.
     *
     * @param last the failure is the answer
     */
    private Optional<Receipt> tryToLand(Job job, boolean last) {
        WorkspaceRepository repository = job.repository();
        Expectation expectation = job.wishes().expectation();
        Snapshot state = Workspaces.require(repository, job.wishes().branch().orElseThrow());
        ImportPlanner.Planned planned = begin(job.wishes(), job.source(), repository, state);
        Plan plan = planned.plan();
        Optional<ConfirmToken> confirm = job.wishes().confirm();
        if (!plan.consent().isGiven(confirm)) {
            throw plan.consent().refusal(confirm, dependents.of(plan.removals(), state, plan.over(state)));
        }
        List<SecretAt> stored = job.keepsSecrets() ? planned.secrets().places() : List.of();
        UpdateResult result;
        try {
            WorkspaceView then = new WorkspaceView(plan.over(state), engine, caches);
            SecretLanding.Waiting waiting =
                    secrets.stage(repository, secrets.changes(repository, then, stored, planned.secrets()::at));
            result = waiting.with(() -> repository.update(
                    updateOf(plan, waiting.marked(plan.ledger()), expectation, job.by()), planned.proof()::require));
        } catch (Failure e) {
            if (e.reason() != Reason.STALE_PLAN || expectation instanceof Expectation.Fingerprint) {
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
        Receipt receipt = receipt(plan, state, result, after, stored);
        if (after.ledgerCommit().equals(result.ledgerCommit())) {
            recent.remember(job.key(), receipt, after);
            if (result.before().equals(plan.base())) {
                planned.landed().accept(new WorkspaceView(after, engine, caches));
            }
        }
        return Optional.of(receipt);
    }

    private ImportPlanner.Planned begin(
            ImportWishes wishes, Source source, WorkspaceRepository repository, Snapshot state) {
        if (wishes.since().isPresent()) {
            return since.begin(wishes, source, repository, state);
        }
        WorkspaceView view = new WorkspaceView(state, engine, caches);
        return planner.begin(wishes, source, view, repository.info().id());
    }

    private UpdateRequest updateOf(Plan plan, TreeEdit ledger, Expectation expectation, Attribution by) {
        boolean exactly =
                expectation instanceof Expectation.Fingerprint || plan.since().isPresent();
        return new UpdateRequest(
                plan.branch(),
                exactly ? Optional.of(plan.base()) : Optional.empty(),
                plan.expectedFiles(),
                plan.expectedLedger(),
                plan.files(),
                ledger,
                by.message().orElse(plan.message()),
                by.author(),
                by.when(clock),
                new String(JsonWriter.compact(PlanJson.receipt(plan)), StandardCharsets.UTF_8));
    }

    private static Receipt receipt(
            Plan plan, Snapshot before, UpdateResult result, Snapshot after, List<SecretAt> stored) {
        return new Receipt(
                plan,
                result.tree(),
                result.commit(),
                result.before(),
                result.moved(),
                !result.ledgerCommit().equals(before.ledgerCommit()),
                stored.stream().map(SecretAt::where).toList(),
                EntityTag.of(after, plan.document()));
    }

    private static ImportWishes withBranch(ImportRequest request, WorkspaceRepository repository) {
        BranchName branch = request.wishes().branch().orElseGet(repository::defaultBranch);
        return request.wishes().on(branch);
    }

    /** The place a document will most likely have, alike for names that differ only in letter case. */
    private static String place(Source source, ImportWishes wishes) {
        return wishes.target()
                .map(target -> FileNames.fold(target.value()))
                .or(() -> source.main().map(h -> FileNames.fold(h.folder() + "/" + FileName.slug(h.name()))))
                .orElse("");
    }
}
