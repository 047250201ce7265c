package dev.offshoot.access;

import dev.offshoot.model.Failure;
import dev.offshoot.model.WorkspaceName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One thing that can be asked of the server.
 *
 * @param method of HTTP
 * @param pattern of the path; <code>{name}</code> stands for one segment, <code>&lt;name&gt;</code> for the rest
 * @param when the parameter of the query that makes it this route, as {@code name=value}; empty for any query
 * @param need what it asks of its caller
 */
public record Route(String method, String pattern, String when, Need need) {
    /** What stands for the workspace's name. */
    private static final String WORKSPACE = "{workspace}";

    private static final String GIT_WORKSPACE = "{workspace}.git";

    boolean isFor(String path) {
        List<String> wanted = segments(pattern);
        List<String> given = segments(path);
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i).startsWith("<")) {
                return given.size() > i && !given.get(i).isEmpty();
            }
            if (i >= given.size() || !fits(wanted.get(i), given.get(i))) {
                return false;
            }
        }
        return given.size() == wanted.size();
    }

    private static boolean fits(String wanted, String given) {
        if (wanted.equals(GIT_WORKSPACE)) {
            return given.endsWith(".git") && given.length() > 4;
        }
        return wanted.startsWith("{") ? !given.isEmpty() : wanted.equals(given);
    }

    /** The workspace that a path of this route names; empty when the route or the path names none. */
    Optional<WorkspaceName> workspace(String path) {
        List<String> wanted = segments(pattern);
        int at = Math.max(wanted.indexOf(WORKSPACE), wanted.indexOf(GIT_WORKSPACE));
        if (at < 0) {
            return Optional.empty();
        }
        String given = segments(path).get(at);
        String name = wanted.get(at).equals(WORKSPACE) ? given : given.substring(0, given.length() - 4);
        try {
            return Optional.of(new WorkspaceName(name));
        } catch (Failure e) {
            return Optional.empty();
        }
    }

    /** Method and pattern, as logs and tests name it. */
    public String label() {
        return method + " " + pattern + (when.isEmpty() ? "" : "?" + when);
    }

    private static List<String> segments(String path) {
        return Arrays.asList(path.split("/", -1));
    }
}
