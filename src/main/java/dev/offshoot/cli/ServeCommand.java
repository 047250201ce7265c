package dev.offshoot.cli;

import dev.offshoot.cli.ServerStarter.RunningServer;
import dev.offshoot.cli.ServerStarter.ServerOptions;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.outbound.AllowedHosts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Run the service.",
        footer = {
            "",
            "Each option is also an environment variable: OFFSHOOT_HOST, OFFSHOOT_PORT, OFFSHOOT_DATA,",
            "OFFSHOOT_MAX_DOCUMENT_MB, OFFSHOOT_ALLOW_OUTBOUND_HOST (separated by commas or blanks),",
            "OFFSHOOT_BEHIND_PROXY (true).",
            "The token comes from OFFSHOOT_TOKEN or from the file that",
            "OFFSHOOT_TOKEN_FILE names; without both, one is made at the first start and shown once.",
            "OFFSHOOT_TOKEN_OWNER ('Ada <ada@example.org>') is the author of commits.",
            "The vault's key may also come from OFFSHOOT_VAULT_KEY or OFFSHOOT_VAULT_KEY_FILE, the old one from",
            "OFFSHOOT_VAULT_OLD_KEY or OFFSHOOT_VAULT_OLD_KEY_FILE."
        })
final class ServeCommand implements Callable<Integer> {
    private final Console console;
    private final ServerStarter servers;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "where to listen (127.0.0.1)")
    private String host;

    @Option(names = "--port", paramLabel = "PORT", description = "0 for any free one (8080)")
    private String port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where repositories and the token's hash are kept (data)")
    private String data;

    @Option(names = "--max-document-mb", paramLabel = "N", description = "largest export that is accepted (64)")
    private String maxDocument;

    @Option(
            names = "--allow-outbound-host",
            paramLabel = "HOST",
            description = "a host (or HOST:PORT) that may be private or plain http, or file:/folder; repeatable")
    private List<String> outboundHosts;

    @Option(
            names = "--vault-key-file",
            paramLabel = "FILE",
            description =
                    "the key that secrets are kept with: 32 random bytes as base64 or hex; without one, none are kept")
    private Path vaultKey;

    @Option(
            names = "--vault-old-key-file",
            paramLabel = "FILE",
            description = "the key used so far: secrets are sealed anew at the start")
    private Path oldVaultKey;

    @Option(
            names = "--behind-proxy",
            description =
                    "believe what X-Forwarded-* and Forwarded say of scheme, host and caller; only where a proxy of yours sets them")
    private boolean behindProxy;

    ServeCommand(Console console, ServerStarter servers) {
        this.console = console;
        this.servers = servers;
    }

    @Override
    public Integer call() {
        ServerOptions options = new ServerOptions(
                setting(host, "OFFSHOOT_HOST", "127.0.0.1"),
                number("--port", setting(port, "OFFSHOOT_PORT", "8080"), 0, 65_535),
                Path.of(setting(data, "OFFSHOOT_DATA", "data")),
                number("--max-document-mb", setting(maxDocument, "OFFSHOOT_MAX_DOCUMENT_MB", "64"), 1, 1024) << 20,
                false,
                AllowedHosts.parse(outboundHosts()),
                Optional.ofNullable(vaultKey),
                Optional.ofNullable(oldVaultKey),
                behindProxy || setting(null, "OFFSHOOT_BEHIND_PROXY", "").equals("true"));
        try (RunningServer server = servers.start(options, console.environment())) {
            console.note("Offshoot listens on " + server.address());
            server.warnings().forEach(warning -> console.note("Warning: " + warning));
            server.freshToken().ifPresent(token -> {
                console.note("The token of this instance, shown this once:");
                console.out().println(token);
                console.out().flush();
            });
            untilStopped(server);
        }
        return ExitCodes.FINE;
    }

    private List<String> outboundHosts() {
        return outboundHosts != null
                ? outboundHosts
                : Arrays.stream(setting(null, "OFFSHOOT_ALLOW_OUTBOUND_HOST", "")
                                .split("[, ]+"))
                        .filter(host -> !host.isEmpty())
                        .toList();
    }

    /** Waits for the end of the process, or for an interrupt. */
    static void untilStopped(RunningServer server) {
        Thread hook = new Thread(server::close, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Thread.currentThread().join();
        } catch (InterruptedException stopped) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private String setting(String given, String variable, String otherwise) {
        return given != null ? given : console.environment().getOrDefault(variable, otherwise);
    }

    private static int number(String option, String text, int min, int max) {
        int n = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
        if (n < min || n > max) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER, option, "'" + text + "' is not a number from " + min + " to " + max);
        }
        return n;
    }
}
