package dev.offshoot.service;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Removal;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.UpdateRequest;
import dev.offshoot.store.UpdateResult;
import dev.offshoot.store.WorkspaceRepository;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Removes a definition with everything that is its own, in one commit. What it shares with others stays, and so does its history; its ids
 * are kept, so that it has them again when it comes back, and its secrets for a while.
 */
public final class DeleteDefinition {
    private static final int MOST_NAMED = 5;

    private final FindDefinition finder;
    private final Clock clock;
    private final SecretLanding secrets;
    private final Removals removals;
    private final Dependents dependents;
    private final TidySecrets tidy;

    DeleteDefinition(
            RepositoryStore store,
            LayoutEngine engine,
            Caches caches,
            Clock clock,
            SecretLanding secrets,
            TidySecrets tidy) {
        this.tidy = tidy;
        this.secrets = secrets;
        this.finder = new FindDefinition(store, engine, caches);
        this.clock = clock;
        this.removals = new Removals(engine.layouts());
        this.dependents = new Dependents(engine, caches);
    }

    /**
     * What is to be deleted.
     *
     * @param confirm agrees to a loss of data, and to what others depend on
     * @param withSecrets its secrets go at once, for all branches
     */
    public record Request(
            WorkspaceName workspace,
            Optional<BranchName> branch,
            TreePath address,
            Optional<ConfirmToken> confirm,
            Attribution by,
            boolean withSecrets) {}

    /**
     * What a deletion would do now.
     *
     * @param base commit that it was computed from
     * @param removals what goes, the worst first, with what depends on it
     * @param confirm to be repeated, when something has to be agreed to
     */
    public record DeletionPlan(ObjectName base, List<Removal> removals, Optional<ConfirmToken> confirm) {
        public DeletionPlan {
            removals = List.copyOf(removals);
        }
    }

    /** What was done: the commit that removed it, and the one to go back to. */
    public record Removed(ObjectName commit, ObjectName before) {}

    /**
     * What a deletion would take away. Changes nothing.
     *
     * @throws Failure as {@link #run}, but for the consent
     */
    public DeletionPlan plan(Request request) {
        Deletion deletion = deletion(request);
        return new DeletionPlan(
                deletion.state().commit(),
                deletion.removals(),
                deletion.consent().token());
    }

    /**
     * Removes it.
     *
     * @throws Failure {@code NOT_FOUND}; {@code INVALID_PARAMETER} for a shared record, which goes with its users; {@code CONFLICT} when
     *     another definition refers to it, naming the files, or depends on it without a reference and nobody has agreed; {@code DATA_LOSS}
     *     when the platform would lose data and nobody has agreed; {@code STALE_PLAN} when something else was agreed to
     */
    public Removed run(Request request) {
        Deletion deletion = deletion(request);
        if (!deletion.consent().isGiven(request.confirm())) {
            throw deletion.consent().refusal(request.confirm(), deletion.removals());
        }
        WorkspaceRepository repository = deletion.found().repository();
        TreePath address = request.address();
        Snapshot state = deletion.state();
        BranchName from = request.branch().orElseGet(repository::defaultBranch);
        SecretLanding.Waiting waiting = secrets.stage(
                repository,
                request.withSecrets()
                        ? secrets.goingWith(repository, deletion.found().view(), address)
                        : Map.of());
        UpdateResult result = waiting.with(() -> repository.update(new UpdateRequest(
                from,
                request.confirm().map(agreed -> state.commit()),
                Map.of(address, state.files().objectAt(address)),
                Map.of(),
                deletion.edits(),
                waiting.marked(forget(state, address)),
                request.by()
                        .message()
                        .orElse(CommitMessage.removed(
                                deletion.found().definition().header().name())),
                request.by().author(),
                request.by().when(clock),
                "")));
        tidy.run(request.workspace());
        return new Removed(result.commit(), result.before());
    }

    private record Deletion(FindDefinition.Found found, TreeEdit edits, List<Removal> removals, Consent consent) {
        Snapshot state() {
            return found.view().snapshot();
        }
    }

    private Deletion deletion(Request request) {
        TreePath address = request.address();
        Revision revision = request.branch().<Revision>map(Revision.Named::new).orElse(Revision.DEFAULT);
        FindDefinition.Found found = finder.find(new DefinitionRequest(request.workspace(), revision, address));
        Snapshot state = found.view().snapshot();
        if (!found.view().placeOf(address).equals(address)) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "definition",
                    "a " + found.definition().header().kind() + " is shared by those who use it",
                    "remove it from them");
        }
        requireUnused(state, address);
        TreeMap<TreePath, Optional<Content>> gone = new TreeMap<>();
        state.files().list(address).keySet().forEach(path -> gone.put(path, Optional.empty()));
        TreeEdit edits = new TreeEdit(gone);
        List<Removal> lost =
                dependents.of(removals.of(edits, state), state, new EditedSnapshot(state, edits, TreeEdit.NONE));
        return new Deletion(found, edits, lost, Consent.toDeletion(lost, state.commit(), address));
    }

    /** Whatever comes to this address later did not come from there. */
    private static TreeEdit forget(Snapshot state, TreePath address) {
        TreePath origin = Origin.placeOf(address);
        return state.ledger().objectAt(origin).isEmpty()
                ? TreeEdit.NONE
                : new TreeEdit(new TreeMap<>(Map.of(origin, Optional.empty())));
    }

    /** A reference to nothing would make the documents of those who hold it impossible to put together. */
    private static void requireUnused(Snapshot state, TreePath address) {
        TreePath platform = TreePath.of(address.segments().get(0));
        String symbol = "@{/" + address.relativeTo(platform);
        List<String> users = state.files().load(List.of(platform)).files().entrySet().stream()
                .filter(e -> !e.getKey().isWithin(address))
                .filter(e -> refers(e.getValue().utf8(), symbol))
                .map(e -> e.getKey().value())
                .limit(MOST_NAMED)
                .toList();
        if (!users.isEmpty()) {
            throw Failure.of(
                    Reason.CONFLICT,
                    address.value(),
                    "others refer to it: " + String.join(", ", users),
                    "remove these references first");
        }
    }

    /** The address itself, or something in it; not one whose name only begins alike. */
    private static boolean refers(String text, String symbol) {
        for (int at = text.indexOf(symbol); at >= 0; at = text.indexOf(symbol, at + 1)) {
            int end = at + symbol.length();
            if (end < text.length() && "}/#".indexOf(text.charAt(end)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
