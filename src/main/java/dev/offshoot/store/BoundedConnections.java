package dev.offshoot.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/** Connections of one fetch, which together bring at most so many bytes in at most so much time. */
final class BoundedConnections implements HttpConnectionFactory {
    private final HttpRepositories.Limits limits;
    private final long start = System.nanoTime();
    private long received;

    BoundedConnections(HttpRepositories.Limits limits) {
        this.limits = limits;
    }

    /** The fetch takes more than it may. */
    static final class LimitPassed extends IOException {
        private static final long serialVersionUID = 1;

        LimitPassed(String message) {
            super(message);
        }
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, Proxy ignored) throws IOException {
        return new Bounded(url);
    }

    private void came(long bytes) throws IOException {
        received += Math.max(0, bytes);
        if (received > limits.bytes()) {
            throw new LimitPassed("sends more than " + limits.bytes() + " bytes");
        }
        if (System.nanoTime() - start > limits.total().toNanos()) {
            throw new LimitPassed("takes longer than " + limits.total().toSeconds() + " seconds");
        }
    }

    private final class Bounded extends JDKHttpConnection {
        Bounded(URL url) throws IOException {
            super(url, Proxy.NO_PROXY);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int b = super.read();
                    came(1);
                    return b;
                }

                @Override
                public int read(byte[] bytes, int from, int most) throws IOException {
                    int n = super.read(bytes, from, most);
                    came(n);
                    return n;
                }
            };
        }
    }
}
