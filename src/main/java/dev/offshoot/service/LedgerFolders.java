package dev.offshoot.service;

import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which files of a ledger have to be read and written together: where a record is kept depends on its neighbours in its definition. */
final class LedgerFolders {
    /** Platform, label, name: where a definition stands. */
    private static final int DEFINITION = 3;

    private LedgerFolders() {}

    /** Everything of the definitions that some records belong to, and files of the ledger beside them. */
    static Set<TreePath> around(Snapshot.Files files, Collection<TreePath> records) {
        Set<TreePath> found = new TreeSet<>();
        records.forEach(record -> add(files, record, found));
        return found;
    }

    private static void add(Snapshot.Files files, TreePath record, Set<TreePath> found) {
        List<String> segments = record.segments();
        TreePath folder = TreePath.ROOT;
        for (int i = 0; i < Math.min(segments.size(), DEFINITION); i++) {
            folder = folder.isRoot() ? TreePath.of(segments.get(i)) : folder.child(segments.get(i));
            if (i == DEFINITION - 1) {
                found.add(folder);
            } else {
                TreePath around = folder;
                files.entries(folder).forEach((name, isFolder) -> {
                    if (!isFolder) {
                        found.add(around.child(name));
                    }
                });
            }
        }
    }
}
