package dev.offshoot.http;

import java.time.Duration;

/**
 * How the server listens.
 *
 * @param host address to bind to
 * @param port 0 for any free one
 * @param maxDocumentBytes size of the largest document that is accepted
 * @param patience how long a stop waits for requests under way
 * @param behindProxy a proxy of the operator stands before it: what its headers say of scheme, host and caller's address is believed
 */
public record HttpSettings(String host, int port, int maxDocumentBytes, Duration patience, boolean behindProxy) {
    /** ToolJet's own limit is 50 MB. */
    public static final int DEFAULT_MAX_DOCUMENT_BYTES = 64 << 20;

    public static HttpSettings of(String host, int port) {
        return new HttpSettings(host, port, DEFAULT_MAX_DOCUMENT_BYTES, Duration.ofSeconds(20), false);
    }
}
