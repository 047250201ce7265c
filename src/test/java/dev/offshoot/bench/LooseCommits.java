package dev.offshoot.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * How most services keep things in Git: a lock per repository, one after the other, each object a file, forced to the disk (JGit's
 * settings are those of the store, which force). It writes only the trees on the path, and keeps no ledger.
 */
final class LooseCommits implements AutoCloseable {
    private final Repository repository;

    private LooseCommits(Repository repository) {
        this.repository = repository;
    }

    static LooseCommits open(Path bare) throws IOException {
        return new LooseCommits(
                new FileRepositoryBuilder().setGitDir(bare.toFile()).setBare().build());
    }

    synchronized void commit(String path, byte[] content) throws IOException {
        try (ObjectReader reader = repository.newObjectReader();
                ObjectInserter inserter = repository.newObjectInserter();
                RevWalk walk = new RevWalk(reader)) {
            ObjectId head = repository.exactRef("refs/heads/main").getObjectId();
            ObjectId blob = inserter.insert(Constants.OBJ_BLOB, content);
            ObjectId tree = edit(reader, inserter, walk.parseCommit(head).getTree(), List.of(path.split("/")), blob);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree);
            commit.setParentId(head);
            commit.setAuthor(new PersonIdent("Bench", "bench@example.org"));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("Change a component\n");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = repository.updateRef("refs/heads/main");
            update.setExpectedOldObjectId(head);
            update.setNewObjectId(id);
            update.disableRefLog();
            RefUpdate.Result result = update.update(walk);
            if (result != RefUpdate.Result.FAST_FORWARD) {
                throw new IOException("the branch did not move: " + result);
            }
        }
    }

    private static ObjectId edit(
            ObjectReader reader, ObjectInserter inserter, ObjectId tree, List<String> path, ObjectId blob)
            throws IOException {
        List<byte[]> names = new ArrayList<>();
        TreeFormatter written = new TreeFormatter();
        CanonicalTreeParser entries = new CanonicalTreeParser(null, reader, tree);
        for (; !entries.eof(); entries.next()) {
            ObjectId id = entries.getEntryObjectId();
            if (entries.getEntryPathString().equals(path.get(0))) {
                id = path.size() == 1 ? blob : edit(reader, inserter, id, path.subList(1, path.size()), blob);
                names.add(path.get(0).getBytes());
            }
            written.append(entries.getEntryPathString(), FileMode.fromBits(entries.getEntryRawMode()), id);
        }
        if (names.size() != 1) {
            throw new IOException("no " + path);
        }
        return inserter.insert(written);
    }

    @Override
    public void close() {
        repository.close();
    }
}
