package dev.offshoot.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Rings once at a time or later. What it calls returns at once. */
@FunctionalInterface
interface Alarm {
    void at(Instant when, Runnable ring);

    /** A thread that exists only while somebody waits. */
    static Alarm of(Clock clock) {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, job -> {
            Thread created = new Thread(job, "offshoot-publish-alarm");
            created.setDaemon(true);
            return created;
        });
        thread.setKeepAliveTime(10, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        return (when, ring) -> {
            Duration left = Duration.between(clock.instant(), when);
            try {
                thread.schedule(ring, Math.max(left.toMillis() + 1, 1), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        };
    }
}
