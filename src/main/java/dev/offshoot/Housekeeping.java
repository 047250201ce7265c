package dev.offshoot;

import dev.offshoot.service.UseCases;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a running service looks after from time to time, beginning at its start: a process that was killed may have left something to do. */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final UseCases useCases;
    private final ScheduledExecutorService work = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread thread = new Thread(run, "housekeeping");
        thread.setDaemon(true);
        return thread;
    });

    private Housekeeping(UseCases useCases) {
        this.useCases = useCases;
    }

    static Housekeeping start(UseCases useCases) {
        Housekeeping started = new Housekeeping(useCases);
        started.work.scheduleWithFixedDelay(started::look, 0, EVERY.toMinutes(), TimeUnit.MINUTES);
        return started;
    }

    /** Work that is repeated ends with the first exception that gets out of it. */
    private void look() {
        try {
            useCases.tidySecrets().run();
        } catch (RuntimeException e) {
            LOG.warn("secrets could not be tidied; the next time tries again", e);
        }
    }

    /** Lets work under way finish. */
    @Override
    public void close() {
        work.shutdown();
        try {
            work.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
