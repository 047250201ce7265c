package dev.offshoot.http;

import dev.offshoot.archive.ArchiveFormat;
import dev.offshoot.archive.ArchiveLimits;
import dev.offshoot.archive.ArchiveReader;
import dev.offshoot.format.JsonObject;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.ExportArchive;
import dev.offshoot.service.ImportArchive;
import dev.offshoot.service.JoinedPlan;
import dev.offshoot.service.RepositoryJson;
import dev.offshoot.service.UseCases;
import dev.offshoot.wire.Admission;
import dev.offshoot.wire.DocumentLimit;
import dev.offshoot.wire.Download;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** All definitions of a workspace in one archive, out and in. */
final class ArchiveRoutes {
    /** Documents of one archive; their size all together is as many times that of the largest single one. */
    private static final int MOST_DOCUMENTS = 5_000;

    private static final int TIMES_A_DOCUMENT = 16;

    private final UseCases use;
    private final Admission admission;
    private final DocumentLimit limit;

    ArchiveRoutes(UseCases use, Admission admission, DocumentLimit limit) {
        this.use = use;
        this.admission = admission;
        this.limit = limit;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/workspaces/{workspace}/archive", this::export);
        routes.post("/api/workspaces/{workspace}/imports/archive", this::run);
    }

    private void export(Context ctx) {
        Query query = Query.of(ctx, Set.of("ref", "branch"));
        ExportArchive archives = use.exportArchive();
        ExportArchive.Wanted wanted = archives.find(Parameters.workspace(ctx), Parameters.revision(query));
        Answers.tagged(ctx, wanted.tag());
        ctx.header("X-Offshoot-Commit", wanted.commit().value());
        if (Answers.hasAlready(ctx, wanted.tag())) {
            ctx.status(304);
            return;
        }
        // Whole before the first byte is sent: a definition that cannot be put together is an answer, not a torn
        // download.
        withFile(file -> {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                archives.write(wanted, out);
            }
            ctx.status(200)
                    .contentType("application/zip")
                    .header("Content-Disposition", Download.disposition(wanted.workspace() + ".zip"))
                    .header("Content-Length", Long.toString(Files.size(file)));
            send(ctx, file);
        });
    }

    private static void send(Context ctx, Path file) {
        try {
            Files.copy(file, ctx.res().getOutputStream());
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    private void run(Context ctx) {
        Query query = Query.of(ctx, Set.of("branch", "confirm", "dry_run", "author", "date", "message"));
        WorkspaceName workspace = Parameters.workspace(ctx);
        use.showWorkspace().run(workspace);
        boolean dryRun = query.flag("dry_run").orElse(false);
        var branch = Parameters.branch(query);
        var confirm = query.parse("confirm", ConfirmToken::new);
        var by = Parameters.attribution(ctx, query);
        withFile(file -> {
            Body.readInto(ctx, file, limit);
            try (ArchiveReader archive = ArchiveReader.open(file, ArchiveFormat.DEFINITIONS, limits());
                    Admission.Pass room = admission.admit(archive.size())) {
                ImportArchive.Request request = new ImportArchive.Request(workspace, archive, branch, confirm, by);
                ImportArchive imports = use.importArchive();
                Answers.json(
                        ctx,
                        200,
                        dryRun ? RepositoryJson.of(imports.plan(request)) : landed(ctx, imports.run(request)));
            }
        });
    }

    private static JsonObject landed(Context ctx, JoinedPlan.Done done) {
        Answers.landed(ctx, done.commit());
        return RepositoryJson.of(done);
    }

    private ArchiveLimits limits() {
        return new ArchiveLimits(MOST_DOCUMENTS, limit.most(), (long) TIMES_A_DOCUMENT * limit.bytes());
    }

    private interface WithFile {
        void run(Path file) throws IOException;
    }

    /** A file for as long as a request takes, readable for its owner alone. */
    private static void withFile(WithFile action) {
        try {
            Path file = Files.createTempFile("offshoot-", ".zip");
            try {
                action.run(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new Failure(Problem.of(Reason.STORAGE, "", "the archive could not be written here for a while"), e);
        }
    }
}
