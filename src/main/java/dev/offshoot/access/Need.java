package dev.offshoot.access;

/** What a route asks of its caller. */
public sealed interface Need {
    /** Nothing: everybody on the network may. */
    record Nothing() implements Need {}

    /** That it is known who calls. */
    record SomeCaller() implements Need {}

    /** A right in the workspace that the path names. */
    record InWorkspace(Right right) implements Need {}

    /** To be an administrator of the instance. */
    record Administrator() implements Need {}
}
