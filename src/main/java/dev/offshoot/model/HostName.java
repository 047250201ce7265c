package dev.offshoot.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The host of another server: a DNS name, a plain IPv4 address, or an IPv6 address (without brackets), always in one spelling. Decimal,
 * octal, hexadecimal and shortened IPv4 forms are refused: resolvers disagree about them, and people use them to get past filters.
 */
public record HostName(String value) {
    private static final Pattern LABELS =
            Pattern.compile("[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?(?:\\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)*");
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    /** A last label that resolvers would read as a number; no real top-level domain looks so. */
    private static final Pattern NUMBER_AT_END = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]{2,45}");
    private static final int MAX = 253;

    public HostName {
        value = value.toLowerCase(Locale.ROOT);
        if (value.indexOf(':') >= 0) {
            value = ipv6(value);
        } else if (value.length() > MAX
                || !LABELS.matcher(value).matches()
                || NUMBER_AT_END.matcher(value).matches()
                        && !IPV4.matcher(value).matches()) {
            throw refused();
        }
    }

    /** An address that maps an IPv4 one becomes that one. */
    private static String ipv6(String text) {
        if (!IPV6.matcher(text).matches()) {
            throw refused();
        }
        try {
            return InetAddress.getByName("[" + text + "]").getHostAddress(); // a literal: nobody is asked
        } catch (UnknownHostException e) {
            throw refused();
        }
    }

    private static Failure refused() {
        return Failure.of(
                Reason.INVALID_PARAMETER,
                "url",
                "the host is not a plain host name or address",
                "write example.org, 203.0.113.7 or [2001:db8::1]; names with other letters in their xn-- form");
    }

    /** The address, when the host is one and no name has to be looked up. */
    public Optional<InetAddress> literal() {
        if (!isIpv6() && !IPV4.matcher(value).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(value));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address needs no look-up", e);
        }
    }

    private boolean isIpv6() {
        return value.indexOf(':') >= 0;
    }

    /** As it stands in a URL. */
    @Override
    public String toString() {
        return isIpv6() ? "[" + value + "]" : value;
    }
}
