package dev.offshoot.service;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Person;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.FetchedRepository;
import dev.offshoot.store.HistoryUpdate;
import dev.offshoot.store.KeptHistory;
import dev.offshoot.store.PushReview;
import dev.offshoot.store.RemoteCredentials;
import dev.offshoot.store.RemoteRepositories;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.WorkspaceRepository;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Brings a branch of another repository of definitions into a workspace with all its commits as they are: fetch it, look at every commit as
 * at one of a push, make the ledger of what it leads to, and land both with a record of where each definition came from.
 */
public final class KeepHistory {
    private static final long CACHE_BYTES = 16L << 20;

    private final RemoteRepositories remotes;
    private final Workspaces workspaces;
    private final PushReview validation;
    private final FindOffers find;
    private final Clock clock;

    KeepHistory(
            RemoteRepositories remotes,
            RepositoryStore store,
            LayoutEngine engine,
            PushReview validation,
            Clock clock) {
        this.remotes = remotes;
        this.workspaces = new Workspaces(store);
        this.validation = validation;
        this.find = new FindOffers(engine);
        this.clock = clock;
    }

    /**
     * A branch that somebody wants to have from another repository.
     *
     * @param revision of the other repository
     * @param branch that it becomes here; empty: the default one, which has to be empty
     * @param credentials for the other server, for this request only
     * @param dryRun only looks, and writes nothing
     */
    public record Request(
            WorkspaceName workspace,
            RemoteUrl url,
            Revision revision,
            Optional<BranchName> branch,
            Optional<RemoteCredentials> credentials,
            Person caller,
            boolean dryRun) {}

    /** What is there, or would be. */
    public record Done(RemoteUrl url, KeptHistory history, List<Offer> definitions) {
        public Done {
            definitions = List.copyOf(definitions);
        }

        /** Addresses of the definitions. */
        public List<TreePath> addresses() {
            return definitions.stream().map(offer -> TreePath.of(offer.path())).toList();
        }
    }

    /**
     * Brings it.
     *
     * @throws Failure {@code ALREADY_EXISTS} for the branch, {@code UNKNOWN_PLATFORM} when the commit holds no definitions as Offshoot writes
     *     them, and everything that is wrong with any of its commits; nothing is changed then
     */
    public Done run(Request request) {
        WorkspaceRepository repository = workspaces.require(request.workspace());
        BranchName branch = request.branch().orElseGet(repository::defaultBranch);
        try (FetchedRepository fetched = remotes.fetch(request.url(), request.revision(), request.credentials())) {
            ObjectName head = fetched.at().id();
            List<Offer> definitions = definitions(fetched, head);
            HistoryUpdate update = new HistoryUpdate(
                    branch, request.caller(), clock.instant(), receipt(request.url(), head), request.dryRun());
            KeptHistory kept = repository.keepHistory(fetched, update, recording(request.url(), head, definitions));
            return new Done(request.url(), kept, definitions);
        }
    }

    private List<Offer> definitions(FetchedRepository fetched, ObjectName head) {
        List<Offer> found =
                find.definitions(new ForeignFiles(fetched.repository(), head, new BoundedCache<>(CACHE_BYTES)));
        if (found.isEmpty()) {
            throw Failure.of(
                    Reason.UNKNOWN_PLATFORM,
                    "/url",
                    "commit " + head
                            + " holds no definitions as Offshoot writes them, so its history cannot become a branch",
                    "import what it holds without history; a platform's own repository comes with its history by"
                            + " offshoot import --history");
        }
        return found;
    }

    /** Where each definition came from is recorded together with the ids of what is in it. */
    private PushReview recording(RemoteUrl url, ObjectName head, List<Offer> definitions) {
        return (workspace, before, after) -> {
            PushReview.Verdict verdict = validation.review(workspace, before, after);
            if (!after.commit().equals(head)) {
                return verdict;
            }
            TreeMap<TreePath, Optional<Content>> ledger =
                    new TreeMap<>(verdict.ledger().changes());
            for (Offer offer : definitions) {
                Origin origin = new Origin(url, head, offer.path(), offer.id());
                ledger.put(Origin.placeOf(TreePath.of(offer.path())), Optional.of(origin.content()));
            }
            return new PushReview.Verdict(verdict.problems(), verdict.findings(), new TreeEdit(ledger));
        };
    }

    private static String receipt(RemoteUrl url, ObjectName head) {
        return new String(
                JsonWriter.compact(JsonObject.builder()
                        .put("operation", "keep-history")
                        .put("url", url.toString())
                        .put("commit", head.value())
                        .build()),
                StandardCharsets.UTF_8);
    }
}
