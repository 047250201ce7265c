package dev.offshoot.people;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody is in a workspace: each may do what the ones before it may. The names are ToolJet's. */
public enum Role {
    /** Reads: lists, exports, clones. */
    END_USER,
    /** Imports, changes, pushes. */
    BUILDER,
    /** Manages people, remotes and what is secret, deletes the workspace. */
    ADMIN;

    /** As ToolJet writes it: {@code end-user}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(r -> r.word().equals(word)).findFirst();
    }
}
