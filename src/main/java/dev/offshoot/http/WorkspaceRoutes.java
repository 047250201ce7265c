package dev.offshoot.http;

import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.UseCases;
import dev.offshoot.store.WorkspaceInfo;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Set;

/** Workspaces: create, list, show, delete. */
final class WorkspaceRoutes {
    private final UseCases use;

    WorkspaceRoutes(UseCases use) {
        this.use = use;
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
        Answers.json(ctx, 200, Views.workspaces(use.listWorkspaces().run()));
    }

    private void show(Context ctx) {
        Query.of(ctx, Set.of());
        Answers.json(ctx, 200, Views.workspace(use.showWorkspace().run(Parameters.workspace(ctx))));
    }

    private void delete(Context ctx) {
        Query.of(ctx, Set.of());
        use.deleteWorkspace().run(Parameters.workspace(ctx));
        ctx.status(204);
    }
}
