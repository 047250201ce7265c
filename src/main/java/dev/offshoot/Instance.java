package dev.offshoot;

import dev.offshoot.access.AccessToken;
import dev.offshoot.access.Callers;
import dev.offshoot.access.Gate;
import dev.offshoot.access.Holders;
import dev.offshoot.access.Sessions;
import dev.offshoot.cli.ServerStarter.RunningServer;
import dev.offshoot.cli.ServerStarter.ServerOptions;
import dev.offshoot.http.Doorkeeping;
import dev.offshoot.http.HttpServer;
import dev.offshoot.http.HttpSettings;
import dev.offshoot.http.Neighbours;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.WorkspaceId;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.outbound.HostResolver;
import dev.offshoot.outbound.OutboundGate;
import dev.offshoot.outbound.OutboundLimits;
import dev.offshoot.people.Database;
import dev.offshoot.people.Registry;
import dev.offshoot.service.CheckHealth;
import dev.offshoot.service.SecretLanding;
import dev.offshoot.service.UseCases;
import dev.offshoot.store.FileRepositoryStore;
import dev.offshoot.store.GatedRepositories;
import dev.offshoot.store.GitHttp;
import dev.offshoot.store.PushTime;
import dev.offshoot.store.StoreOptions;
import dev.offshoot.vault.FileVault;
import dev.offshoot.vault.VaultKeys;
import dev.offshoot.web.Page;
import dev.offshoot.wire.Admission;
import dev.offshoot.wire.DocumentLimit;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** A running service: its parts, and the order in which they start and stop. */
final class Instance implements RunningServer {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Part of the heap for what can be derived again at any time. */
    private static final int CACHE_SHARE = 5;

    private final FileRepositoryStore store;
    private final OutboundGate gate;
    private final Database database;
    private final HttpServer http;
    private final UseCases useCases;
    private final URI address;
    private final Optional<String> freshToken;
    private final Housekeeping housekeeping;

    private Instance(
            FileRepositoryStore store,
            OutboundGate gate,
            Database database,
            HttpServer http,
            UseCases useCases,
            URI address,
            Optional<String> freshToken,
            Housekeeping housekeeping) {
        this.housekeeping = housekeeping;
        this.store = store;
        this.gate = gate;
        this.database = database;
        this.http = http;
        this.useCases = useCases;
        this.address = address;
        this.freshToken = freshToken;
    }

    static RunningServer start(ServerOptions options, Map<String, String> environment) {
        HttpServer.requireFree(options.host(), options.port());
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        AtomicReference<URI> address = new AtomicReference<>();
        // Checkouts push through the front door, whose port may be known only when it is open.
        StoreOptions storeOptions = StoreOptions.of(clock)
                .withOrigin(name -> Optional.ofNullable(address.get()).map(at -> at + "/git/" + name + ".git"));
        FileRepositoryStore store = FileRepositoryStore.open(options.data(), storeOptions);
        Optional<Database> opened = Optional.empty();
        try {
            Database database = Database.embedded(options.data().resolve("people"));
            opened = Optional.of(database);
            AccessToken token = options.newToken()
                    ? AccessToken.ofThisRun(random)
                    : AccessToken.resolve(options.data(), environment, random);
            FileVault vault = FileVault.open(
                    options.data().resolve("vault"),
                    VaultKeys.resolve(options.vaultKey(), options.oldVaultKey(), environment),
                    random,
                    id -> store.list().stream().anyMatch(w -> w.id().equals(id)),
                    (workspace, operation) -> SecretLanding.landed(store, workspace, operation));
            OutboundGate gate = new OutboundGate(options.outbound(), HostResolver.SYSTEM, OutboundLimits.DEFAULT);
            UseCases useCases = UseCases.wire(
                    store,
                    new GatedRepositories(gate, options.data().resolve("incoming")),
                    vault,
                    new LayoutEngine(Layouts.bundled()),
                    clock,
                    UUID::randomUUID,
                    Runtime.getRuntime().maxMemory() / CACHE_SHARE);
            Registry registry = Registry.of(database, clock, UUID::randomUUID, random);
            Callers callers = new Callers(
                    new Gate(token.token(), Holders.of(registry.people(), registry.tokens())),
                    new Sessions(clock, random));
            Admission admission = Admission.ofHeap();
            Page page = new Page(
                    useCases, callers, admission, new DocumentLimit(options.maxDocumentBytes()), clock, random);
            HttpServer http = HttpServer.start(
                    new HttpSettings(
                            options.host(),
                            options.port(),
                            options.maxDocumentBytes(),
                            PATIENCE,
                            options.behindProxy()),
                    Doorkeeping.of(callers, registry, name -> idOf(store, name), clock),
                    useCases,
                    admission,
                    new Neighbours(
                            GitHttp.servlet(
                                    (request, name) -> store.find(name), useCases.treeValidation(), PushTime.DEFAULT),
                            page.servlet(),
                            Page.PATHS));
            address.set(address(options.host(), http.port()));
            useCases.publishAfterCommits().start();
            return new Instance(
                    store, gate, database, http, useCases, address.get(), token.fresh(), Housekeeping.start(useCases));
        } catch (RuntimeException e) {
            opened.ifPresent(Database::close);
            store.close();
            throw e;
        }
    }

    private static Optional<WorkspaceId> idOf(FileRepositoryStore store, WorkspaceName name) {
        return store.find(name)
                .map(repository -> new WorkspaceId(repository.info().id()));
    }

    private static URI address(String host, int port) {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public Optional<String> freshToken() {
        return freshToken;
    }

    @Override
    public UseCases useCases() {
        return useCases;
    }

    @Override
    public List<String> warnings() {
        return useCases.checkHealth().secrets() == CheckHealth.Secrets.LOCKED
                ? List.of("there are sealed secrets and no key for them; give it as --vault-key-file FILE or"
                        + " OFFSHOOT_VAULT_KEY")
                : List.of();
    }

    @Override
    public void close() {
        useCases.publishAfterCommits().stop();
        http.close();
        gate.close(); // what others have not answered by now is not waited for
        useCases.publishAfterCommits().close();
        housekeeping.close();
        store.close();
        database.close();
    }
}
