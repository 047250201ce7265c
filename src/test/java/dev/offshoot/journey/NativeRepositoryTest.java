package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.offshoot.cli.CommandLineApp;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.service.ExplodeToFolder;
import dev.offshoot.service.NativeHistory;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Repositories that a platform wrote itself: read at their head, and brought over with their history. */
class NativeRepositoryTest {
    private static final String PAGE = "pages/Beds/Beds.json";
    private static final String TITLE = "pages/Beds/widgets/Title.json";

    @TempDir
    Path folder;

    private record Run(int code, String out, String err) {}

    private Run run(Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new CommandLineApp((options, env) -> {
                    throw Failure.of(Reason.BUSY, "port", "not in this test");
                })
                .run(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment,
                        args);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve("garden").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.replace('\'', '"'));
    }

    private void commit(GitClient git, String author, String date, String message) {
        git.run("add", "-A");
        git.run(
                "-c",
                "user.name=C",
                "-c",
                "user.email=c@example.org",
                "commit",
                "-q",
                "--author",
                author,
                "--date",
                date,
                "-m",
                message);
    }

    /** An application on its way: a readme, the first page, a change of one widget, a foreign file, a second author. */
    private GitClient garden() throws IOException {
        new GitClient(folder).run("init", "-q", "-b", "main", "garden");
        GitClient git = new GitClient(folder.resolve("garden"));
        write("README.md", "A garden");
        commit(git, "Ben <ben@example.org>", "2025-01-01T08:00:00Z", "System generated commit");
        write("metadata.json", "{'clientSchemaVersion': 1, 'fileFormatVersion': 5, 'serverSchemaVersion': 8}");
        write("application.json", "{'pages': [{'id': 'Beds', 'isDefault': true}]}");
        write(
                PAGE,
                "{'gitSyncId': 'p1', 'unpublishedPage': {'name': 'Beds', 'layouts': [{'dsl':"
                        + "{'widgetId': '0', 'widgetName': 'MainContainer', 'type': 'CANVAS_WIDGET'}}]}}");
        write(
                TITLE,
                "{'widgetId': 't', 'widgetName': 'Title', 'parentId': '0', 'type': 'TEXT_WIDGET', 'text': 'Beds'}");
        commit(git, "Ben <ben@example.org>", "2025-01-02T08:00:00+02:00", "Add the beds\n\nAll of them.");
        write("infra/main.tf", "foreign");
        commit(git, "Ben <ben@example.org>", "2025-01-03T08:00:00Z", "Deploy");
        write(
                TITLE,
                "{'widgetId': 't', 'widgetName': 'Title', 'parentId': '0', 'type': 'TEXT_WIDGET', 'text': 'Our beds'}");
        commit(git, "Änne <a@example.org>", "2025-01-04T08:00:00Z", "Call them ours");
        return git;
    }

    @Test
    void aHistoryComesOverWithAuthorsDatesAndMessages() throws Exception {
        garden();
        try (TestServer server = TestServer.start(folder.resolve("server")).with("team")) {
            Run run = run(
                    Map.of("OFFSHOOT_TOKEN", server.token),
                    "import",
                    "--history",
                    folder.resolve("garden").toString(),
                    "--server",
                    server.address().toString(),
                    "-w",
                    "team");
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).contains("2 commits of the repository changed something; 2 commits made here");
            new GitClient(folder).run("clone", "-q", server.gitUrl("team"), "clone");
            GitClient clone = new GitClient(folder.resolve("clone"));
            assertThat(clone.run("log", "-2", "--format=%an <%ae> %at %B"))
                    .isEqualTo("Änne <a@example.org> 1735977600 Call them ours\n\n"
                            + "Ben <ben@example.org> 1735797600 Add the beds\n\nAll of them.");
            assertThat(clone.run("diff", "--name-only", "HEAD~", "HEAD"))
                    .isEqualTo("appsmith/apps/garden/pages/Beds/widgets/Title.yaml");
        }
    }

    @Test
    void aCloneIsExplodedLikeAnExport() throws Exception {
        garden();
        Run explode = run(
                Map.of(),
                "explode",
                folder.resolve("garden").toString(),
                folder.resolve("tree").toString());
        assertThat(explode.code()).as(explode.err()).isZero();
        assertThat(explode.err()).contains("appsmith/apps/garden: ");
        assertThat(Files.readString(folder.resolve("tree/appsmith/apps/garden/pages/Beds/widgets/Title.yaml")))
                .contains("Our beds");
        Run assemble = run(Map.of(), "assemble", folder.resolve("tree").toString());
        assertThat(assemble.out()).contains("\"text\": \"Our beds\"");
    }

    @Test
    void whatNoPlatformWroteIsRefused() throws Exception {
        Files.createDirectory(folder.resolve("empty"));
        assertThat(run(
                                Map.of(),
                                "explode",
                                folder.resolve("empty").toString(),
                                folder.resolve("tree").toString())
                        .err())
                .contains("is no folder that a known platform writes");
        Run history = run(
                Map.of("OFFSHOOT_TOKEN", "x".repeat(40)),
                "import",
                "--history",
                folder.resolve("empty").toString(),
                "--server",
                "http://127.0.0.1:9",
                "-w",
                "team");
        assertThat(history.code()).isEqualTo(3);
        assertThat(history.err()).contains("is no Git repository");
    }

    static List<Path> bundles() {
        try {
            return Stream.of("appsmith-git", "tooljet-gitsync")
                    .flatMap(part -> Corpus.files(part, ".bundle").stream())
                    .toList();
        } catch (org.opentest4j.TestAbortedException thereIsNoCorpus) {
            return List.of(Path.of("no-corpus"));
        }
    }

    /** Real ones: every state of the way can be read, and the last one is taken apart with the round trip proven. */
    @ParameterizedTest
    @MethodSource("bundles")
    void realRepositoriesAreReadAlongTheirHistory(Path bundle) {
        assumeTrue(Files.exists(bundle), "needs ../shared/corpus");
        new GitClient(folder).run("clone", "-q", bundle.toAbsolutePath().toString(), "real");
        AtomicInteger steps = new AtomicInteger();
        try (NativeHistory history = NativeHistory.open(folder.resolve("real"))) {
            assertThat(history.replay(Revision.DEFAULT, step -> steps.incrementAndGet()))
                    .isEmpty();
        }
        assertThat(steps.get()).isPositive();
        ExplodeToFolder.Result result = new ExplodeToFolder(new LayoutEngine(Layouts.bundled()))
                .run(folder.resolve("real"), folder.resolve("tree"));
        assertThat(result.files()).isPositive();
    }
}
