package dev.offshoot.cli;

import dev.offshoot.cli.ServerStarter.RunningServer;
import dev.offshoot.cli.ServerStarter.ServerOptions;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Person;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.outbound.AllowedHosts;
import dev.offshoot.vault.VaultKeys;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Run the service on this machine with fresh data and the sample repository.")
final class DemoCommand implements Callable<Integer> {
    private static final WorkspaceName WORKSPACE = new WorkspaceName("demo");
    private static final Person DEMO = new Person("demo", "demo@localhost");

    private final Console console;
    private final ServerStarter servers;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "8080, or any free one when that is taken",
            defaultValue = "8080")
    private int port;

    @Option(names = "--sample", paramLabel = "DIR", description = "the sample repository", defaultValue = "sample-repo")
    private Path sample;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where a folder for this run is made",
            defaultValue = "target/demo")
    private Path data;

    DemoCommand(Console console, ServerStarter servers) {
        this.console = console;
        this.servers = servers;
    }

    @Override
    public Integer call() {
        // A folder for each run: another demo may still be running.
        Path fresh = data.resolve("run-" + ProcessHandle.current().pid() + "-" + System.currentTimeMillis());
        VaultKeys.make(key(fresh), new SecureRandom());
        try (RunningServer server = start(fresh)) {
            List<TreePath> documents = load(server);
            greet(server, documents, fresh);
            ServeCommand.untilStopped(server);
        }
        return ExitCodes.FINE;
    }

    private RunningServer start(Path fresh) {
        try {
            return servers.start(options(fresh, port), Map.of());
        } catch (Failure e) {
            if (e.reason() != Reason.BUSY || port == 0) {
                throw e;
            }
            console.note("Port " + port + " is taken, another one is used.");
            return servers.start(options(fresh, 0), Map.of());
        }
    }

    private static ServerOptions options(Path data, int port) {
        return new ServerOptions(
                "127.0.0.1",
                port,
                data,
                64 << 20,
                true,
                AllowedHosts.NONE,
                Optional.of(key(data)),
                Optional.empty(),
                false);
    }

    /** Beside the secrets: good enough for a demo, which is gone with target/. */
    private static Path key(Path data) {
        return data.resolve("vault.key");
    }

    private List<TreePath> load(RunningServer server) {
        if (Files.isDirectory(sample)) {
            return server.useCases().loadFolder().run(WORKSPACE, sample, DEMO);
        }
        server.useCases().createWorkspace().run(WORKSPACE, DEMO);
        return List.of();
    }

    private void greet(RunningServer server, List<TreePath> documents, Path folder) {
        URI at = server.address();
        String token = server.freshToken().orElseThrow();
        console.out().println("Offshoot listens on " + at);
        console.out().println("Token: " + token);
        console.out().println();
        console.out().println("Open that address in a browser and sign in with the token, or");
        console.out().println("paste these into another terminal:");
        console.out().println();
        console.out()
                .println("  curl -sH 'Authorization: Bearer " + token + "' " + at + "/api/workspaces/" + WORKSPACE
                        + "/definitions");
        console.out()
                .println("  git clone http://demo:" + token + "@" + at.getAuthority() + "/git/" + WORKSPACE + ".git");
        String address = documents.stream().map(TreePath::value).findFirst().orElse("tooljet/apps/NAME");
        console.out()
                .println("  curl -sH 'Authorization: Bearer " + token + "' " + at + "/api/workspaces/" + WORKSPACE
                        + "/definitions/" + address + "/export");
        console.out().println();
        console.out().println("Its data lies in " + folder + " and is gone with target/. Stop with Ctrl-C.");
        console.out().flush();
    }
}
