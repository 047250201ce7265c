package dev.offshoot.people;

import dev.offshoot.model.ObjectName;
import dev.offshoot.model.WorkspaceId;
import java.time.Instant;
import java.util.Optional;

/** One thing that somebody did or tried, in the order in which it began. */
public record AuditEntry(long number, Instant at, Event event) {
    /** Status of what has not ended; also of what the end of the process cut off. */
    public static final int UNDER_WAY = 0;

    /**
     * What happened.
     *
     * @param request id of the request, as in the log
     * @param account empty for the instance's own token and for strangers
     * @param who the name at that time; of an erased person only that there was one
     * @param action method and route, such as {@code POST /api/workspaces/{workspace}/imports}
     * @param status of the answer, or {@link #UNDER_WAY}
     * @param commit that came of it
     */
    public record Event(
            String request,
            Optional<AccountId> account,
            String who,
            String action,
            Optional<WorkspaceId> workspace,
            int status,
            Optional<ObjectName> commit) {}
}
