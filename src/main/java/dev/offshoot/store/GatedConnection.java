package dev.offshoot.store;

import dev.offshoot.outbound.HttpExchange;
import dev.offshoot.outbound.Passage;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.URL;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.util.TemporaryBuffer;

/** JGit's view of a request that goes through the outbound gate. Proxies, trust settings and time limits are not JGit's to choose. */
final class GatedConnection implements HttpConnection {
    /** Bytes of a request; what is more waits in a temporary file. */
    private static final int IN_MEMORY = 1 << 20;

    private final Passage passage;
    private final URL url;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final TemporaryBuffer content = new TemporaryBuffer.LocalFile(null, IN_MEMORY);
    private String method = "GET";
    private HttpExchange exchange;

    private GatedConnection(Passage passage, URL url) {
        this.passage = passage;
        this.url = url;
    }

    static HttpConnectionFactory through(Passage passage) {
        return new HttpConnectionFactory() {
            @Override
            public HttpConnection create(URL url) {
                return new GatedConnection(passage, url);
            }

            @Override
            public HttpConnection create(URL url, Proxy proxy) {
                return new GatedConnection(passage, url);
            }
        };
    }

    private HttpExchange exchange() throws IOException {
        if (exchange == null) {
            try {
                content.close();
                exchange = HttpExchange.send(passage, method, url, fields, new HttpExchange.Content() {
                    @Override
                    public long length() {
                        return content.length();
                    }

                    @Override
                    public void writeTo(OutputStream out) throws IOException {
                        content.writeTo(out, null);
                    }
                });
            } finally {
                content.destroy();
            }
            requireGit();
        }
        return exchange;
    }

    /** Otherwise JGit would try to walk plain files, request by request. */
    private void requireGit() throws IOException {
        String query = String.valueOf(url.getQuery());
        if (exchange.status() == HTTP_OK
                && query.startsWith("service=")
                && !("application/x-" + query.substring("service=".length()) + "-advertisement")
                        .equals(getContentType())) {
            throw new IOException("the answer is not Git's");
        }
    }

    @Override
    public int getResponseCode() throws IOException {
        return exchange().status();
    }

    @Override
    public URL getURL() {
        return url;
    }

    @Override
    public String getResponseMessage() throws IOException {
        return "status " + getResponseCode();
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        return exchange == null ? Map.of() : exchange.headers();
    }

    @Override
    public List<String> getHeaderFields(String name) {
        return getHeaderFields().getOrDefault(name, List.of());
    }

    @Override
    public String getHeaderField(String name) {
        List<String> values = getHeaderFields(name);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public String getContentType() {
        return getHeaderField("Content-Type");
    }

    @Override
    public int getContentLength() {
        return -1;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return exchange().body();
    }

    @Override
    public OutputStream getOutputStream() {
        return new FilterOutputStream(content) {
            private long written;

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                written += length;
                passage.requireSendable(written);
                out.write(bytes, offset, length);
            }
        };
    }

    @Override
    public void connect() throws IOException {
        exchange();
    }

    @Override
    public void setRequestProperty(String name, String value) {
        fields.put(name, value);
    }

    @Override
    public void setRequestMethod(String name) {
        method = name;
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public boolean usingProxy() {
        return false;
    }

    @Override
    public void setUseCaches(boolean use) {
        // there are none
    }

    @Override
    public void setConnectTimeout(int millis) {
        // the passage's
    }

    @Override
    public void setReadTimeout(int millis) {
        // the passage's
    }

    @Override
    public void setInstanceFollowRedirects(boolean follow) {
        // never: another address is another wish, and the caller decides
    }

    @Override
    public void setDoOutput(boolean output) {
        // decided by what is written
    }

    @Override
    public void setFixedLengthStreamingMode(int length) {
        // sent as a whole
    }

    @Override
    public void setChunkedStreamingMode(int length) {
        // sent as a whole
    }

    @Override
    public void configure(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
        throw new UnsupportedOperationException("certificates are always checked");
    }

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {
        throw new UnsupportedOperationException("certificates are always checked");
    }
}
