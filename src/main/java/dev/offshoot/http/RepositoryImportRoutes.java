package dev.offshoot.http;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.Configuration;
import dev.offshoot.service.ConfigurationJson;
import dev.offshoot.service.DefinitionName;
import dev.offshoot.service.ImportFromRepository;
import dev.offshoot.service.JoinedPlan;
import dev.offshoot.service.KeepHistory;
import dev.offshoot.service.Plan;
import dev.offshoot.service.RepositoryJson;
import dev.offshoot.service.RepositoryRequest;
import dev.offshoot.service.UseCases;
import dev.offshoot.store.RemoteCredentials;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Imports from other repositories: lists what is there, imports copies, brings a definition up to date. */
final class RepositoryImportRoutes {
    private static final Set<String> FIELDS = Set.of(
            "url",
            "ref",
            "definitions",
            "branch",
            "mode",
            "target",
            "name",
            "before",
            "user",
            "password",
            "confirm",
            "history");
    /** What says which definitions come, and how: a history comes whole. */
    private static final Set<String> OF_DEFINITIONS =
            Set.of("definitions", "mode", "target", "name", "before", "confirm");

    private final UseCases use;

    RepositoryImportRoutes(UseCases use) {
        this.use = use;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/api/workspaces/{workspace}/imports/from-repository", this::run);
    }

    private enum Mode {
        LIST,
        CREATE,
        UPDATE;

        static Mode parse(String text) {
            return switch (text) {
                case "list" -> LIST;
                case "create" -> CREATE;
                case "update" -> UPDATE;
                default ->
                    throw Failure.of(
                            Reason.INVALID_PARAMETER, "/mode", "not a mode", "use list, create (default) or update");
            };
        }
    }

    private void run(Context ctx) {
        boolean dryRun = Query.of(ctx, Set.of("dry_run")).flag("dry_run").orElse(false);
        WorkspaceName workspace = Parameters.workspace(ctx);
        use.showWorkspace().run(workspace);
        Fields fields = Fields.of(ctx, FIELDS);
        if (fields.has("history")) {
            keep(ctx, fields, workspace, dryRun);
            return;
        }
        Mode mode = fields.optional("mode", Mode::parse).orElse(Mode.CREATE);
        RepositoryRequest request = new RepositoryRequest(
                workspace,
                fields.required("url", RemoteUrl::parse),
                fields.optional("ref", Revision::parse).orElse(Revision.DEFAULT),
                fields.list("definitions"),
                fields.optional("branch", BranchName::new),
                target(fields, mode),
                fields.optional("name", DefinitionName::new),
                credentials(fields),
                fields.optional("before", ObjectName::new),
                fields.optional("confirm", ConfirmToken::new),
                FrontDoor.caller(ctx.req()));
        ImportFromRepository imports = use.importFromRepository();
        if (mode == Mode.LIST) {
            Answers.json(ctx, 200, RepositoryJson.of(imports.list(request)));
        } else if (dryRun) {
            JoinedPlan plan = imports.plan(request);
            Configuration needs = use.showConfiguration()
                    .planned(workspace, plan.base(), plan.files(), plan.ledger(), addresses(plan));
            Answers.json(ctx, 200, ConfigurationJson.with(needs, RepositoryJson.of(plan)));
        } else {
            JoinedPlan.Done done = imports.run(request);
            Answers.landed(ctx, done.commit());
            Configuration needs = use.showConfiguration().after(workspace, done.commit(), addresses(done.plan()));
            Answers.json(ctx, mode == Mode.CREATE ? 201 : 200, ConfigurationJson.with(needs, RepositoryJson.of(done)));
        }
    }

    private void keep(Context ctx, Fields fields, WorkspaceName workspace, boolean dryRun) {
        fields.required("history", RepositoryImportRoutes::requireKeep);
        OF_DEFINITIONS.stream().filter(fields::has).sorted().findFirst().ifPresent(key -> {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "/" + key,
                    "a history comes as it is, with all definitions",
                    "leave it out, or leave out history to choose definitions");
        });
        KeepHistory.Done done = use.keepHistory()
                .run(new KeepHistory.Request(
                        workspace,
                        fields.required("url", RemoteUrl::parse),
                        fields.optional("ref", Revision::parse).orElse(Revision.DEFAULT),
                        fields.optional("branch", BranchName::new),
                        credentials(fields),
                        FrontDoor.caller(ctx.req()),
                        dryRun));
        if (dryRun) {
            Answers.json(ctx, 200, RepositoryJson.of(done));
        } else {
            Configuration needs = use.showConfiguration()
                    .after(workspace, done.history().head(), new LinkedHashSet<>(done.addresses()));
            Answers.json(ctx, 201, ConfigurationJson.with(needs, RepositoryJson.of(done)));
        }
    }

    private static String requireKeep(String text) {
        if (!text.equals("keep")) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "/history",
                    "not a way to treat a history",
                    "send \"history\": \"keep\" to bring a branch with all its commits, or leave it out");
        }
        return text;
    }

    private static Set<TreePath> addresses(JoinedPlan plan) {
        return plan.parts().stream()
                .flatMap(part -> part.plan().definitions().stream())
                .map(Plan.Step::address)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Optional<RemoteCredentials> credentials(Fields fields) {
        String user = fields.optional("user", text -> text).orElse("");
        return fields.optional("password", password -> new RemoteCredentials(user, password));
    }

    private static Optional<TreePath> target(Fields fields, Mode mode) {
        Optional<TreePath> target = fields.optional("target", TreePath::of);
        if (target.isPresent() != (mode == Mode.UPDATE)) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "/target",
                    target.isPresent() ? "only an update has a target" : "the target is missing",
                    "send \"mode\": \"update\" together with \"target\": \"tooljet/apps/crm\"");
        }
        return target;
    }
}
