package dev.offshoot.cli;

import dev.offshoot.model.BranchName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which server, which workspace, which branch: alike for every command that talks to a server. */
final class ServerArguments extends WorkspaceArguments {
    @Option(names = "--branch", paramLabel = "NAME", description = "the default branch without it")
    String branch;

    /** Path below the workspace with the parameters that are given. */
    String path(String below, Map<String, String> parameters) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.put("branch", branch());
        return pathWithoutBranch(below, all);
    }

    /** The branch, or null for the default one. */
    String branch() {
        return branch == null ? null : new BranchName(branch).value();
    }

    /** The same for a request whose body names the branch. */
    String pathWithoutBranch(String below, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .filter(e -> e.getValue() != null)
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return path(below) + (query.isEmpty() ? "" : "?" + query);
    }
}
