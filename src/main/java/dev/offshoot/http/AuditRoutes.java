package dev.offshoot.http;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.model.WorkspaceId;
import dev.offshoot.people.AuditEntry;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The audit log, newest first: of everything for administrators of the instance, of one workspace for its own. */
final class AuditRoutes {
    private static final int LIMIT = 100;
    private static final int MOST = 1000;

    private final Doorkeeping doors;

    AuditRoutes(Doorkeeping doors) {
        this.doors = doors;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/audit", ctx -> list(ctx, Optional.empty()));
        routes.get(
                "/api/workspaces/{workspace}/audit",
                ctx -> list(ctx, doors.workspaces().apply(Parameters.workspace(ctx))));
    }

    private void list(Context ctx, Optional<WorkspaceId> workspace) {
        Query query = Query.of(ctx, Set.of("before", "limit"));
        Optional<Long> before = query.parse("before", AuditRoutes::number);
        List<AuditEntry> entries =
                doors.registry().audit().list(before, workspace, query.number("limit", LIMIT, 1, MOST));
        Answers.json(
                ctx,
                200,
                JsonObject.builder()
                        .put(
                                "entries",
                                JsonArray.of(
                                        entries.stream().map(AccountJson::of).toList()))
                        .build());
    }

    private static Long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Query.refused("before", "not the number of an entry", "give the number of the last one you have");
        }
        return Long.valueOf(text);
    }
}
