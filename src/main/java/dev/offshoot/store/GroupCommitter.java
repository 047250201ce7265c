package dev.offshoot.store;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.store.CommitQueue.Ticket;
import dev.offshoot.store.FaultPoint.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * Lands a group of requests: chain, one pack, one ref update. A request that cannot land fails alone; when the disk fails, all
 * fail and nothing is visible.
 */
final class GroupCommitter implements CommitQueue.Committer {
    /** How long a foreign lock may stand in the way; JGit itself waits a few seconds in each attempt. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long LONGEST_WAIT_MILLIS = 200;

    private final Supplier<RepositoryView> views;
    private final PackStore packs;
    private final RefTransaction refs;
    private final FaultPoint faults;
    private final Runnable afterwards;

    /** @param afterwards runs after a group has landed and before the next may */
    GroupCommitter(
            Supplier<RepositoryView> views,
            PackStore packs,
            RefTransaction refs,
            FaultPoint faults,
            Runnable afterwards) {
        this.views = views;
        this.packs = packs;
        this.refs = refs;
        this.faults = faults;
        this.afterwards = afterwards;
    }

    @Override
    public void land(List<Ticket> group) {
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            for (int attempt = 1; !landOnce(group); attempt++) {
                if (System.nanoTime() > end) {
                    failAll(
                            group,
                            Failure.of(
                                    Reason.BUSY,
                                    "",
                                    "another program keeps the repository's refs locked",
                                    "try again later; a lock left by a crash goes away when the server is restarted"));
                    return;
                }
                pause(attempt);
            }
        } catch (IOException e) {
            failAll(group, Problems.storage("written", e));
        } catch (RuntimeException | Error e) {
            failAll(group, new Failure(Problem.of(Reason.INTERNAL, "", "the update failed unexpectedly"), e));
            throw e;
        }
    }

    private static void failAll(List<Ticket> group, Failure failure) {
        group.stream().filter(ticket -> !ticket.isDecided()).forEach(ticket -> ticket.fail(failure));
    }

    /** Somebody else, a maintenance run of Git most likely, holds a lock or has moved a branch. */
    private static void pause(int attempt) {
        try {
            TimeUnit.MILLISECONDS.sleep(Math.min(LONGEST_WAIT_MILLIS, 1L << Math.min(attempt, 20)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false when the refs have to be read again and everything chained anew */
    private boolean landOnce(List<Ticket> group) throws IOException {
        try (RepositoryView view = views.get();
                BranchChain chain = new BranchChain(view)) {
            Map<Ticket, UpdateResult> results = new LinkedHashMap<>();
            for (Ticket ticket : group) {
                if (!ticket.isDecided()) {
                    try {
                        results.put(ticket, chain.apply(ticket.prepared()));
                    } catch (Failure e) {
                        ticket.fail(e);
                    }
                }
            }
            List<ReceiveCommand> commands = chain.commands();
            if (!commands.isEmpty()) {
                Optional<Path> pack =
                        chain.objects().isEmpty() ? Optional.empty() : Optional.of(packs.write(chain.objects()));
                faults.reached(Step.BEFORE_REFS);
                if (!refs.update(commands)) {
                    if (pack.isPresent()) {
                        PackStore.remove(pack.get());
                    }
                    return false;
                }
                faults.reached(Step.AFTER_REFS);
            }
            results.forEach(Ticket::succeed);
            if (!commands.isEmpty()) {
                afterwards.run();
            }
            return true;
        }
    }
}
