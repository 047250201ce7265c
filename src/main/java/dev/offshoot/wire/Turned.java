package dev.offshoot.wire;

import dev.offshoot.model.Problem;

/**
 * Why the front door turned a request of the page away: as an attribute of the request under the name of this class, so that the page
 * says it in its own way. No handler sees such a request.
 */
public sealed interface Turned {
    /** There is no such route, or none for this method. */
    record NoRoute(int status) implements Turned {}

    /** The caller may not. */
    record Refused(Problem problem) implements Turned {}
}
