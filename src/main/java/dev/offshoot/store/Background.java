package dev.offshoot.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread for work nobody waits for. It exists only while there is work; jobs of one key wait at most once. */
final class Background implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;
    private final Set<Object> queued = ConcurrentHashMap.newKeySet();

    Background(String name) {
        executor = new ScheduledThreadPoolExecutor(1, job -> {
            Thread thread = new Thread(job, "offshoot-" + name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(10, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs a job soon, unless one of the same key is waiting already. A job that has begun does not count as waiting. */
    void submit(Object key, Runnable job) {
        if (queued.add(key)) {
            try {
                executor.execute(() -> {
                    queued.remove(key);
                    run(job);
                });
            } catch (RejectedExecutionException e) {
                queued.remove(key); // closing: the work is found again at the next start
            }
        }
    }

    private static void run(Runnable job) {
        try {
            job.run();
        } catch (RuntimeException e) {
            Log.warn("background work failed", e);
        }
    }

    void submitLater(Object key, Runnable job, long delayMillis) {
        try {
            executor.schedule(() -> submit(key, job), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // closing
        }
    }

    /** Drops what waits; what runs may finish. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
