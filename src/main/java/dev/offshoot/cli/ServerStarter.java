package dev.offshoot.cli;

import dev.offshoot.outbound.AllowedHosts;
import dev.offshoot.service.UseCases;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts servers. The command line does not know the HTTP front; whoever wires the program does. */
public interface ServerStarter {
    /**
     * Starts one; it listens when this returns.
     *
     * @throws dev.offshoot.model.Failure {@code BUSY} when the port or the data folder is taken, {@code VAULT_LOCKED} when secrets are
     *     there that the given key does not open
     */
    RunningServer start(ServerOptions options, Map<String, String> environment);

    /**
     * What a person can choose.
     *
     * @param newToken a token for this run only, instead of the kept one
     * @param outbound what may be contacted besides public hosts over https
     * @param vaultKey file of the key that secrets are kept with; without it the environment may name one
     * @param oldVaultKey file of the key that it replaces
     * @param behindProxy a proxy stands before it whose headers are believed
     */
    record ServerOptions(
            String host,
            int port,
            Path data,
            int maxDocumentBytes,
            boolean newToken,
            AllowedHosts outbound,
            Optional<Path> vaultKey,
            Optional<Path> oldVaultKey,
            boolean behindProxy) {}

    /** A server that answers until it is closed. */
    interface RunningServer extends AutoCloseable {
        URI address();

        /** The token, when it was made just now; it cannot be asked for again. */
        Optional<String> freshToken();

        UseCases useCases();

        /** What whoever started it should know. */
        List<String> warnings();

        /** Lets requests under way finish and stops. */
        @Override
        void close();
    }
}
