package dev.offshoot.wire;

/** How a route says which commit came of a request: as an attribute of it, for the audit log. */
public final class Landed {
    /** Name of the attribute; its value is the full name of the commit. */
    public static final String ATTRIBUTE = Landed.class.getName();

    private Landed() {}
}
