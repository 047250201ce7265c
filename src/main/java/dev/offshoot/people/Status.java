package dev.offshoot.people;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether an account, or its place in a workspace, counts. Only {@link #ACTIVE} lets anybody do anything. The names are ToolJet's. */
public enum Status {
    ACTIVE,
    INVITED,
    ARCHIVED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Status> of(String word) {
        return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
    }
}
