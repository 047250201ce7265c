package dev.offshoot.store;

import static dev.offshoot.store.StoreFixture.edit;
import static dev.offshoot.store.StoreFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.WorkspaceName;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHttpTest {
    @TempDir
    Path data;

    private StoreFixture fixture;
    private WorkspaceRepository workspace;
    private UpdateResult first;
    private UpdateResult second;
    private Server server;
    private String url;
    private Git git;

    @BeforeEach
    void serve() throws Exception {
        fixture = StoreFixture.at(data);
        workspace = fixture.create();
        first = workspace.update(request(edit("a/b", "1"), edit("l", "the ledger's secret 1")));
        second = workspace.update(request(edit("a/b", "2"), edit("l", "the ledger's secret 2")));
        fixture.git().run("tag", "v1", first.commit().value());
        server = serve(this::find);
        url = url(server, "team");
        git = new Git(data);
    }

    static Server serve(FileRepositoryStore store) throws Exception {
        return serve(store::find);
    }

    private static Server serve(Function<WorkspaceName, Optional<WorkspaceRepository>> workspaces) throws Exception {
        return serve(
                workspaces,
                (w, before, after) -> new PushReview.Verdict(List.of(), List.of(), TreeEdit.NONE),
                PushTime.DEFAULT);
    }

    static Server serve(
            Function<WorkspaceName, Optional<WorkspaceRepository>> workspaces, PushReview review, PushTime time)
            throws Exception {
        Server server = new Server(0);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(
                new ServletHolder(GitHttp.servlet((r, name) -> workspaces.apply(name), review, time)), "/git/*");
        server.setHandler(context);
        server.start();
        return server;
    }

    static String url(Server server, String workspace) {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        return "http://127.0.0.1:" + port + "/git/" + workspace + ".git";
    }

    private Optional<WorkspaceRepository> find(WorkspaceName name) {
        if (name.value().equals("forbidden")) {
            throw Failure.of(Reason.FORBIDDEN, "", "not yours");
        }
        return fixture.store.find(name);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void stockGitClonesAndFetches(int version) throws Exception {
        String protocol = "protocol.version=" + version;
        git.run("-c", protocol, "clone", "-q", url, "clone");
        Git clone = new Git(data.resolve("clone"));
        assertThat(clone.run("rev-parse", "HEAD")).isEqualTo(second.commit().value());
        assertThat(clone.run("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
        assertThat(clone.run("fsck", "--strict", "--full")).isEmpty();
        assertThat(Files.readString(data.resolve("clone/a/b"))).isEqualTo("2");
        UpdateResult third = workspace.update(request(edit("c", "3")));
        clone.run("-c", protocol, "pull", "-q");
        assertThat(clone.run("rev-parse", "HEAD")).isEqualTo(third.commit().value());
        git.run("-c", protocol, "clone", "-q", "--depth", "1", url, "shallow");
        assertThat(new Git(data.resolve("shallow")).run("rev-list", "--count", "HEAD"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void theLedgerIsNobodysToFetch(int version) {
        String protocol = "protocol.version=" + version;
        assertThat(git.run("-c", protocol, "ls-remote", url).lines().map(l -> l.replaceFirst("^\\S+\\s+", "")))
                .containsExactly("HEAD", "refs/heads/main", "refs/tags/v1");
        assertThat(git.run("-c", protocol, "ls-remote", url, "refs/offshoot/*")).isEmpty();
        git.run("-c", protocol, "clone", "-q", "--mirror", url, "mirror.git");
        Git mirror = new Git(data.resolve("mirror.git"));
        assertThat(mirror.run("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main\nrefs/tags/v1");
        String ledger = second.ledgerCommit().orElseThrow().value();
        String ledgerTree = fixture.git().run("rev-parse", ledger + "^{tree}");
        String ledgerBlob = fixture.git().run("rev-parse", ledger + ":l");
        for (String hidden : new String[] {
            ledger, first.ledgerCommit().orElseThrow().value(), ledgerTree, ledgerBlob, "refs/offshoot/ledger/main"
        }) {
            assertThat(mirror.attempt("-c", protocol, "fetch", "-q", "origin", hidden)
                            .status())
                    .as(hidden)
                    .isNotZero();
            assertThat(mirror.attempt("cat-file", "-e", hidden).status())
                    .as(hidden)
                    .isNotZero();
        }
        assertThat(mirror.attempt(
                                "-c", protocol, "fetch", "-q", "--shallow-exclude=refs/offshoot/ledger/main", "origin")
                        .status())
                .isNotZero();
        assertThat(mirror.run("cat-file", "--batch-all-objects", "--batch-check")
                        .lines())
                .hasSize(fixture.git()
                        .run("rev-list", "--objects", "--branches", "--tags")
                        .split("\n")
                        .length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aCommitThatWasTheHeadWhenItWasAdvertisedCanStillBeFetched(int version) {
        git.run("init", "-q", "late");
        assertThat(new Git(data.resolve("late"))
                        .run(
                                "-c",
                                "protocol.version=" + version,
                                "fetch",
                                "-q",
                                url,
                                first.commit().value()))
                .isEmpty();
    }

    @Test
    void unknownAndForbiddenWorkspacesAreToldApartOnlyAsTheLookUpSays() {
        assertThat(git.attempt("ls-remote", url.replace("team", "nobody")).output())
                .contains("not found");
        assertThat(git.attempt("ls-remote", url.replace("team", "forbidden")).output())
                .contains("403");
        assertThat(git.run("ls-remote", url.replace(".git", ""))).contains("refs/heads/main");
    }

    @Test
    void noFileOfARepositoryIsServed() throws Exception {
        for (String path : new String[] {
            "/team.git/HEAD",
            "/team.git/config",
            "/team.git/info/refs",
            "/team.git/objects/info/packs",
            "/team.git/packed-refs",
            "/team.git/",
            "/",
            "",
            "/..%2f..%2fetc/info/refs?service=git-upload-pack",
            "/%2e%2e/repositories/team.git/info/refs?service=git-upload-pack",
            "/team.git/refs/offshoot/ledger/main",
            "/team.git/../team.git/HEAD",
            "/.new-x/info/refs?service=git-upload-pack",
            "/con/info/refs?service=git-upload-pack"
        }) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isBetween(400, 499);
            assertThat(answer.body())
                    .as(path)
                    .doesNotContain(second.ledgerCommit().orElseThrow().value());
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create(url.replace("/team.git", "") + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void anEndlessRequestEnds() throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(body)) {
            zip.write("0032want 0000000000000000000000000000000000000001\n"
                    .repeat(1)
                    .getBytes());
            byte[] have = "0032have 0000000000000000000000000000000000000001\n"
                    .repeat(1000)
                    .getBytes();
            for (int i = 0; i < 400; i++) {
                zip.write(have);
            }
        }
        HttpRequest post = HttpRequest.newBuilder(URI.create(url + "/git-upload-pack"))
                .header("Content-Type", "application/x-git-upload-pack-request")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("ERR the request has more than");
    }

    @Test
    void aDeletedWorkspaceIsGoneForGitToo() {
        fixture.store.delete(StoreFixture.NAME);
        assertThat(git.attempt("ls-remote", url).output()).contains("not found");
    }
}
