package dev.offshoot.store;

import dev.offshoot.model.WorkspaceName;
import java.time.Instant;
import java.util.UUID;

/** What is known of a workspace without opening its history. The id never changes, whatever the name does. */
public record WorkspaceInfo(WorkspaceName name, UUID id, Instant createdAt) {}
