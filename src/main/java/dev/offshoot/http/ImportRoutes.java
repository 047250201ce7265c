package dev.offshoot.http;

import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.Attribution;
import dev.offshoot.service.Configuration;
import dev.offshoot.service.ConfigurationJson;
import dev.offshoot.service.EntityTag;
import dev.offshoot.service.Expectation;
import dev.offshoot.service.ImportRequest;
import dev.offshoot.service.ImportWishes;
import dev.offshoot.service.Plan;
import dev.offshoot.service.PlanJson;
import dev.offshoot.service.Receipt;
import dev.offshoot.service.SentDocument;
import dev.offshoot.service.UseCases;
import dev.offshoot.wire.Admission;
import dev.offshoot.wire.DocumentLimit;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Imports: one document in, a receipt out; with {@code dry_run=true} the plan. */
final class ImportRoutes {
    private static final Set<String> KNOWN = Set.of(
            "branch",
            "base",
            "confirm",
            "mode",
            "rule",
            "target",
            "name",
            "pages",
            "version",
            "dry_run",
            "secrets",
            "fingerprint",
            "author",
            "date",
            "message");

    private final UseCases use;
    private final Admission admission;
    private final DocumentLimit limit;

    ImportRoutes(UseCases use, Admission admission, DocumentLimit limit) {
        this.use = use;
        this.admission = admission;
        this.limit = limit;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/api/workspaces/{workspace}/imports", this::run);
    }

    private void run(Context ctx) {
        Query query = Query.of(ctx, KNOWN);
        WorkspaceName workspace = Parameters.workspace(ctx);
        // Everything that can be refused without the document is refused before it is read.
        use.showWorkspace().run(workspace);
        boolean dryRun = query.flag("dry_run").orElse(false);
        boolean keepsSecrets = query.parse("secrets", ImportRoutes::keeps).orElse(false);
        Attribution by = Parameters.attribution(ctx, query);
        ImportWishes wishes = ImportParameters.wishes(query, expectation(ctx, query));
        try (Admission.Pass room = admission.admit(Body.expectedSize(ctx, limit))) {
            SentDocument document = new SentDocument(workspace, Body.readDocument(ctx, limit));
            ImportRequest request = new ImportRequest(document, wishes, by, keepsSecrets);
            if (dryRun) {
                Plan plan = use.importDocument().plan(request);
                Configuration needs = use.showConfiguration()
                        .planned(workspace, plan.base(), plan.files(), plan.ledger(), addresses(plan));
                Answers.json(ctx, 200, ConfigurationJson.with(needs, PlanJson.of(plan)));
            } else {
                answer(ctx, workspace, use.importDocument().run(request));
            }
        }
    }

    private static boolean keeps(String secrets) {
        return switch (secrets) {
            case "store" -> true;
            case "withhold" -> false;
            default -> throw Query.refused("secrets", "unknown", "use store, or withhold (default)");
        };
    }

    private static List<TreePath> addresses(Plan plan) {
        return plan.definitions().stream().map(Plan.Step::address).toList();
    }

    private void answer(Context ctx, WorkspaceName workspace, Receipt receipt) {
        Answers.landed(ctx, receipt.commit());
        Plan plan = receipt.plan();
        boolean created = plan.definitions().stream().anyMatch(s -> s.main() && s.action() == Plan.Action.CREATED);
        ctx.header("Location", Urls.document(workspace, plan.document()));
        receipt.tag().ifPresent(tag -> ctx.header("ETag", "\"" + tag.value() + "\""));
        Configuration needs = use.showConfiguration().after(workspace, receipt.commit(), addresses(plan));
        Answers.json(ctx, created ? 201 : 200, ConfigurationJson.with(needs, PlanJson.of(receipt)));
    }

    private static Expectation expectation(Context ctx, Query query) {
        Optional<Expectation> fingerprint = query.parse("fingerprint", Expectation.Fingerprint::parse);
        if (fingerprint.isPresent()) {
            return fingerprint.get();
        }
        if (Answers.isStar(ctx, "If-Match")) {
            return new Expectation.Existing(true);
        }
        if (Answers.isStar(ctx, "If-None-Match")) {
            return new Expectation.Existing(false);
        }
        Optional<Set<EntityTag>> tags = Answers.tags(ctx, "If-Match");
        return tags.<Expectation>map(Expectation.Tagged::new).orElse(Expectation.NONE);
    }
}
