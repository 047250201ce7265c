package dev.offshoot.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses belong to the public Internet, by the IANA registries of special-purpose addresses (RFC 6890 and its updates). For IPv6 only
 * global unicast counts, without what wraps an IPv4 address (Teredo, 6to4; NAT64 and mapped ones lie outside anyhow).
 */
final class PublicAddresses {
    private static final List<Range> NOT_PUBLIC_V4 = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");
    private static final Range UNICAST_V6 = Range.of("2000::/3");
    private static final List<Range> NOT_PUBLIC_V6 =
            ranges("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address
                ? NOT_PUBLIC_V4.stream().noneMatch(range -> range.contains(bytes))
                : UNICAST_V6.contains(bytes) && NOT_PUBLIC_V6.stream().noneMatch(range -> range.contains(bytes));
    }

    private static List<Range> ranges(String... texts) {
        return java.util.Arrays.stream(texts).map(Range::of).toList();
    }

    private record Range(byte[] base, int bits) {
        static Range of(String text) {
            int slash = text.indexOf('/');
            byte[] base = new dev.offshoot.model.HostName(text.substring(0, slash))
                    .literal()
                    .orElseThrow()
                    .getAddress();
            return new Range(base, Integer.parseInt(text.substring(slash + 1)));
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if (((address[bit >> 3] ^ base[bit >> 3]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
