package dev.offshoot.cli;

import dev.offshoot.outbound.AllowedHosts;
import dev.offshoot.service.UseCases;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Starts servers. The command line does not know the HTTP front; whoever wires the program does. */
public interface ServerStarter {
    /**
     * Starts one; it listens when this returns.
     *
     * @throws dev.offshoot.model.Failure {@code BUSY} when the port or the data folder is taken
     */
    RunningServer start(ServerOptions options, Map<String, String> environment);

    /**
     * What a person can choose.
     *
     * @param newToken a token for this run only, instead of the kept one
     * @param outbound what may be contacted besides public hosts over https
     */
    record ServerOptions(
            String host, int port, Path data, int maxDocumentBytes, boolean newToken, AllowedHosts outbound) {
        public ServerOptions(String host, int port, Path data, int maxDocumentBytes, boolean newToken) {
            this(host, port, data, maxDocumentBytes, newToken, AllowedHosts.NONE);
        }
    }

    /** A server that answers until it is closed. */
    interface RunningServer extends AutoCloseable {
        URI address();

        /** The token, when it was made just now; it cannot be asked for again. */
        Optional<String> freshToken();

        UseCases useCases();

        /** Lets requests under way finish and stops. */
        @Override
        void close();
    }
}
