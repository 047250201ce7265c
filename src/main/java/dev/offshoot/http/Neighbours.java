package dev.offshoot.http;

import jakarta.servlet.Servlet;
import java.util.List;

/**
 * What is served beside the API, each on a servlet of its own.
 *
 * @param git serves {@code /git/*}
 * @param page for people with a browser; the only one that sessions are for
 * @param pagePaths what it serves, as the servlet specification writes paths
 */
public record Neighbours(Servlet git, Servlet page, List<String> pagePaths) {
    public Neighbours {
        pagePaths = List.copyOf(pagePaths);
    }
}
