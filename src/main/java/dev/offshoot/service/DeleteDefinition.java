package dev.offshoot.service;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.UpdateRequest;
import dev.offshoot.store.UpdateResult;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Removes a definition with everything that is its own, in one commit. What it shares with others stays, and so does its history; its ids
 * are kept, so that it has them again when it comes back. Its secrets go with it, unless another branch has it too.
 */
public final class DeleteDefinition {
    private static final int MOST_NAMED = 5;

    private final FindDefinition finder;
    private final Clock clock;
    private final SecretLanding secrets;

    DeleteDefinition(RepositoryStore store, LayoutEngine engine, Caches caches, Clock clock, SecretLanding secrets) {
        this.secrets = secrets;
        this.finder = new FindDefinition(store, engine, caches);
        this.clock = clock;
    }

    /** What was done: the commit that removed it, and the one to go back to. */
    public record Removed(ObjectName commit, ObjectName before) {}

    /**
     * Removes it.
     *
     * @throws Failure {@code NOT_FOUND}; {@code INVALID_PARAMETER} for a shared record, which goes with its users; {@code CONFLICT} when
     *     another definition refers to it, naming the files
     */
    public Removed run(WorkspaceName workspace, Optional<BranchName> branch, TreePath address, Attribution by) {
        Revision revision = branch.<Revision>map(Revision.Named::new).orElse(Revision.DEFAULT);
        FindDefinition.Found found = finder.find(new DefinitionRequest(workspace, revision, address));
        Snapshot state = found.view().snapshot();
        if (!found.view().placeOf(address).equals(address)) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "definition",
                    "a " + found.definition().header().kind() + " is shared by those who use it",
                    "remove it from them");
        }
        requireUnused(state, address);
        Map<TreePath, Optional<Content>> gone = new TreeMap<>();
        state.files().list(address).keySet().forEach(path -> gone.put(path, Optional.empty()));
        BranchName from = branch.orElseGet(found.repository()::defaultBranch);
        SecretLanding.Waiting waiting =
                secrets.stage(found.repository(), secrets.goingWith(found.repository(), from, address));
        UpdateResult result = waiting.with(() -> found.repository()
                .update(new UpdateRequest(
                        from,
                        Optional.empty(),
                        Map.of(address, state.files().objectAt(address)),
                        Map.of(),
                        new TreeEdit(new TreeMap<>(gone)),
                        waiting.marked(forget(state, address)),
                        by.message()
                                .orElse(CommitMessage.removed(
                                        found.definition().header().name())),
                        by.author(),
                        by.when(clock),
                        "")));
        return new Removed(result.commit(), result.before());
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
