package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.WorkspaceInfo;
import dev.offshoot.store.WorkspaceRepository;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Look-ups that name what exists when they find nothing. */
final class Workspaces {
    private static final int MOST_NAMED = 20;

    private final RepositoryStore store;

    Workspaces(RepositoryStore store) {
        this.store = store;
    }

    WorkspaceRepository require(WorkspaceName name) {
        return store.find(name)
                .orElseThrow(() -> Failure.of(
                        Reason.NOT_FOUND,
                        "workspace",
                        "no workspace named " + name,
                        existing("workspaces", store.list().stream().map(WorkspaceInfo::name))));
    }

    static Snapshot require(WorkspaceRepository repository, Revision revision) {
        return repository
                .snapshot(revision)
                .orElseThrow(() -> Failure.of(
                        Reason.NOT_FOUND,
                        "ref",
                        "no branch, tag or commit " + revision,
                        existing("branches", repository.branches().stream())));
    }

    static Snapshot require(WorkspaceRepository repository, BranchName branch) {
        return require(repository, new Revision.Named(branch));
    }

    /** A hint such as {@code the workspaces are: a, b}. */
    /** The first few of many, for a message. */
    static String some(List<?> names) {
        return names.stream().limit(MOST_NAMED).map(Object::toString).collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "");
    }

    static String existing(String what, Stream<?> names) {
        List<String> sorted = names.map(Object::toString).sorted().toList();
        return sorted.isEmpty()
                ? "there are no " + what + " yet"
                : "the " + what + " are: "
                        + sorted.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                        + (sorted.size() > MOST_NAMED ? " and " + (sorted.size() - MOST_NAMED) + " more" : "");
    }
}
