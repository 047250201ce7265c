package dev.offshoot.access;

import dev.offshoot.people.Role;
import dev.offshoot.people.Scope;

/** What somebody may do in a workspace; each includes the ones before it. */
public enum Right {
    /** See what there is: list, export, compare, clone. */
    READ,
    /** Change definitions: import, revert, delete, push, enter credentials. */
    WRITE,
    /** Decide for others: remotes, secrets in the open, the end of the workspace. */
    MANAGE;

    static Right of(Role role) {
        return switch (role) {
            case END_USER -> READ;
            case BUILDER -> WRITE;
            case ADMIN -> MANAGE;
        };
    }

    static Right of(Scope scope) {
        return switch (scope) {
            case READ -> READ;
            case WRITE -> WRITE;
            case ADMIN -> MANAGE;
        };
    }

    boolean includes(Right other) {
        return compareTo(other) >= 0;
    }
}
