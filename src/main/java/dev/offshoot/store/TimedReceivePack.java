package dev.offshoot.store;

import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ConnectivityChecker;
import org.eclipse.jgit.transport.ReceivePack;

/** JGit's side of a push; how long it looks for what a push refers to is bounded, too. */
final class TimedReceivePack extends ReceivePack {
    TimedReceivePack(Repository repository, PushDeadline deadline) {
        super(repository);
        ConnectivityChecker walk = connectivityChecker;
        connectivityChecker = (info, haves, progress) -> walk.checkConnectivity(info, haves, timed(progress, deadline));
    }

    private static ProgressMonitor timed(ProgressMonitor shown, PushDeadline deadline) {
        return new ProgressMonitor() {
            @Override
            public void start(int tasks) {
                shown.start(tasks);
            }

            @Override
            public void beginTask(String title, int work) {
                shown.beginTask(title, work);
            }

            @Override
            public void update(int completed) {
                deadline.check();
                shown.update(completed);
            }

            @Override
            public void endTask() {
                shown.endTask();
            }

            @Override
            public boolean isCancelled() {
                deadline.check();
                return shown.isCancelled();
            }

            @Override
            public void showDuration(boolean enabled) {
                shown.showDuration(enabled);
            }
        };
    }
}
