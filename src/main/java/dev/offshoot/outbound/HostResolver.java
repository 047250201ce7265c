package dev.offshoot.outbound;

import dev.offshoot.model.HostName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. */
@FunctionalInterface
public interface HostResolver {
    /** Asks the machine's own resolver. */
    HostResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host.value()));

    /** At least one address. */
    List<InetAddress> resolve(HostName host) throws UnknownHostException;
}
