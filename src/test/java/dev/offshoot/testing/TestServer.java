package dev.offshoot.testing;

import dev.offshoot.access.AccessToken;
import dev.offshoot.access.Callers;
import dev.offshoot.access.Gate;
import dev.offshoot.access.Holders;
import dev.offshoot.access.Sessions;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.http.Doorkeeping;
import dev.offshoot.http.HttpServer;
import dev.offshoot.http.HttpSettings;
import dev.offshoot.http.Neighbours;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.WorkspaceId;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.people.Database;
import dev.offshoot.people.Registry;
import dev.offshoot.service.SecretLanding;
import dev.offshoot.service.UseCases;
import dev.offshoot.store.CheckoutState;
import dev.offshoot.store.FileRepositoryStore;
import dev.offshoot.store.GitHttp;
import dev.offshoot.store.PushTime;
import dev.offshoot.store.RemoteRepositories;
import dev.offshoot.store.StoreOptions;
import dev.offshoot.vault.FileVault;
import dev.offshoot.vault.Vault;
import dev.offshoot.vault.VaultKeys;
import dev.offshoot.web.Page;
import dev.offshoot.wire.Admission;
import dev.offshoot.wire.DocumentLimit;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** A real server on a free port with real storage, and a client that holds its token. */
public final class TestServer implements AutoCloseable {
    public final Path data;
    public final String token;
    private final FileRepositoryStore store;
    private final Database database;
    private final Registry registry;
    private final UseCases use;
    private final HttpServer http;
    private final Page page;
    private final ApiClient client;

    private TestServer(
            Path data,
            String token,
            FileRepositoryStore store,
            Database database,
            Registry registry,
            UseCases use,
            HttpServer http,
            Page page) {
        this.data = data;
        this.database = database;
        this.registry = registry;
        this.token = token;
        this.store = store;
        this.use = use;
        this.http = http;
        this.page = page;
        this.client = new ApiClient(address(), token);
    }

    public static TestServer start(Path data) {
        return start(data, HttpSettings.DEFAULT_MAX_DOCUMENT_BYTES);
    }

    public static TestServer start(Path data, int maxDocumentBytes) {
        return start(data, maxDocumentBytes, RemoteRepositories.NONE);
    }

    /** One that may import from other repositories. */
    public static TestServer start(Path data, RemoteRepositories remotes) {
        return start(data, HttpSettings.DEFAULT_MAX_DOCUMENT_BYTES, remotes);
    }

    /** One that can keep secrets, with the same key every time. */
    public static TestServer startWithVault(Path data) {
        return start(data, HttpSettings.DEFAULT_MAX_DOCUMENT_BYTES, RemoteRepositories.NONE, false, true);
    }

    /** The same, at another time. */
    public static TestServer startWithVault(Path data, Clock clock) {
        return start(
                data,
                HttpSettings.DEFAULT_MAX_DOCUMENT_BYTES,
                RemoteRepositories.NONE,
                false,
                true,
                PushTime.DEFAULT,
                false,
                clock);
    }

    /** One that can keep secrets, and may talk to other repositories. */
    public static TestServer startWithVault(Path data, RemoteRepositories remotes) {
        return start(data, HttpSettings.DEFAULT_MAX_DOCUMENT_BYTES, remotes, false, true);
    }

    /** One that believes the headers of a proxy. */
    public static TestServer startBehindProxy(Path data) {
        return start(data, HttpSettings.DEFAULT_MAX_DOCUMENT_BYTES, RemoteRepositories.NONE, true);
    }

    /** One whose workspaces have folders to work in, {@code data/workspaces/<name>}. */
    public static TestServer startWithCheckouts(Path data) {
        return startWithCheckouts(data, RemoteRepositories.NONE);
    }

    /** One with folders to work in, that may import from other repositories. */
    public static TestServer startWithCheckouts(Path data, RemoteRepositories remotes) {
        return start(data, HttpSettings.DEFAULT_MAX_DOCUMENT_BYTES, remotes, false, false, PushTime.DEFAULT, true);
    }

    /** One whose pushes have so much time. */
    public static TestServer start(Path data, PushTime pushTime) {
        return start(
                data, HttpSettings.DEFAULT_MAX_DOCUMENT_BYTES, RemoteRepositories.NONE, false, false, pushTime, false);
    }

    private static TestServer start(Path data, int maxDocumentBytes, RemoteRepositories remotes) {
        return start(data, maxDocumentBytes, remotes, false);
    }

    private static TestServer start(Path data, int maxDocumentBytes, RemoteRepositories remotes, boolean behindProxy) {
        return start(data, maxDocumentBytes, remotes, behindProxy, false);
    }

    private static TestServer start(
            Path data, int maxDocumentBytes, RemoteRepositories remotes, boolean behindProxy, boolean withVault) {
        return start(data, maxDocumentBytes, remotes, behindProxy, withVault, PushTime.DEFAULT, false);
    }

    private static TestServer start(
            Path data,
            int maxDocumentBytes,
            RemoteRepositories remotes,
            boolean behindProxy,
            boolean withVault,
            PushTime pushTime,
            boolean checkouts) {
        return start(data, maxDocumentBytes, remotes, behindProxy, withVault, pushTime, checkouts, Clock.systemUTC());
    }

    private static TestServer start(
            Path data,
            int maxDocumentBytes,
            RemoteRepositories remotes,
            boolean behindProxy,
            boolean withVault,
            PushTime pushTime,
            boolean checkouts,
            Clock clock) {
        AtomicReference<URI> at = new AtomicReference<>();
        StoreOptions options = StoreOptions.of(Clock.systemUTC())
                .withOrigin(name -> Optional.ofNullable(at.get()).map(uri -> uri + "/git/" + name + ".git"));
        FileRepositoryStore store = FileRepositoryStore.open(data, checkouts ? options : options.withoutCheckouts());
        AccessToken token = AccessToken.ofThisRun(new SecureRandom());
        UseCases use = UseCases.wire(
                store,
                remotes,
                withVault ? vault(data, store) : Vault.NONE,
                new LayoutEngine(Layouts.bundled()),
                clock,
                UUID::randomUUID,
                64 << 20);
        Database database = Database.inMemory();
        Registry registry = Registry.of(database, Clock.systemUTC(), UUID::randomUUID, new SecureRandom());
        Callers callers = new Callers(
                new Gate(token.token(), Holders.of(registry.people(), registry.tokens())),
                new Sessions(Clock.systemUTC(), new SecureRandom()));
        Admission admission = Admission.ofHeap();
        Page page = new Page(
                use, callers, admission, new DocumentLimit(maxDocumentBytes), Clock.systemUTC(), new SecureRandom());
        HttpServer http = HttpServer.start(
                new HttpSettings("127.0.0.1", 0, maxDocumentBytes, Duration.ofSeconds(20), behindProxy),
                Doorkeeping.of(
                        callers,
                        registry,
                        name -> store.find(name)
                                .map(w -> new WorkspaceId(w.info().id())),
                        Clock.systemUTC()),
                use,
                admission,
                new Neighbours(
                        GitHttp.servlet((request, name) -> store.find(name), use.treeValidation(), pushTime),
                        page.servlet(),
                        Page.PATHS));
        at.set(URI.create("http://127.0.0.1:" + http.port()));
        use.publishAfterCommits().start();
        return new TestServer(data, token.fresh().orElseThrow(), store, database, registry, use, http, page);
    }

    private static Vault vault(Path data, FileRepositoryStore store) {
        String key = "0123456789abcdef".repeat(4);
        return FileVault.open(
                data.resolve("vault"),
                VaultKeys.resolve(Optional.empty(), Optional.empty(), Map.of("OFFSHOOT_VAULT_KEY", key)),
                new SecureRandom(),
                id -> store.list().stream().anyMatch(w -> w.id().equals(id)),
                (workspace, operation) -> SecretLanding.landed(store, workspace, operation));
    }

    /** What a running service does from time to time. */
    public void tidySecrets() {
        use.tidySecrets().run();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + http.port());
    }

    /** Address for Git clients, with the token in it. */
    public String gitUrl(String workspace) {
        return "http://anyone:" + token + "@127.0.0.1:" + http.port() + "/git/" + workspace + ".git";
    }

    /** A server with one workspace in it. */
    public TestServer with(String workspace) {
        post("/api/workspaces", "{\"name\": \"" + workspace + "\"}").expect(201);
        return this;
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    public Answer post(String path, String body, String... headers) {
        return send("POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Answer post(String path, byte[] body, String... headers) {
        return send("POST", path, body, headers);
    }

    public Answer delete(String path) {
        return send("DELETE", path, new byte[0]);
    }

    /** Sends with the token. */
    public Answer put(String path, String body) {
        return send("PUT", path, body.getBytes(StandardCharsets.UTF_8));
    }

    public Answer send(String method, String path, byte[] body, String... headers) {
        return client.send(method, path, body, headers);
    }

    /** Sends with another {@code Authorization} header; none when it is empty. */
    public Answer sendAs(String authorization, String method, String path, byte[] body, String... headers) {
        return client.sendAs(authorization, method, path, body, headers);
    }

    /** How the folder of a workspace stands when it has been looked at. */
    public CheckoutState awaitCheckout(String workspace) {
        return store.find(new WorkspaceName(workspace)).orElseThrow().awaitCheckout(Duration.ofMinutes(1));
    }

    /** Who there is, without HTTP. */
    public Registry registry() {
        return registry;
    }

    /** What the server serves, without HTTP. */
    public UseCases useCases() {
        return use;
    }

    /** Method and pattern of every route. */
    public List<String> routes() {
        return http.routes();
    }

    /** Method and pattern of every place of the page. */
    public List<String> pageRoutes() {
        return page.routes();
    }

    /** Stops listening, then closes the storage. */
    @Override
    public void close() {
        use.publishAfterCommits().stop();
        http.close();
        use.publishAfterCommits().close();
        store.close();
        database.close();
    }

    /** What came back. */
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public byte[] bytes() {
            return response.body();
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonValue value() {
            return JsonReader.read(response.body());
        }

        public JsonObject json() {
            return (JsonObject) value();
        }

        /** A text member. */
        public String text(String member) {
            return json().text(member).orElseThrow(() -> new AssertionError("no " + member + " in " + text()));
        }

        /** This answer, if it has one of these statuses. */
        public Answer expect(int... statuses) {
            if (Arrays.stream(statuses).noneMatch(s -> s == status())) {
                throw new AssertionError(
                        "expected " + Arrays.toString(statuses) + " but got " + status() + ": " + text());
            }
            return this;
        }
    }
}
