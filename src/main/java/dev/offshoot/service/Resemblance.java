package dev.offshoot.service;

import dev.offshoot.layout.Definition;
import dev.offshoot.layout.Exploded;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Whether two definitions of one name are one and the same: at least half of the files of the smaller one are in the same place in
 * both, and a quarter of those are identical. The same app from another instance passes easily, another app that happens to have
 * the name does not.
 */
final class Resemblance {
    private Resemblance() {}

    /**
     * Refuses to replace a definition by one that has little more than its name.
     *
     * @throws Failure {@code AMBIGUOUS_DEFINITION}
     */
    static void require(Definition existing, Exploded exploded, WorkspaceView view) {
        TreePath address = existing.address();
        SortedMap<TreePath, ObjectName> here = view.files().names(address);
        SortedMap<TreePath, Content> coming = exploded.files().within(address).files();
        int samePlace = 0;
        int identical = 0;
        for (Map.Entry<TreePath, Content> e : coming.entrySet()) {
            ObjectName name = here.get(e.getKey());
            if (name != null) {
                samePlace++;
                identical += name.equals(e.getValue().blobName()) ? 1 : 0;
            }
        }
        int smaller = Math.min(here.size(), coming.size());
        if (samePlace * 2 < smaller || identical * 4 < samePlace) {
            throw new Failure(List.of(new Problem(
                    Reason.AMBIGUOUS_DEFINITION,
                    "name",
                    "there is a " + existing.header().kind() + " named "
                            + existing.header().name() + " at " + address + ", but only " + samePlace + " of "
                            + smaller + " files have a counterpart and " + identical + " are identical",
                    "replace it with target=" + address + ", or keep both with mode=create&name=…")));
        }
    }
}
