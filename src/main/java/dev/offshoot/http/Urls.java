package dev.offshoot.http;

import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.wire.Percent;

/** Paths of things, percent-encoded. */
final class Urls {
    private Urls() {}

    static String workspace(WorkspaceName name) {
        return "/api/workspaces/" + name;
    }

    static String definition(WorkspaceName workspace, TreePath address) {
        StringBuilder url = new StringBuilder(workspace(workspace)).append("/definitions");
        address.segments().forEach(s -> url.append('/').append(Percent.encode(s)));
        return url.toString();
    }

    /** Where a document can be had again. */
    static String document(WorkspaceName workspace, TreePath address) {
        boolean single = address.segments().size() == 3;
        return single
                ? definition(workspace, address)
                : workspace(workspace) + "/export?document=" + Percent.encode(address.value());
    }
}
