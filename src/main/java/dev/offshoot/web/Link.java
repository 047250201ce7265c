package dev.offshoot.web;

import dev.offshoot.model.WorkspaceName;
import dev.offshoot.wire.Percent;
import java.util.regex.Pattern;

/** A place on our own page. Nothing else can be linked to, sent to or loaded. */
record Link(String value) {
    private static final Pattern FORM = Pattern.compile("#[a-z-]+|/|(/[A-Za-z0-9_.-]+)+(\\?[A-Za-z0-9_.~%=&-]*)?");

    static final Link HOME = new Link("/");
    static final Link SESSION = new Link("/session");
    static final Link SESSION_END = new Link("/session/end");
    static final Link WORKSPACES = new Link("/workspaces");

    Link {
        if (!isOurs(value)) {
            throw new IllegalArgumentException("no place on our page");
        }
    }

    /** True for a path on this server: no scheme, no host, no dot segment. A fragment alone is a place on the same page. */
    static boolean isOurs(String text) {
        return FORM.matcher(text).matches() && !text.contains("/.");
    }

    static Link workspace(WorkspaceName name) {
        return WORKSPACES.child(name.value());
    }

    Link child(String segment) {
        return new Link(value + "/" + Percent.encode(segment));
    }

    /** The same place with one more parameter. */
    Link with(String parameter, String text) {
        return new Link(value + (value.contains("?") ? "&" : "?") + parameter + "=" + Percent.encode(text));
    }

    @Override
    public String toString() {
        return value;
    }
}
