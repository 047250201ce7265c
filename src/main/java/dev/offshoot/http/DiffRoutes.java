package dev.offshoot.http;

import dev.offshoot.diff.ComparisonJson;
import dev.offshoot.diff.ComparisonMarkdown;
import dev.offshoot.diff.Noise;
import dev.offshoot.format.JsonObject;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.Attribution;
import dev.offshoot.service.CompareStates;
import dev.offshoot.service.Expectation;
import dev.offshoot.service.ImportRequest;
import dev.offshoot.service.ImportWishes;
import dev.offshoot.service.SentDocument;
import dev.offshoot.service.UseCases;
import dev.offshoot.wire.Admission;
import dev.offshoot.wire.DocumentLimit;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What changed between two states, or would change with a document; as JSON, or as Markdown for a comment. */
final class DiffRoutes {
    private static final String DIFF = "/api/workspaces/{workspace}/diff";
    private static final Set<String> STATES = Set.of("from", "to", "definition", "noise", "format");
    private static final Set<String> SHOWN = Set.of("noise", "format");

    private enum Format {
        JSON,
        MARKDOWN
    }

    private final UseCases use;
    private final Admission admission;
    private final DocumentLimit limit;

    DiffRoutes(UseCases use, Admission admission, DocumentLimit limit) {
        this.use = use;
        this.admission = admission;
        this.limit = limit;
    }

    void addTo(RoutesConfig routes) {
        routes.get(DIFF, this::states);
        routes.post(DIFF, this::document);
    }

    private void states(Context ctx) {
        Query query = Query.of(ctx, STATES);
        if (query.text("from").isEmpty() && query.text("to").isEmpty()) {
            throw Query.refused("from", "say what to compare", "from=BRANCH&to=BRANCH; branches, tags or commits");
        }
        Format format = format(ctx, query);
        Noise noise = noise(query);
        CompareStates.Request request = new CompareStates.Request(
                Parameters.workspace(ctx),
                query.parse("from", Revision::parse).orElse(Revision.DEFAULT),
                query.parse("to", Revision::parse).orElse(Revision.DEFAULT),
                query.parse("definition", TreePath::of));
        answer(ctx, use.compareStates().run(request), format, noise);
    }

    private void document(Context ctx) {
        Set<String> known = new HashSet<>(ImportParameters.WISHES);
        known.addAll(SHOWN);
        Query query = Query.of(ctx, known);
        WorkspaceName workspace = Parameters.workspace(ctx);
        use.showWorkspace().run(workspace);
        Format format = format(ctx, query);
        Noise noise = noise(query);
        ImportWishes wishes = ImportParameters.wishes(query, Expectation.NONE);
        try (Admission.Pass room = admission.admit(Body.expectedSize(ctx, limit))) {
            SentDocument document = new SentDocument(workspace, Body.readDocument(ctx, limit));
            Attribution by = Attribution.of(FrontDoor.caller(ctx.req()));
            answer(ctx, use.compareStates().run(new ImportRequest(document, wishes, by)), format, noise);
        }
    }

    private static Noise noise(Query query) {
        return query.parse("noise", value -> switch (value) {
                    case "show" -> Noise.SHOW;
                    case "hide" -> Noise.HIDE;
                    default -> throw Query.refused("noise", "neither show nor hide", "");
                })
                .orElse(Noise.HIDE);
    }

    /** As the parameter says, else as the client accepts. */
    private static Format format(Context ctx, Query query) {
        boolean accepted = Optional.ofNullable(ctx.header("Accept"))
                .filter(a -> a.contains("text/markdown"))
                .isPresent();
        return query.parse("format", value -> switch (value) {
                    case "json" -> Format.JSON;
                    case "markdown" -> Format.MARKDOWN;
                    default -> throw Query.refused("format", "neither json nor markdown", "");
                })
                .orElse(accepted ? Format.MARKDOWN : Format.JSON);
    }

    private static void answer(Context ctx, CompareStates.Result result, Format format, Noise noise) {
        if (format == Format.MARKDOWN) {
            ctx.status(200)
                    .contentType("text/markdown; charset=utf-8")
                    .result(ComparisonMarkdown.of(result.comparison(), noise, result.from(), result.to()));
            return;
        }
        JsonObject.Builder to = JsonObject.builder().put("name", result.to());
        result.after().ifPresent(commit -> to.put("commit", commit.value()));
        JsonObject body = JsonObject.builder()
                .put(
                        "from",
                        JsonObject.builder()
                                .put("name", result.from())
                                .put("commit", result.before().value())
                                .build())
                .put("to", to.build())
                .putAll(ComparisonJson.of(result.comparison(), noise))
                .build();
        Answers.json(ctx, 200, body);
    }
}
