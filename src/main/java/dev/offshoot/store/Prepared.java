package dev.offshoot.store;

import dev.offshoot.model.Content;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A request with everything done that does not depend on its place in the line: blobs named and deflated, paths checked. This
 * happens in the caller's thread, so a large import keeps the committer busy only for its trees and for copying bytes.
 *
 * @param blobs what has to be stored; blobs that stand in the branch already are left out
 * @param adoption a commit that becomes the branch's head instead of one with the edits
 */
record Prepared(
        UpdateRequest request,
        PathEdits files,
        PathEdits ledger,
        List<PackedObject> blobs,
        Optional<Adoption> adoption) {
    private static final int CHUNK = 256;
    /** Below this, handing work to another thread costs more than it saves. */
    private static final long WORTH_THREADS = 256 * 1024;

    static Prepared of(UpdateRequest request, TreeSource trees, ObjectId baseTree, ObjectId baseLedger)
            throws IOException {
        Map<ObjectId, byte[]> contents = new LinkedHashMap<>();
        PathEdits files = edits(request.files(), contents);
        PathEdits ledger = edits(request.ledger(), contents);
        Set<ObjectId> known = new HashSet<>();
        known(trees, baseTree, files, known);
        known(trees, baseLedger, ledger, known);
        contents.keySet().removeAll(known);
        return new Prepared(request, files, ledger, deflate(contents), Optional.empty());
    }

    Prepared adopting(Adoption commit) {
        return new Prepared(request, files, ledger, blobs, Optional.of(commit));
    }

    private static PathEdits edits(TreeEdit edit, Map<ObjectId, byte[]> contents) {
        List<Map.Entry<TreePath, Content>> written = new ArrayList<>();
        PathEdits edits = PathEdits.none();
        edit.changes().forEach((path, content) -> {
            if (content.isPresent()) {
                written.add(Map.entry(path, content.get()));
            } else {
                edits.remove(path);
            }
        });
        ObjectId[] names = new ObjectId[written.size()];
        inChunks(
                written.size(),
                written.stream().mapToLong(e -> e.getValue().size()).sum(),
                (from, to) -> {
                    try (PackedObject.Maker maker = new PackedObject.Maker()) {
                        for (int i = from; i < to; i++) {
                            names[i] = maker.name(
                                    Constants.OBJ_BLOB,
                                    written.get(i).getValue().bytes());
                        }
                    }
                });
        for (int i = 0; i < names.length; i++) {
            edits.write(written.get(i).getKey(), names[i]);
            contents.put(names[i], written.get(i).getValue().bytes());
        }
        return edits;
    }

    private static List<PackedObject> deflate(Map<ObjectId, byte[]> contents) {
        List<Map.Entry<ObjectId, byte[]>> todo = new ArrayList<>(contents.entrySet());
        PackedObject[] done = new PackedObject[todo.size()];
        inChunks(done.length, todo.stream().mapToLong(e -> e.getValue().length).sum(), (from, to) -> {
            try (PackedObject.Maker maker = new PackedObject.Maker()) {
                for (int i = from; i < to; i++) {
                    done[i] = maker.pack(
                            todo.get(i).getKey(),
                            Constants.OBJ_BLOB,
                            todo.get(i).getValue());
                }
            }
        });
        return List.of(done);
    }

    private interface Chunk {
        void run(int from, int to);
    }

    private static void inChunks(int count, long bytes, Chunk work) {
        if (bytes < WORTH_THREADS) {
            work.run(0, count);
            return;
        }
        IntStream.range(0, (count + CHUNK - 1) / CHUNK)
                .parallel()
                .forEach(chunk -> work.run(chunk * CHUNK, Math.min(count, (chunk + 1) * CHUNK)));
    }

    /** Collects the blobs that are in the touched folders already, and everything below removed ones: moved files need no new blob. */
    private static void known(TreeSource trees, ObjectId folder, PathEdits edits, Set<ObjectId> known)
            throws IOException {
        if (edits.children().isEmpty() && !edits.isRemoved()) {
            return;
        }
        TreeCursor entries = new TreeCursor(trees.rawOrEmpty(folder));
        while (entries.next()) {
            Optional<PathEdits> edit = Optional.ofNullable(edits.children().get(entries.key()));
            if (entries.isFolder()) {
                if (edits.isRemoved() || edit.isPresent() && edit.get().isRemoved()) {
                    everything(trees, entries.id(), known);
                } else if (edit.isPresent()) {
                    known(trees, entries.id(), edit.get(), known);
                }
            } else {
                known.add(entries.id());
            }
        }
    }

    private static void everything(TreeSource trees, ObjectId folder, Set<ObjectId> known) throws IOException {
        TreeCursor entries = new TreeCursor(trees.rawOrEmpty(folder));
        while (entries.next()) {
            if (entries.isFolder()) {
                everything(trees, entries.id(), known);
            } else {
                known.add(entries.id());
            }
        }
    }
}
