package dev.offshoot.testing;

import dev.offshoot.model.HostName;
import dev.offshoot.outbound.AllowedHosts;
import dev.offshoot.outbound.HostResolver;
import dev.offshoot.outbound.OutboundGate;
import dev.offshoot.outbound.OutboundLimits;
import dev.offshoot.store.GatedRepositories;
import dev.offshoot.store.RemoteRepositories;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Other repositories as a server under test may fetch them. No name is ever looked up on the network. */
public final class TestRemotes {
    private static final Map<String, String> NAMES = Map.of("inside.example", "10.0.0.7", "public.example", "9.9.9.9");

    private TestRemotes() {}

    /** @param allowed such as {@code http://127.0.0.1:8080} and {@code file:/folder} */
    public static RemoteRepositories allowing(Path incoming, OutboundLimits limits, String... allowed) {
        List<String> hosts = Arrays.stream(allowed)
                .map(place -> place.replaceFirst("^https?://", "").replaceFirst("/$", ""))
                .toList();
        return new GatedRepositories(new OutboundGate(AllowedHosts.parse(hosts), names(), limits), incoming);
    }

    private static HostResolver names() {
        return host -> List.of(address(host));
    }

    private static InetAddress address(HostName host) throws UnknownHostException {
        String known = NAMES.get(host.value());
        if (known == null) {
            throw new UnknownHostException(host.value());
        }
        return InetAddress.getByName(known);
    }
}
