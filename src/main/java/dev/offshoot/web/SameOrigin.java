package dev.offshoot.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * Tells whether a request that changes something comes from one of our own pages. Browsers say so in headers that pages cannot write; a
 * request without any of them is refused.
 */
final class SameOrigin {
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    private SameOrigin() {}

    static boolean allows(HttpServletRequest request) {
        if (SAFE.contains(request.getMethod())) {
            return true;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        boolean sameSite = site == null || site.equals("same-origin");
        boolean sameOrigin = origin == null || origin.equals(own(request));
        return (site != null || origin != null) && sameSite && sameOrigin;
    }

    private static String own(HttpServletRequest request) {
        int port = request.getServerPort();
        boolean usual = port == (request.isSecure() ? 443 : 80);
        return request.getScheme() + "://" + request.getServerName() + (usual ? "" : ":" + port);
    }
}
