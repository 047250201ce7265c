package dev.offshoot.store;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.errors.PackProtocolException;

/**
 * A request whose body, inflated, ends with an error at a limit: what a client wants and has is a few kilobytes, and Git's own
 * parser would collect any amount.
 */
final class BoundedRequest extends HttpServletRequestWrapper {
    /** Room for 300,000 object names. */
    private static final long MOST = 16L << 20;

    BoundedRequest(HttpServletRequest request) {
        super(request);
    }

    private boolean isDeflated() {
        String encoding = super.getHeader("Content-Encoding");
        return "gzip".equals(encoding) || "x-gzip".equals(encoding);
    }

    /** Inflated here, so nobody behind may inflate it again. */
    @Override
    public String getHeader(String name) {
        return name.equalsIgnoreCase("Content-Encoding") && isDeflated() ? null : super.getHeader(name);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        InputStream body = super.getInputStream();
        return new Bounded(isDeflated() ? new GZIPInputStream(body) : body);
    }

    private static final class Bounded extends ServletInputStream {
        private final InputStream in;
        private long left = MOST;
        private boolean finished;

        Bounded(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return count(in.read(), 1);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = in.read(into, from, length);
            return count(read, read);
        }

        private int count(int result, int bytes) throws IOException {
            if (result < 0) {
                finished = true;
            } else if ((left -= bytes) < 0) {
                throw new PackProtocolException("the request has more than " + MOST + " bytes");
            }
            return result;
        }

        @Override
        public boolean isFinished() {
            return finished;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("Git's servlets read blocking");
        }
    }
}
