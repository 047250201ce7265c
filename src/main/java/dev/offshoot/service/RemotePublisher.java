package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.service.PublishAfterCommits.Address;
import dev.offshoot.service.PublishAfterCommits.BranchState;
import dev.offshoot.store.Publication;
import dev.offshoot.store.Publication.Setback;
import dev.offshoot.store.Remote;
import dev.offshoot.store.WorkspaceRepository;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pushes to one remote of one workspace, one branch after the other. Woken any number of times, it runs once at a time. */
final class RemotePublisher {
    private static final Logger LOG = LoggerFactory.getLogger(RemotePublisher.class);

    private final Address address;
    private final PublishAfterCommits publishing;
    private boolean running;
    /** Woken while it ran: what it saw may be old. */
    private boolean again;

    private Instant ringsAt = Instant.MAX;
    /** Failures that could not even be written down. */
    private int unrecorded;

    private Instant notBefore = Instant.MIN;

    RemotePublisher(Address address, PublishAfterCommits publishing) {
        this.address = address;
        this.publishing = publishing;
    }

    synchronized void wake() {
        if (running) {
            again = true;
        } else {
            running = true;
            publishing.inBackground(this::run);
        }
    }

    /** One push at most; others wait for their turn, too. */
    private void run() {
        synchronized (this) {
            again = false;
        }
        boolean more = false;
        try {
            more = step();
        } catch (RuntimeException e) {
            LOG.warn("publishing {} to {} went wrong", address.workspace(), address.remote(), e);
            pause();
        }
        synchronized (this) {
            running = more || again;
            if (running) {
                publishing.inBackground(this::run);
            }
        }
    }

    /** @return whether to look once more */
    private boolean step() {
        if (notBefore.isAfter(publishing.now())) {
            ring(notBefore);
            return false;
        }
        Optional<WorkspaceRepository> repository = publishing.store().find(address.workspace());
        Optional<Remote> remote = repository.map(r -> r.remotes().get(address.remote()));
        if (remote.isEmpty()) {
            return false;
        }
        List<BranchState> states = publishing.states(repository.get(), remote.get());
        forgetOthers(repository.get(), remote.get(), states);
        Optional<BranchState> due = states.stream()
                .filter(state -> state.standing() instanceof Standing.Pending)
                .min(Comparator.comparing(state -> lastTry(state.publication())));
        if (due.isPresent()) {
            push(due.get().branch(), due.get().publication());
            return true;
        }
        states.stream()
                .flatMap(state -> state.standing() instanceof Standing.Retrying retrying
                        ? Optional.of(retrying.next()).stream()
                        : Optional.<Instant>empty().stream())
                .min(Comparator.naturalOrder())
                .ifPresent(this::ring);
        return false;
    }

    /** The branch that was not looked at for the longest time comes first: one that moves all the time holds up no other. */
    private static Instant lastTry(Publication publication) {
        Instant arrived = publication.arrival().map(Publication.Arrival::at).orElse(Instant.MIN);
        Instant failed = publication.setback().map(Setback::at).orElse(Instant.MIN);
        return arrived.isAfter(failed) ? arrived : failed;
    }

    private static void forgetOthers(WorkspaceRepository repository, Remote remote, List<BranchState> states) {
        Set<BranchName> there = states.stream()
                .filter(state -> state.head().isPresent())
                .map(BranchState::branch)
                .collect(Collectors.toSet());
        if (!there.containsAll(remote.publications().keySet())) {
            repository.changeRemotes(remotes -> {
                remotes.computeIfPresent(remote.name(), (name, now) -> now.keeping(there));
                return remotes;
            });
        }
    }

    private void push(BranchName branch, Publication before) {
        Instant begin = publishing.now();
        try {
            publishing.publish().run(address.workspace(), address.remote(), Optional.of(branch));
            unrecorded = 0;
            if (before.failures() > 0) {
                LOG.info("{} of {} is at {} again", branch, address.workspace(), address.remote());
            }
        } catch (RuntimeException e) {
            Optional<Setback> noted =
                    noted(branch).filter(setback -> !setback.at().isBefore(begin));
            if (noted.isEmpty()) {
                LOG.warn("publishing {} of {} to {}", branch, address.workspace(), address.remote(), e);
                pause();
            } else if (isNews(before, noted.get())) {
                LOG.warn(
                        "{} of {} cannot be published to {}: {}",
                        branch,
                        address.workspace(),
                        address.remote(),
                        noted.get().why().message(),
                        e instanceof Failure ? null : e);
            }
        }
    }

    private static boolean isNews(Publication before, Setback now) {
        return before.setback().filter(s -> s.why().equals(now.why())).isEmpty();
    }

    private Optional<Setback> noted(BranchName branch) {
        return publishing
                .store()
                .find(address.workspace())
                .map(repository -> repository.remotes().get(address.remote()))
                .flatMap(remote -> remote.publication(branch).setback());
    }

    /** What could not be written down would be tried again at once, and again. */
    private void pause() {
        notBefore = publishing.now().plus(publishing.policy().pause(++unrecorded));
        ring(notBefore);
    }

    private synchronized void ring(Instant when) {
        if (when.isBefore(ringsAt)) {
            ringsAt = when;
            publishing.ring(when, this::rung);
        }
    }

    private void rung() {
        synchronized (this) {
            ringsAt = Instant.MAX;
        }
        wake();
    }
}
