package dev.offshoot.http;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.Definition;
import dev.offshoot.layout.VersionHeader;
import dev.offshoot.model.Problem;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.DeleteDefinition;
import dev.offshoot.service.ListDefinitions;
import dev.offshoot.service.PlanJson;
import dev.offshoot.service.ShowDefinition;
import dev.offshoot.service.ShowWorkspace;
import dev.offshoot.store.CheckoutState;
import dev.offshoot.store.CommitInfo;
import dev.offshoot.store.WorkspaceInfo;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What clients see of the service's values. */
final class Views {
    private Views() {}

    static JsonObject problem(Problem problem) {
        return PlanJson.problem(problem);
    }

    static JsonObject workspace(WorkspaceInfo info) {
        return JsonObject.builder()
                .put("name", info.name().value())
                .put("id", info.id().toString())
                .put("createdAt", info.createdAt().toString())
                .put("url", "/api/workspaces/" + info.name())
                .put("git", "/git/" + info.name() + ".git")
                .build();
    }

    static JsonObject workspaces(List<WorkspaceInfo> all) {
        return JsonObject.builder()
                .put("workspaces", list(all, Views::workspace))
                .build();
    }

    static JsonObject workspace(ShowWorkspace.View view) {
        return JsonObject.builder()
                .putAll(workspace(view.info()))
                .put("defaultBranch", view.defaultBranch().value())
                .put("commit", view.commit().value())
                .put("branches", list(view.branches(), b -> new JsonString(b.value())))
                .put("checkout", checkout(view.checkout()))
                .build();
    }

    private static JsonObject checkout(CheckoutState state) {
        JsonObject.Builder json = JsonObject.builder()
                .put("status", state.status().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        state.commit().ifPresent(commit -> json.put("commit", commit.value()));
        if (!state.reason().isEmpty()) {
            json.put("reason", state.reason());
        }
        return json.build();
    }

    static JsonObject definition(WorkspaceName workspace, Definition definition) {
        JsonObject.Builder json = JsonObject.builder()
                .put("address", definition.address().value())
                .put("kind", definition.header().kind())
                .put("name", definition.header().name());
        definition.header().id().ifPresent(id -> json.put("id", id));
        return json.put("url", Urls.definition(workspace, definition.address())).build();
    }

    /** A page of them, by address; {@code next} is what to ask for after it. */
    static JsonObject definitions(
            WorkspaceName workspace, ListDefinitions.Listing listing, Optional<TreePath> after, int limit) {
        List<Definition> rest = listing.definitions().stream()
                .sorted(Comparator.comparing(Definition::address))
                .filter(d -> after.isEmpty() || d.address().compareTo(after.get()) > 0)
                .toList();
        List<Definition> page = rest.subList(0, Math.min(limit, rest.size()));
        JsonObject.Builder json = JsonObject.builder()
                .put("commit", listing.commit().value())
                .put("definitions", list(page, d -> definition(workspace, d)));
        if (page.size() < rest.size()) {
            json.put("next", page.get(page.size() - 1).address().value());
        }
        return json.build();
    }

    static JsonObject definition(WorkspaceName workspace, ShowDefinition.View view) {
        JsonObject.Builder json = JsonObject.builder()
                .putAll(definition(workspace, view.definition()))
                .put("commit", view.commit().value())
                .put("tag", view.tag().value())
                .put("versions", list(view.versions(), Views::version));
        view.origin().ifPresent(origin -> json.put("origin", origin.json()));
        return json.build();
    }

    static JsonObject deletion(DeleteDefinition.DeletionPlan plan) {
        JsonObject.Builder json = JsonObject.builder()
                .put("base", plan.base().value())
                .put("removals", PlanJson.removals(plan.removals()));
        plan.confirm().ifPresent(token -> json.put("confirm", token.value()));
        return json.build();
    }

    static JsonObject versions(ShowDefinition.View view) {
        return JsonObject.builder()
                .put("commit", view.commit().value())
                .put("versions", list(view.versions(), Views::version))
                .build();
    }

    private static JsonObject version(VersionHeader version) {
        JsonObject.Builder json = JsonObject.builder()
                .put("name", version.name())
                .put("address", version.address().value());
        version.id().ifPresent(id -> json.put("id", id));
        return json.build();
    }

    static JsonObject history(List<CommitInfo> commits) {
        return JsonObject.builder().put("commits", list(commits, Views::commit)).build();
    }

    private static JsonObject commit(CommitInfo commit) {
        return JsonObject.builder()
                .put("id", commit.id().value())
                .put("message", commit.message().strip())
                .put(
                        "author",
                        JsonObject.builder()
                                .put("name", commit.author().name())
                                .put("email", commit.author().email())
                                .build())
                .put("when", commit.when().toString())
                .put("parents", list(commit.parents(), p -> new JsonString(p.value())))
                .build();
    }

    private static <T> JsonArray list(Collection<T> items, Function<T, JsonValue> view) {
        return JsonArray.of(items.stream().map(view).toList());
    }
}
