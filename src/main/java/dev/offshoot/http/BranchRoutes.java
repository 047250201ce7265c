package dev.offshoot.http;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TagName;
import dev.offshoot.service.ChangeBranches;
import dev.offshoot.service.UseCases;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;

/** Branches and tags: list, create, delete, choose the default branch. Their names may have slashes. */
final class BranchRoutes {
    private static final String BRANCHES = "/api/workspaces/{workspace}/branches";
    private static final String TAGS = "/api/workspaces/{workspace}/tags";

    private final ChangeBranches branches;

    BranchRoutes(UseCases use) {
        this.branches = use.changeBranches();
    }

    void addTo(RoutesConfig routes) {
        routes.get(BRANCHES, this::listBranches);
        routes.post(BRANCHES, this::createBranch);
        routes.delete(BRANCHES + "/<name>", this::deleteBranch);
        routes.put("/api/workspaces/{workspace}/default-branch", this::makeDefault);
        routes.get(TAGS, this::listTags);
        routes.post(TAGS, this::createTag);
        routes.delete(TAGS + "/<name>", this::deleteTag);
    }

    private void listBranches(Context ctx) {
        Query.of(ctx, Set.of());
        Answers.json(ctx, 200, list("branches", branches.branches(Parameters.workspace(ctx)), true));
    }

    private void listTags(Context ctx) {
        Query.of(ctx, Set.of());
        Answers.json(ctx, 200, list("tags", branches.tags(Parameters.workspace(ctx)), false));
    }

    private void createBranch(Context ctx) {
        Query.of(ctx, Set.of());
        Fields fields = Fields.of(ctx, Set.of("name", "from"));
        ChangeBranches.Named made = branches.create(
                Parameters.workspace(ctx),
                fields.required("name", BranchName::new),
                fields.optional("from", Revision::parse).orElse(Revision.DEFAULT));
        Answers.json(ctx, 201, named(made, true));
    }

    private void makeDefault(Context ctx) {
        Query.of(ctx, Set.of());
        BranchName name = Fields.of(ctx, Set.of("name")).required("name", BranchName::new);
        Answers.json(ctx, 200, named(branches.makeDefault(Parameters.workspace(ctx), name), true));
    }

    private void createTag(Context ctx) {
        Query.of(ctx, Set.of());
        Fields fields = Fields.of(ctx, Set.of("name", "at"));
        ChangeBranches.Named made = branches.create(
                Parameters.workspace(ctx),
                fields.required("name", TagName::new),
                fields.optional("at", Revision::parse).orElse(Revision.DEFAULT));
        Answers.json(ctx, 201, named(made, false));
    }

    private void deleteBranch(Context ctx) {
        Query.of(ctx, Set.of());
        branches.delete(Parameters.workspace(ctx), Query.named("branch", ctx.pathParam("name"), BranchName::new));
        ctx.status(204);
    }

    private void deleteTag(Context ctx) {
        Query.of(ctx, Set.of());
        branches.delete(Parameters.workspace(ctx), Query.named("tag", ctx.pathParam("name"), TagName::new));
        ctx.status(204);
    }

    private static JsonObject list(String key, List<ChangeBranches.Named> all, boolean isBranch) {
        return JsonObject.builder()
                .put(key, JsonArray.of(all.stream().map(n -> named(n, isBranch)).toList()))
                .build();
    }

    private static JsonObject named(ChangeBranches.Named named, boolean isBranch) {
        JsonObject.Builder json = JsonObject.builder()
                .put("name", named.name())
                .put("commit", named.commit().value());
        return isBranch ? json.put("default", JsonValue.of(named.isDefault())).build() : json.build();
    }
}
