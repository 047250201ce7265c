package dev.offshoot.store;

import java.io.IOException;

/** Called between the steps of everything that writes, so that tests can fail or stop at each of them. */
@FunctionalInterface
interface FaultPoint {
    FaultPoint NONE = step -> {};

    enum Step {
        PACK_OPENED,
        PACK_WRITTEN,
        PACK_FORCED,
        PACK_NAMED,
        INDEX_NAMED,
        BEFORE_REFS,
        AFTER_REFS,
        FOLD_WRITTEN,
        FOLD_RETIRING,
        CREATE_WRITTEN,
        DELETE_RENAMED,
        DEFAULT_WRITTEN,
        CHECKOUT_STARTED,
        CHECKOUT_BRANCH,
        CHECKOUT_LOCKING,
        CHECKOUT_FILE,
        CHECKOUT_INDEX,
        CHECKOUT_REFS,
        RESTORE_SHOWING,
        RESTORE_SHOWN
    }

    /** May throw to simulate a failure of this step. */
    void reached(Step step) throws IOException;
}
