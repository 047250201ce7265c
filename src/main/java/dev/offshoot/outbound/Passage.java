package dev.offshoot.outbound;

import dev.offshoot.model.RemoteUrl;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One conversation with one origin: any number of connections, always to the addresses that were checked, with one time and one byte budget for
 * all. When the time is over every connection is closed, whatever it is waiting for.
 */
public final class Passage implements AutoCloseable {
    private final RemoteUrl.Http url;
    private final List<InetAddress> addresses;
    private final OutboundLimits limits;
    private final AtomicLong budget;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Trouble> trouble = new AtomicReference<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final Consumer<Passage> closed;
    private volatile boolean broken;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(job -> {
        Thread thread = new Thread(job, "offshoot-outbound-limit");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Why a conversation was ended from this side.
     *
     * @param mayPass whether it may go better another time without anybody changing anything
     */
    public record Trouble(String text, boolean mayPass) {}

    Passage(
            RemoteUrl.Http url,
            List<InetAddress> addresses,
            OutboundLimits limits,
            long begin,
            Consumer<Passage> closed) {
        this.url = url;
        this.closed = closed;
        this.addresses = addresses;
        this.limits = limits;
        this.budget = new AtomicLong(limits.bytes());
        long left = limits.total().toNanos() - (System.nanoTime() - begin);
        watch.schedule(this::expire, Math.max(left, 0), TimeUnit.NANOSECONDS);
    }

    public RemoteUrl.Http url() {
        return url;
    }

    /** Why the conversation was ended from this side; empty when it was not. */
    public Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble.get());
    }

    public boolean isOver() {
        return trouble.get() != null;
    }

    /** The last status of HTTP that came, 0 before the first one. */
    public int lastStatus() {
        return answered.get();
    }

    /** Whether a connection could not be made, or broke. */
    public boolean isBroken() {
        return broken;
    }

    void answered(int status) {
        answered.set(status);
    }

    void broke() {
        broken = true;
    }

    /** Ends the conversation because this server ends. Whatever is under way fails at once. */
    void hangUp() {
        end("this server is stopping", true);
    }

    private void expire() {
        end("it took longer than " + limits.total().toMillis() + " ms", true);
    }

    private IOException end(String why, boolean mayPass) {
        trouble.compareAndSet(null, new Trouble(why, mayPass));
        open.forEach(Passage::closeQuietly);
        return new IOException(trouble.get().text());
    }

    /** Refuses every other origin, wherever the address came from. */
    void requireOrigin(URL target) throws IOException {
        boolean same = target.getProtocol().equalsIgnoreCase(url.secure() ? "https" : "http")
                && target.getHost().equalsIgnoreCase(url.host().toString())
                && (target.getPort() < 0 ? target.getDefaultPort() : target.getPort()) == url.port()
                && target.getUserInfo() == null;
        if (!same) {
            throw end("it leads to another host, which is not followed", false);
        }
    }

    /** As much may be sent in one request as may be received altogether. */
    public void requireSendable(long bytes) throws IOException {
        if (bytes > limits.bytes()) {
            throw end("it would take more than " + limits.bytes() + " bytes", false);
        }
    }

    Socket connect() throws IOException {
        IOException last = null;
        for (InetAddress address : addresses) {
            Socket socket = new Socket();
            open.add(socket);
            try {
                if (isOver()) {
                    throw end("it is over", true);
                }
                socket.connect(new InetSocketAddress(address, url.port()), (int)
                        limits.connect().toMillis());
                socket.setSoTimeout(
                        (int) Math.min(Integer.MAX_VALUE, limits.idle().toMillis()));
                return url.secure() ? secured(socket) : socket;
            } catch (IOException e) {
                release(socket);
                last = e;
            }
        }
        throw last == null ? new IOException("no address") : last;
    }

    private Socket secured(Socket plain) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, url.host().value(), url.port(), true);
        open.add(socket);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    InputStream counted(Socket socket) throws IOException {
        return new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                try {
                    int n = in.read(to, offset, length);
                    if (n > 0 && budget.addAndGet(-n) < 0) {
                        throw end("it sends more than " + limits.bytes() + " bytes", false);
                    }
                    return n;
                } catch (SocketTimeoutException e) {
                    throw end("it sent nothing for " + limits.idle().toMillis() + " ms", true);
                } catch (IOException e) {
                    broke();
                    throw e;
                }
            }
        };
    }

    void release(Socket socket) {
        closeQuietly(socket);
        open.remove(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        open.forEach(Passage::closeQuietly);
        closed.accept(this);
    }
}
