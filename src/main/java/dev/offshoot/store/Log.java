package dev.offshoot.store;

import java.lang.System.Logger.Level;

/** What the background has to say: one line for everybody, the stack for who looks for it. */
final class Log {
    private static final System.Logger LOG = System.getLogger("dev.offshoot.store");

    private Log() {}

    static void warn(String what, Throwable why) {
        Throwable root = why;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        LOG.log(Level.WARNING, what + ": " + root);
        LOG.log(Level.DEBUG, what, why);
    }
}
