package dev.offshoot.http;

import dev.offshoot.format.JsonObject;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.Attribution;
import dev.offshoot.service.Expectation;
import dev.offshoot.service.RevertJson;
import dev.offshoot.service.RevertOperation;
import dev.offshoot.service.RevertRequest;
import dev.offshoot.service.UseCases;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;

/** Going back: the state before an operation as a new commit; with {@code dry_run=true} the plan. */
final class RevertRoutes {
    private static final Set<String> FIELDS = Set.of("commit", "to", "branch", "message", "fingerprint", "confirm");

    private final UseCases use;

    RevertRoutes(UseCases use) {
        this.use = use;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/api/workspaces/{workspace}/reverts", this::run);
    }

    private void run(Context ctx) {
        boolean dryRun = Query.of(ctx, Set.of("dry_run")).flag("dry_run").orElse(false);
        WorkspaceName workspace = Parameters.workspace(ctx);
        use.showWorkspace().run(workspace);
        Fields fields = Fields.of(ctx, FIELDS);
        RevertRequest request = new RevertRequest(
                workspace,
                fields.required("commit", ObjectName::new),
                fields.optional("to", ObjectName::new),
                fields.optional("branch", BranchName::new),
                fields.optional("fingerprint", Expectation.Fingerprint::parse),
                fields.optional("confirm", ConfirmToken::new),
                new Attribution(
                        FrontDoor.caller(ctx.req()),
                        Optional.empty(),
                        Optional.empty(),
                        fields.optional("message", text -> text)));
        Answers.json(
                ctx,
                200,
                dryRun
                        ? RevertJson.of(use.revertOperation().plan(request))
                        : landed(ctx, use.revertOperation().run(request)));
    }

    private static JsonObject landed(Context ctx, RevertOperation.Done done) {
        Answers.landed(ctx, done.commit());
        return RevertJson.of(done);
    }
}
