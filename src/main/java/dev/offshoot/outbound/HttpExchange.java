package dev.offshoot.outbound;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One HTTP/1.1 request and its answer on a connection of its own. Redirects are answers like any other. */
public final class HttpExchange {
    private static final int LONGEST_LINE = 8192;
    private static final int MOST_HEADERS = 200;

    private final int status;
    private final Map<String, List<String>> headers;
    private final InputStream body;

    private HttpExchange(int status, Map<String, List<String>> headers, InputStream body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** What a request carries. */
    public interface Content {
        /** In bytes. */
        long length();

        void writeTo(OutputStream out) throws IOException;
    }

    /** Sends a request and reads the head of the answer. */
    public static HttpExchange send(
            Passage passage, String method, URL url, Map<String, String> fields, Content content) throws IOException {
        passage.requireOrigin(url);
        Map<String, String> head = new LinkedHashMap<>(fields);
        head.put("Host", passage.url().host() + ":" + passage.url().port());
        head.put("Connection", "close");
        head.put("Content-Length", Long.toString(content.length()));
        StringBuilder text = new StringBuilder(method + " " + url.getFile() + " HTTP/1.1\r\n");
        head.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        passage.requireSendable(content.length());
        Socket socket = connected(passage);
        try {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            out.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            content.writeTo(out);
            out.flush();
        } catch (IOException e) {
            passage.broke();
            passage.release(socket);
            throw e;
        }
        try {
            HttpExchange answer = read(passage, passage.counted(socket));
            passage.answered(answer.status);
            return answer;
        } catch (IOException e) {
            passage.release(socket);
            throw e;
        }
    }

    private static Socket connected(Passage passage) throws IOException {
        try {
            return passage.connect();
        } catch (IOException e) {
            passage.broke();
            throw e;
        }
    }

    private static HttpExchange read(Passage passage, InputStream raw) throws IOException {
        InputStream in = new java.io.BufferedInputStream(raw, 1 << 16);
        int status;
        Map<String, List<String>> headers;
        do {
            String[] first = line(in).split(" ", 3);
            if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("[1-5][0-9]{2}")) {
                throw new IOException("the answer is not HTTP");
            }
            status = Integer.parseInt(first[1]);
            headers = headers(in);
        } while (status < 200);
        return new HttpExchange(status, headers, body(passage, status, headers, in));
    }

    private static Map<String, List<String>> headers(InputStream in) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int count = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1 || ++count > MOST_HEADERS) {
                throw new IOException("the answer is not HTTP");
            }
            headers.computeIfAbsent(line.substring(0, colon).strip(), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static InputStream body(Passage passage, int status, Map<String, List<String>> headers, InputStream in)
            throws IOException {
        if (status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        String coding = String.join(",", headers.getOrDefault("Transfer-Encoding", List.of()));
        if (!coding.isEmpty()) {
            if (!coding.toLowerCase(Locale.ROOT).equals("chunked")) {
                throw new IOException("the answer has an unknown coding");
            }
            return new Sized(passage, in, 0, true);
        }
        List<String> length = headers.getOrDefault("Content-Length", List.of());
        if (length.isEmpty()) {
            return in;
        }
        if (!length.get(0).matches("[0-9]{1,18}")) {
            throw new IOException("the answer is not HTTP");
        }
        return new Sized(passage, in, Long.parseLong(length.get(0)), false);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the answer ends in its head");
            }
            if (line.length() >= LONGEST_LINE) {
                throw new IOException("the answer is not HTTP");
            }
            line.append((char) c);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }

    public int status() {
        return status;
    }

    /** By name, in any letter case. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    public InputStream body() {
        return body;
    }

    /** As long as was announced, at once or chunk by chunk; an early end is an error. */
    private static final class Sized extends InputStream {
        private final Passage passage;
        private final InputStream in;
        private final boolean chunked;
        private long left;
        private boolean begun;
        private boolean done;

        Sized(Passage passage, InputStream in, long left, boolean chunked) {
            this.passage = passage;
            this.in = in;
            this.left = left;
            this.chunked = chunked;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0 && chunked && !done) {
                nextChunk();
            }
            if (left == 0) {
                return -1;
            }
            int n = in.read(to, offset, (int) Math.min(length, left));
            if (n < 0) {
                passage.broke();
                throw new EOFException("the answer ends early");
            }
            left -= n;
            return n;
        }

        private void nextChunk() throws IOException {
            if (begun) {
                line(in);
            }
            begun = true;
            String size = line(in).replaceFirst(";.*", "").strip();
            if (!size.matches("[0-9A-Fa-f]{1,12}")) {
                throw new IOException("the answer is not HTTP");
            }
            left = Long.parseLong(size, 16);
            done = left == 0;
        }
    }
}
