package dev.offshoot.http;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteName;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.Secret;
import dev.offshoot.service.ChangeRemotes;
import dev.offshoot.service.PublishBranch;
import dev.offshoot.service.UseCases;
import dev.offshoot.store.BranchSelection;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;

/** Remotes of a workspace, and pushes to them. */
final class RemoteRoutes {
    private static final String REMOTES = "/api/workspaces/{workspace}/remotes";
    private static final String REMOTE = REMOTES + "/{name}";
    private static final String PUBLISH = "publish";

    private final ChangeRemotes remotes;
    private final PublishBranch publish;

    RemoteRoutes(UseCases use) {
        this.remotes = use.changeRemotes();
        this.publish = use.publishBranch();
    }

    void addTo(RoutesConfig routes) {
        routes.get(REMOTES, this::list);
        routes.get(REMOTE, this::show);
        routes.put(REMOTE, this::put);
        routes.delete(REMOTE, this::delete);
        routes.post(REMOTE + "/push", this::push);
    }

    private void list(Context ctx) {
        Query.of(ctx, Set.of());
        JsonArray all = JsonArray.of(remotes.list(Parameters.workspace(ctx)).stream()
                .map(RemoteJson::summary)
                .toList());
        Answers.json(ctx, 200, JsonObject.builder().put("remotes", all).build());
    }

    private void show(Context ctx) {
        Query.of(ctx, Set.of());
        Answers.json(ctx, 200, RemoteJson.whole(remotes.show(Parameters.workspace(ctx), name(ctx))));
    }

    private void put(Context ctx) {
        Query.of(ctx, Set.of());
        RemoteName name = name(ctx);
        Fields fields = Fields.of(ctx, Set.of("url", "user", "password", "publish"));
        ChangeRemotes.Shown shown = remotes.put(
                Parameters.workspace(ctx),
                name,
                fields.required("url", RemoteRoutes::url),
                fields.optional("user", text -> text).orElse(""),
                fields.optional("password", Secret::of),
                publish(fields));
        Answers.json(ctx, 200, RemoteJson.whole(shown));
    }

    private static Optional<BranchSelection> publish(Fields fields) {
        if (!fields.has(PUBLISH)) {
            return Optional.empty();
        }
        return Optional.of(
                fields.isText(PUBLISH)
                        ? fields.required(PUBLISH, RemoteRoutes::all)
                        : BranchSelection.of(fields.list(PUBLISH).stream()
                                .map(name -> Query.named("/" + PUBLISH, name, BranchName::new))
                                .toList()));
    }

    private static BranchSelection all(String text) {
        if (text.equals(RemoteJson.ALL)) {
            return BranchSelection.ALL;
        }
        throw Failure.of(
                Reason.INVALID_PARAMETER,
                "/" + PUBLISH,
                "neither \"all\" nor a list of branches",
                "send \"all\", or branches such as [\"main\"], or [] for none");
    }

    private static RemoteUrl.Http url(String text) {
        if (RemoteUrl.parse(text) instanceof RemoteUrl.Http http) {
            return http;
        }
        throw Failure.of(
                Reason.INVALID_PARAMETER,
                "url",
                "folders of the server's machine cannot be pushed to",
                "write https://host/path/to/repository.git");
    }

    private void delete(Context ctx) {
        Query.of(ctx, Set.of());
        remotes.delete(Parameters.workspace(ctx), name(ctx));
        ctx.status(204);
    }

    private void push(Context ctx) {
        Query.of(ctx, Set.of());
        RemoteName name = name(ctx);
        Fields fields = Fields.of(ctx, Set.of("branch"));
        PublishBranch.Done done =
                publish.run(Parameters.workspace(ctx), name, fields.optional("branch", BranchName::new));
        Answers.json(
                ctx,
                200,
                JsonObject.builder()
                        .put("remote", done.remote().name().value())
                        .put("url", done.remote().url().toString())
                        .put("branch", done.branch().value())
                        .put("commit", done.published().commit().value())
                        .put("moved", JsonValue.of(done.published().moved()))
                        .build());
    }

    private static RemoteName name(Context ctx) {
        return Query.named("remote", ctx.pathParam("name"), RemoteName::new);
    }
}
