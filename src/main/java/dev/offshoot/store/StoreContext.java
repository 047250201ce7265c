package dev.offshoot.store;

import dev.offshoot.model.WorkspaceName;
import java.nio.file.Path;

/** What the workspaces of one store share. */
record StoreContext(Path data, StoreOptions options, Background folding, Background checkouts, FaultPoint faults) {
    /** Folders with these prefixes are leftovers of a crash; workspace names never start with a dot. */
    static final String NEW = ".new-";

    static final String DELETED = ".deleted-";

    Path repositories() {
        return data.resolve("repositories");
    }

    Path repository(WorkspaceName name) {
        return repositories().resolve(name + ".git");
    }

    Path workspaces() {
        return data.resolve("workspaces");
    }

    Path checkout(WorkspaceName name) {
        return workspaces().resolve(name.value());
    }

    Path beginning(WorkspaceName name) {
        return workspaces().resolve(NEW + name);
    }
}
