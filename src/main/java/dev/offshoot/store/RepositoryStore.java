package dev.offshoot.store;

import dev.offshoot.model.Person;
import dev.offshoot.model.WorkspaceName;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** All workspaces of an instance: the seam behind which storage lives. */
public interface RepositoryStore extends AutoCloseable {
    List<WorkspaceInfo> list();

    /**
     * Creates an empty workspace whose default branch ({@code main}) has one commit holding {@code offshoot.yaml} and
     * {@code .gitattributes}.
     *
     * @throws dev.offshoot.model.Failure {@code ALREADY_EXISTS}
     */
    WorkspaceRepository create(WorkspaceName name, UUID id, Person creator);

    Optional<WorkspaceRepository> find(WorkspaceName name);

    /**
     * Deletes a workspace with its history. Calls and clones under way may finish first (half a minute at most); later use of what was
     * found before fails with {@code NOT_FOUND}.
     *
     * @throws dev.offshoot.model.Failure {@code NOT_FOUND}
     */
    void delete(WorkspaceName name);

    /**
     * Tells of every workspace whose branches have moved, from now on and after they have.
     *
     * @param moved returns at once: whoever commits waits for it. Replaces an earlier one
     */
    void watch(Consumer<WorkspaceName> moved);

    @Override
    void close();
}
