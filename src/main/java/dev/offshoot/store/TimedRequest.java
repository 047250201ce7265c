package dev.offshoot.store;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.InputStream;

/** A push whose body, as it comes over the wire, can be read only as long as there is time. */
final class TimedRequest extends HttpServletRequestWrapper {
    private final PushDeadline deadline;

    TimedRequest(HttpServletRequest request, PushDeadline deadline) {
        super(request);
        this.deadline = deadline;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        ServletInputStream body = super.getInputStream();
        return new Timed(body, deadline.over(body));
    }

    private static final class Timed extends ServletInputStream {
        private final ServletInputStream body;
        private final InputStream in;

        Timed(ServletInputStream body, InputStream in) {
            this.body = body;
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return in.read(into, from, length);
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("Git's servlets read blocking");
        }
    }
}
