package dev.offshoot.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where another Git repository is: {@code https}, {@code http} or {@code file}, in any letter case, and nothing else. It never holds a user,
 * a password, a query or a fragment, so it may be shown and logged. Whether it may be contacted is the outbound gate's decision.
 *
 */
public sealed interface RemoteUrl {
    int MAX = 2000;

    /** The path with its leading slash, still percent-encoded. */
    String path();

    /** On another host. */
    record Http(boolean secure, HostName host, int port, String path) implements RemoteUrl {
        private static final int HTTPS = 443;
        private static final int PLAIN = 80;

        public Http {
            requirePath(path);
            if (port < 1 || port > 65_535) {
                throw refused("the port is not a number from 1 to 65535");
            }
        }

        /** Scheme, host and port: who gets the credentials. */
        public String origin() {
            return (secure ? "https://" : "http://") + host + (port == defaultPort(secure) ? "" : ":" + port);
        }

        private static int defaultPort(boolean secure) {
            return secure ? HTTPS : PLAIN;
        }

        @Override
        public String toString() {
            return origin() + path;
        }
    }

    /** A folder of this machine. */
    record Local(String path) implements RemoteUrl {
        public Local {
            requirePath(path);
            if (path.indexOf('%') >= 0) {
                throw refused("a file URL here has no percent signs");
            }
        }

        @Override
        public String toString() {
            return "file://" + path;
        }
    }

    /**
     * Reads one. The failure never repeats what was given: it may hold a password.
     *
     * @throws Failure {@code INVALID_PARAMETER}
     */
    static RemoteUrl parse(String text) {
        if (text.length() > MAX) {
            throw refused("it is longer than " + MAX + " characters");
        }
        Matcher match = Syntax.URL.matcher(text);
        if (!match.matches()) {
            throw refused("it is not of the form scheme://host/path");
        }
        String scheme = match.group("scheme").toLowerCase(Locale.ROOT);
        String authority = match.group("authority");
        if (authority.indexOf('@') >= 0) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "url",
                    "it holds a user or password",
                    "send credentials in their own fields; what stood in the URL should be replaced, URLs end up in logs");
        }
        return switch (scheme) {
            case "https" -> http(true, authority, match.group("path"));
            case "http" -> http(false, authority, match.group("path"));
            case "file" -> local(authority, match.group("path"));
            default -> throw refused("only https, and where the operator allows it http and file, can be used");
        };
    }

    private static RemoteUrl http(boolean secure, String authority, String path) {
        Matcher match = Syntax.AUTHORITY.matcher(authority);
        if (!match.matches()) {
            throw refused("there is no host, or it has more than a name and a port");
        }
        HostName host = new HostName(match.group("v6") == null ? match.group("name") : match.group("v6"));
        String port = match.group("port");
        return new Http(secure, host, port == null ? Http.defaultPort(secure) : Integer.parseInt(port), path);
    }

    private static RemoteUrl local(String authority, String path) {
        if (!authority.isEmpty()) {
            throw refused("a file URL has no host");
        }
        return new Local(path);
    }

    private static void requirePath(String path) {
        if (!Syntax.PATH.matcher(path).matches()) {
            throw refused("the path has characters that must be percent-encoded, or a query or fragment");
        }
        for (String segment : path.substring(1).replaceFirst("/$", "").split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || segment.startsWith("-")) {
                throw refused("the path has an empty segment, a dot segment, or one that starts with a dash");
            }
        }
    }

    private static Failure refused(String why) {
        return Failure.of(
                Reason.INVALID_PARAMETER,
                "url",
                "not the URL of a Git repository: " + why,
                "write https://host/path/to/repository.git");
    }

    /** Patterns; interfaces cannot hide them otherwise. */
    final class Syntax {
        private static final Pattern URL =
                Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<authority>[^/?#\\\\]*)(?<path>/[^?#]*)");
        private static final Pattern AUTHORITY =
                Pattern.compile("(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<name>[^:\\[\\]]+))(?::(?<port>[0-9]{1,5}))?");
        /** Percent-encoded are only printable characters that mean nothing in a path: no slash, dot, backslash or percent sign. */
        private static final Pattern PATH =
                Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%(?!2[EeFf5]|5[Cc]|7[Ff])[2-9A-Fa-f][0-9A-Fa-f])+");

        private Syntax() {}
    }
}
