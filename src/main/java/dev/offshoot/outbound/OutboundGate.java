package dev.offshoot.outbound;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Decides whether another server may be contacted, each time anew: https to public addresses, and what the operator allows. A host is looked
 * up once per conversation; what was checked is what is connected to, so a second answer of the name server changes nothing.
 */
public final class OutboundGate implements AutoCloseable {
    private final AllowedHosts allowed;
    private final HostResolver resolver;
    private final OutboundLimits limits;
    private final Set<Passage> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public OutboundGate(AllowedHosts allowed, HostResolver resolver, OutboundLimits limits) {
        this.allowed = allowed;
        this.resolver = resolver;
        this.limits = limits;
    }

    public OutboundLimits limits() {
        return limits;
    }

    /**
     * Begins a conversation. Nothing has been sent when this returns.
     *
     * @throws Failure {@code FORBIDDEN}, or {@code BUSY} when the host cannot be found
     */
    public Passage open(RemoteUrl.Http url) {
        boolean trusted = allowed.allows(url);
        if (!url.secure() && !trusted) {
            throw forbidden(url, "http is not allowed for this host");
        }
        long begin = System.nanoTime();
        List<InetAddress> addresses = addresses(url);
        if (!trusted && !addresses.stream().allMatch(PublicAddresses::contains)) {
            throw forbidden(url, "the host is not on the public Internet");
        }
        Passage passage = new Passage(url, addresses, limits, begin, open::remove);
        open.add(passage);
        if (closed) {
            passage.hangUp();
        }
        return passage;
    }

    /** Ends every conversation and lets none begin: the server is stopping. */
    @Override
    public void close() {
        closed = true;
        open.forEach(Passage::hangUp);
    }

    /**
     * The folder that a URL of this machine names, links followed.
     *
     * @throws Failure {@code FORBIDDEN}
     */
    public Path folder(RemoteUrl.Local url) {
        return allowed.folder(url).orElseThrow(() -> forbidden(url, "the folder is not allowed"));
    }

    private List<InetAddress> addresses(RemoteUrl.Http url) {
        Optional<InetAddress> literal = url.host().literal();
        if (literal.isPresent()) {
            return List.of(literal.get());
        }
        // The machine's resolver knows no time limit of ours.
        FutureTask<List<InetAddress>> lookUp = new FutureTask<>(() -> resolver.resolve(url.host()));
        Thread thread = new Thread(lookUp, "offshoot-look-up");
        thread.setDaemon(true);
        thread.start();
        Duration patience = limits.connect();
        try {
            List<InetAddress> found = List.copyOf(lookUp.get(patience.toMillis(), TimeUnit.MILLISECONDS));
            if (found.isEmpty()) {
                throw new UnknownHostException();
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(url);
        } catch (ExecutionException | TimeoutException | UnknownHostException | CancellationException e) {
            throw unknown(url);
        }
    }

    private static Failure unknown(RemoteUrl.Http url) {
        return Failure.of(Reason.BUSY, "url", "the host of " + url + " cannot be found", "check its spelling");
    }

    private static Failure forbidden(RemoteUrl url, String why) {
        return Failure.of(
                Reason.FORBIDDEN,
                "url",
                url + ": " + why,
                "the operator can allow it: serve --allow-outbound-host HOST[:PORT], or file:/folder");
    }
}
