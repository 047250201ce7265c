package dev.offshoot.http;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.format.Limits;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.DefinitionName;
import dev.offshoot.service.ImportTogether;
import dev.offshoot.service.RepositoryJson;
import dev.offshoot.service.UseCases;
import dev.offshoot.wire.Admission;
import dev.offshoot.wire.DocumentLimit;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Imports of several documents in one commit. */
final class TogetherRoutes {
    private static final Set<String> MEMBERS = Set.of("target", "name", "document");
    private static final String EXAMPLE = "send {\"imports\": [{\"target\": \"tooljet/apps/crm\", \"document\": {…}}]}";

    private final UseCases use;
    private final Admission admission;
    private final DocumentLimit limit;

    TogetherRoutes(UseCases use, Admission admission, DocumentLimit limit) {
        this.use = use;
        this.admission = admission;
        this.limit = limit;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/api/workspaces/{workspace}/imports/together", this::run);
    }

    private void run(Context ctx) {
        Query query = Query.of(ctx, Set.of("branch", "confirm", "author", "date", "message"));
        WorkspaceName workspace = Parameters.workspace(ctx);
        use.showWorkspace().run(workspace);
        var branch = Parameters.branch(query);
        var confirm = query.parse("confirm", ConfirmToken::new);
        var by = Parameters.attribution(ctx, query);
        try (Admission.Pass room = admission.admit(Body.expectedSize(ctx, limit))) {
            List<ImportTogether.Item> items = items(Body.readDocument(ctx, limit));
            Answers.json(
                    ctx,
                    200,
                    RepositoryJson.of(use.importTogether()
                            .run(new ImportTogether.Request(workspace, branch, items, confirm, by))));
        }
    }

    private static List<ImportTogether.Item> items(byte[] body) {
        JsonValue sent = JsonReader.read(body, Limits.DEFAULT.withMaxBytes(Math.max(1, body.length)));
        if (!(sent instanceof JsonObject object)
                || !object.keys().equals(List.of("imports"))
                || object.array("imports").filter(list -> !list.isEmpty()).isEmpty()) {
            throw Failure.of(Reason.INVALID_PARAMETER, "/imports", "a list of imports is expected here", EXAMPLE);
        }
        List<ImportTogether.Item> items = new ArrayList<>();
        for (JsonValue item : object.array("imports").orElse(JsonArray.EMPTY).items()) {
            items.add(item(item, "/imports/" + items.size()));
        }
        return items;
    }

    private static ImportTogether.Item item(JsonValue value, String at) {
        if (!(value instanceof JsonObject item) || !item.has("document") || !MEMBERS.containsAll(item.keys())) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    at,
                    "an object of document, and target or name, is expected here",
                    EXAMPLE);
        }
        return new ImportTogether.Item(
                item.text("target").map(TreePath::of),
                item.text("name").map(DefinitionName::new),
                JsonWriter.compact(item.get("document").orElseThrow()));
    }
}
