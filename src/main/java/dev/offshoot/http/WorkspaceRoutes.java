package dev.offshoot.http;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.Limits;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.UseCases;
import dev.offshoot.store.WorkspaceInfo;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Set;

/** Workspaces: create, list, show, delete. */
final class WorkspaceRoutes {
    private static final int BODY_LIMIT = 64 * 1024;

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
        WorkspaceInfo info = use.createWorkspace().run(nameIn(Body.read(ctx, BODY_LIMIT)), FrontDoor.caller(ctx.req()));
        ctx.header("Location", Urls.workspace(info.name()));
        Answers.json(ctx, 201, Views.workspace(info));
    }

    private static WorkspaceName nameIn(byte[] body) {
        if (!(JsonReader.read(body, Limits.DEFAULT.withMaxDepth(8)) instanceof JsonObject object)) {
            throw Failure.of(Reason.INVALID_PARAMETER, "", "the body is not an object", "send {\"name\": \"…\"}");
        }
        object.keys().stream().filter(key -> !key.equals("name")).findFirst().ifPresent(key -> {
            throw Failure.of(Reason.INVALID_PARAMETER, "/" + key, "unknown member", "send {\"name\": \"…\"}");
        });
        String name = object.text("name")
                .orElseThrow(() -> Failure.of(
                        Reason.INVALID_PARAMETER, "/name", "the name is missing or no text", "send {\"name\": \"…\"}"));
        return Query.named("/name", name, WorkspaceName::new);
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
