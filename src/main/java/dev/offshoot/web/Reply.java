package dev.offshoot.web;

/** What a visit is answered with. */
sealed interface Reply {
    /** A page. */
    record Show(int status, Html page) implements Reply {}

    /** Another place, asked for with GET: what was sent is not sent again when the page is loaded again. */
    record GoTo(Link place) implements Reply {}

    /** The answer has been written. */
    record Written() implements Reply {}
}
