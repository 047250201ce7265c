package dev.offshoot.http;

import dev.offshoot.format.JsonObject;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import dev.offshoot.service.ConfigurationJson;
import dev.offshoot.service.DefinitionRequest;
import dev.offshoot.service.DeleteDefinition;
import dev.offshoot.service.ExportDefinition;
import dev.offshoot.service.ListDefinitions;
import dev.offshoot.service.ShowDefinition;
import dev.offshoot.service.UseCases;
import dev.offshoot.store.CommitInfo;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Definitions: list, show, versions, history, export, delete; at any branch, tag or commit. */
final class DefinitionRoutes {
    private static final String ONE = "/api/workspaces/{workspace}/definitions/{platform}/{kind}/{name}";
    private static final Set<String> STATE = Set.of("ref", "branch");
    private static final Set<String> LIST = Set.of("ref", "branch", "limit", "after");
    private static final int MOST_LISTED = 1000;
    private static final Set<String> EXPORT = Set.of("ref", "branch", "version", "versions", "tables", "secrets");

    private static final Logger LOG = LoggerFactory.getLogger(DefinitionRoutes.class);

    private final UseCases use;

    DefinitionRoutes(UseCases use) {
        this.use = use;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/workspaces/{workspace}/definitions", this::list);
        routes.get(ONE, this::show);
        routes.delete(ONE, this::delete);
        routes.get(ONE + "/versions", this::versions);
        routes.get(ONE + "/history", this::history);
        routes.get(ONE + "/configuration", this::configuration);
        routes.put(ONE + "/configuration", this::configure);
        routes.get(ONE + "/export", this::export);
        routes.get("/api/workspaces/{workspace}/export", this::exportAny);
    }

    private void list(Context ctx) {
        Query query = Query.of(ctx, LIST);
        var workspace = Parameters.workspace(ctx);
        int limit = query.number("limit", MOST_LISTED, 1, MOST_LISTED);
        Optional<TreePath> after = query.parse("after", TreePath::of);
        ListDefinitions.Listing listing = use.listDefinitions().run(workspace, Parameters.revision(query));
        Answers.json(ctx, 200, Views.definitions(workspace, listing, after, limit));
    }

    private void show(Context ctx) {
        DefinitionRequest request = Parameters.definition(ctx, Query.of(ctx, STATE));
        ShowDefinition.View view = use.showDefinition().run(request);
        Answers.tagged(ctx, view.tag());
        if (Answers.hasAlready(ctx, view.tag())) {
            ctx.status(304);
        } else {
            Answers.json(ctx, 200, Views.definition(request.workspace(), view));
        }
    }

    private void configuration(Context ctx) {
        DefinitionRequest request = Parameters.definition(ctx, Query.of(ctx, STATE));
        Answers.json(ctx, 200, ConfigurationJson.of(use.showConfiguration().run(request)));
    }

    private void configure(Context ctx) {
        DefinitionRequest request = Parameters.definition(ctx, Query.of(ctx, STATE));
        use.configureDefinition().run(request, Fields.any(ctx));
        Answers.json(ctx, 200, ConfigurationJson.of(use.showConfiguration().run(request)));
    }

    private void delete(Context ctx) {
        Query query = Query.of(ctx, Set.of("branch", "author", "date", "message", "confirm", "dry_run", "secrets"));
        DeleteDefinition.Request request = new DeleteDefinition.Request(
                Parameters.workspace(ctx),
                Parameters.branch(query),
                Parameters.address(ctx),
                query.parse("confirm", ConfirmToken::new),
                Parameters.attribution(ctx, query),
                query.parse("secrets", DefinitionRoutes::removes).orElse(false));
        if (query.flag("dry_run").orElse(false)) {
            Answers.json(ctx, 200, Views.deletion(use.deleteDefinition().plan(request)));
            return;
        }
        DeleteDefinition.Removed removed = use.deleteDefinition().run(request);
        Answers.landed(ctx, removed.commit());
        Answers.json(
                ctx,
                200,
                JsonObject.builder()
                        .put("commit", removed.commit().value())
                        .put("before", removed.before().value())
                        .build());
    }

    private void versions(Context ctx) {
        DefinitionRequest request = Parameters.definition(ctx, Query.of(ctx, STATE));
        Answers.json(ctx, 200, Views.versions(use.showDefinition().run(request)));
    }

    private void history(Context ctx) {
        Query query = Query.of(ctx, Set.of("ref", "branch", "after", "limit"));
        DefinitionRequest request = Parameters.definition(ctx, query);
        int limit = query.number("limit", 50, 1, 500);
        Optional<ObjectName> after = query.parse("after", ObjectName::new);
        List<CommitInfo> commits = use.definitionHistory().run(request, after, limit);
        Answers.json(ctx, 200, Views.history(commits));
    }

    private void export(Context ctx) {
        Query query = Query.of(ctx, EXPORT);
        answer(ctx, Parameters.definition(ctx, query), query);
    }

    /** By address, for documents that no single definition is: everything of a platform. */
    private void exportAny(Context ctx) {
        Set<String> known = new HashSet<>(EXPORT);
        known.add("document");
        Query query = Query.of(ctx, known);
        TreePath address = query.parse("document", TreePath::of)
                .filter(path -> !path.isRoot())
                .orElseThrow(() -> Query.refused("document", "missing", "for example document=appbuilder"));
        answer(ctx, new DefinitionRequest(Parameters.workspace(ctx), Parameters.revision(query), address), query);
    }

    private void answer(Context ctx, DefinitionRequest request, Query query) {
        if (query.parse("secrets", DefinitionRoutes::includes).orElse(false)) {
            answerWithSecrets(ctx, request, query);
            return;
        }
        ExportDefinition.Export export =
                use.exportDefinition().run(request, part(query), tag -> Answers.hasAlready(ctx, tag));
        Answers.tagged(ctx, export.tag());
        ctx.header("X-Offshoot-Commit", export.commit().value());
        export.document()
                .ifPresentOrElse(document -> Answers.download(ctx, document, export.fileName()), () -> ctx.status(304));
    }

    private void answerWithSecrets(Context ctx, DefinitionRequest request, Query query) {
        sayWhoReadsSecrets(ctx, request);
        ExportDefinition.Export export = use.exportDefinition().withSecrets(request, part(query));
        ctx.header("Cache-Control", "no-store");
        ctx.header("X-Offshoot-Commit", export.commit().value());
        Answers.download(ctx, export.document().orElseThrow(), export.fileName());
    }

    /** Who may see secrets the table of routes says; who did is in the log. */
    private static void sayWhoReadsSecrets(Context ctx, DefinitionRequest request) {
        LOG.info(
                "request {}: {} reads the secrets of {} in {}",
                FrontDoor.requestId(ctx.req()),
                FrontDoor.caller(ctx.req()).name(),
                request.address(),
                request.workspace());
    }

    private static boolean removes(String secrets) {
        return switch (secrets) {
            case "keep" -> false;
            case "remove" -> true;
            default -> throw Query.refused("secrets", "unknown", "use remove, or keep (default)");
        };
    }

    private static boolean includes(String secrets) {
        return switch (secrets) {
            case "include" -> true;
            case "withhold" -> false;
            default -> throw Query.refused("secrets", "unknown", "use include, or withhold (default)");
        };
    }

    private static ExportDefinition.Part part(Query query) {
        Optional<String> version = query.text("version");
        query.parse("versions", value -> {
            if (!value.equals("all") || version.isPresent()) {
                throw Query.refused("versions", "give versions=all, or version=<name>, or neither", "");
            }
            return value;
        });
        return new ExportDefinition.Part(version, query.flag("tables"));
    }
}
