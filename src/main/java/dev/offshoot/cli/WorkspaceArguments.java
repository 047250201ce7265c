package dev.offshoot.cli;

import dev.offshoot.model.WorkspaceName;
import picocli.CommandLine.Option;

/** Which server and which workspace: alike for every command that talks to a server. */
class WorkspaceArguments {
    @Option(names = "--server", required = true, paramLabel = "URL", description = "for example http://127.0.0.1:8080")
    String server;

    @Option(
            names = {"-w", "--workspace"},
            required = true,
            paramLabel = "NAME",
            description = "the workspace on it")
    String workspace;

    /** Path below the workspace. */
    final String path(String below) {
        return "/api/workspaces/" + new WorkspaceName(workspace) + below;
    }
}
