package dev.offshoot.access;

import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.WorkspaceId;
import dev.offshoot.model.WorkspaceName;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Decides whether a caller may take a route: no by default. */
public final class Guard {
    private final Function<WorkspaceName, Optional<WorkspaceId>> workspaces;

    /** @param workspaces which there are now */
    public Guard(Function<WorkspaceName, Optional<WorkspaceId>> workspaces) {
        this.workspaces = workspaces;
    }

    /**
     * Why a caller may not take a route; empty when they may. A workspace that somebody may not see does not exist for them.
     *
     * @param caller empty for a stranger
     */
    public Optional<Problem> refusal(Optional<Caller> caller, Route route, String path) {
        if (route.need() instanceof Need.Nothing) {
            return Optional.empty();
        }
        if (caller.isEmpty()) {
            return Optional.of(Problem.of(Reason.UNAUTHENTICATED, "", "it is not known who calls"));
        }
        if (route.need() instanceof Need.InWorkspace inWorkspace) {
            return refusal(caller.get(), inWorkspace.right(), route.workspace(path));
        }
        return route.need() instanceof Need.Administrator && !caller.get().isAdministrator()
                ? Optional.of(Problem.of(Reason.FORBIDDEN, "", "only administrators of this instance may do this"))
                : Optional.empty();
    }

    private Optional<Problem> refusal(Caller caller, Right right, Optional<WorkspaceName> name) {
        if (caller.isAdministrator()) {
            return Optional.empty();
        }
        Optional<WorkspaceId> id = name.flatMap(workspaces);
        if (id.filter(w -> caller.may(Right.READ, w)).isEmpty()) {
            return Optional.of(new Problem(
                    Reason.NOT_FOUND,
                    "workspace",
                    "there is no workspace " + name.map(n -> "'" + n + "' ").orElse("of that name ") + "for you",
                    "GET /api/workspaces lists those you may see"));
        }
        return caller.may(right, id.get())
                ? Optional.empty()
                : Optional.of(new Problem(
                        Reason.FORBIDDEN,
                        "workspace",
                        "this takes the right to " + right.name().toLowerCase(Locale.ROOT) + " in '"
                                + name.orElseThrow() + "', which you or your token do not have",
                        "ask an administrator of the workspace"));
    }

    /** The workspace that a path of a route names, if there is one. */
    public Optional<WorkspaceId> workspace(Route route, String path) {
        return route.workspace(path).flatMap(workspaces);
    }
}
