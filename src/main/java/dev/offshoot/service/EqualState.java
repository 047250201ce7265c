package dev.offshoot.service;

import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.FetchedRepository;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.WorkspaceRepository;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A common base of two histories that share no commit: a state that a definition has had in both. Equal definitions are equal trees on every
 * instance, so a copy that another instance made, worked on and published leads back to where it began.
 */
final class EqualState {
    /** States of the definition here that are looked at, newest first. */
    private static final int MOST_STATES = 1000;

    private final WorkspaceRepository repository;
    private final TreePath target;

    /** @param target the definition here */
    EqualState(WorkspaceRepository repository, TreePath target) {
        this.repository = repository;
        this.target = target;
    }

    /**
     * The newest commit there at which the definition is what it is, or once was, here.
     *
     * @param from commit here to begin at
     * @param offer the definition there
     * @param most commits there that are looked at
     */
    Optional<ObjectName> newest(ObjectName from, FetchedRepository there, Offer offer, int most) {
        if (offer.form() != Offer.Form.OFFSHOOT) {
            return Optional.empty(); // what others wrote is no tree of ours
        }
        Set<ObjectName> had = states(from);
        return there.repository()
                .newest(
                        there.at().id(),
                        most,
                        commit -> there.repository()
                                .objectAt(commit, offer.path())
                                .filter(had::contains)
                                .isPresent());
    }

    private Set<ObjectName> states(ObjectName from) {
        return repository.history(new Revision.Commit(from), target, Optional.empty(), MOST_STATES).stream()
                .flatMap(commit -> repository.snapshot(new Revision.Commit(commit.id())).stream())
                .map(Snapshot::files)
                .flatMap(files -> files.objectAt(target).stream())
                .collect(Collectors.toSet());
    }
}
