package dev.offshoot.store;

import dev.offshoot.model.ObjectName;

/**
 * What a push did.
 *
 * @param commit where the branch stands there now
 * @param moved false when it stood there already
 */
public record Published(ObjectName commit, boolean moved) {}
