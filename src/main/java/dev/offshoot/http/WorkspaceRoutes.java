package dev.offshoot.http;

import dev.offshoot.access.Caller;
import dev.offshoot.access.Right;
import dev.offshoot.model.WorkspaceId;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.UseCases;
import dev.offshoot.store.WorkspaceInfo;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;

/** Workspaces: create, list, show, delete. */
final class WorkspaceRoutes {
    private final UseCases use;
    private final Doorkeeping doors;

    WorkspaceRoutes(UseCases use, Doorkeeping doors) {
        this.use = use;
        this.doors = doors;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/api/workspaces", this::create);
        routes.get("/api/workspaces", this::list);
        routes.get("/api/workspaces/{workspace}", this::show);
        routes.delete("/api/workspaces/{workspace}", this::delete);
    }

    private void create(Context ctx) {
        Query.of(ctx, Set.of());
        WorkspaceInfo info = use.createWorkspace()
                .run(Fields.of(ctx, Set.of("name")).required("name", WorkspaceName::new), FrontDoor.caller(ctx.req()));
        ctx.header("Location", Urls.workspace(info.name()));
        Answers.json(ctx, 201, Views.workspace(info));
    }

    private void list(Context ctx) {
        Query.of(ctx, Set.of());
        Caller caller = FrontDoor.who(ctx.req());
        Answers.json(
                ctx,
                200,
                Views.workspaces(use.listWorkspaces().run().stream()
                        .filter(info -> caller.may(Right.READ, new WorkspaceId(info.id())))
                        .toList()));
    }

    private void show(Context ctx) {
        Query.of(ctx, Set.of());
        Answers.json(ctx, 200, Views.workspace(use.showWorkspace().run(Parameters.workspace(ctx))));
    }

    private void delete(Context ctx) {
        Query.of(ctx, Set.of());
        WorkspaceName name = Parameters.workspace(ctx);
        Optional<WorkspaceId> id = doors.workspaces().apply(name);
        use.deleteWorkspace().run(name);
        id.ifPresent(doors.registry().people()::forget);
        ctx.status(204);
    }
}
