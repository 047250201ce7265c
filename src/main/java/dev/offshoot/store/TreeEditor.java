package dev.offshoot.store;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.Paths;

/**
 * Applies path edits to a tree: only folders on changed paths are read and written anew, everything else is reused by id.
 * The new trees are collected, not stored.
 */
final class TreeEditor {
    private final TreeSource source;
    private final PackedObject.Maker names;
    private final Map<ObjectId, byte[]> fresh = new LinkedHashMap<>();

    TreeEditor(TreeSource source, PackedObject.Maker names) {
        this.source = source;
        this.names = names;
    }

    /** Trees made so far, by id. */
    Map<ObjectId, byte[]> fresh() {
        return fresh;
    }

    /**
     * The tree with the edits applied; the empty tree when nothing is left.
     *
     * @throws Failure {@code INVALID_PATH} when a file stands where a folder is needed, the other way round, or beside a name that
     *     differs only in letter case
     */
    ObjectId apply(ObjectId root, PathEdits edits) throws IOException {
        return folder(root, edits, "", true);
    }

    /**
     * The same for a tree that is never checked out, where names may differ in letter case alone: the ledger goes on knowing what was removed
     * or renamed.
     */
    ObjectId applyHidden(ObjectId root, PathEdits edits) throws IOException {
        return folder(root, edits, "", false);
    }

    private record Entry(byte[] name, int mode, ObjectId id) {
        boolean isFolder() {
            return FileMode.TREE.equals(mode);
        }
    }

    private ObjectId folder(ObjectId before, PathEdits edits, String path, boolean shown) throws IOException {
        ObjectId base = edits.isRemoved() ? TreeSource.EMPTY : before;
        if (edits.children().isEmpty()) {
            return base;
        }
        byte[] raw = raw(base);
        Map<String, Entry> old = touched(raw, edits);
        List<Entry> written = new ArrayList<>();
        boolean changed = false;
        boolean named = false;
        for (Map.Entry<String, PathEdits> child : edits.children().entrySet()) {
            Optional<Entry> was = Optional.ofNullable(old.get(child.getKey()));
            Optional<Entry> is = entry(was, child.getValue(), path, shown);
            is.ifPresent(written::add);
            changed |= !same(was, is);
            named |= was.isEmpty() && is.isPresent();
        }
        if (!changed) {
            return base;
        }
        if (named && shown) {
            refuseTwins(raw, edits, written, old, path);
        }
        return store(before, merge(raw, edits, written));
    }

    private byte[] raw(ObjectId tree) throws IOException {
        byte[] made = fresh.get(tree);
        return made != null ? made : source.rawOrEmpty(tree);
    }

    private static boolean same(Optional<Entry> a, Optional<Entry> b) {
        return a.isPresent() == b.isPresent()
                && (a.isEmpty()
                        || a.get().mode() == b.get().mode()
                                && a.get().id().equals(b.get().id()));
    }

    private static Map<String, Entry> touched(byte[] raw, PathEdits edits) {
        Map<String, Entry> found = new HashMap<>();
        TreeCursor entries = new TreeCursor(raw);
        while (entries.next()) {
            PathEdits edit = edits.children().get(entries.key());
            if (edit != null) {
                found.put(entries.key(), new Entry(edit.name(), entries.mode(), entries.id()));
            }
        }
        return found;
    }

    /** What stands under one name after the edit. */
    private Optional<Entry> entry(Optional<Entry> was, PathEdits edit, String folder, boolean shown)
            throws IOException {
        String path = folder + new String(edit.name(), StandardCharsets.UTF_8);
        Optional<Entry> base = edit.isRemoved() ? Optional.empty() : was;
        if (edit.blob() != null) {
            // A folder may become a file when everything in it is removed by the same edit.
            boolean emptied = base.isEmpty()
                    || !base.get().isFolder()
                    || folder(base.get().id(), edit, path + "/", shown).equals(TreeSource.EMPTY);
            if (edit.writesBelow() || !emptied) {
                throw Failure.of(Reason.INVALID_PATH, path, "cannot be a file, it is a folder");
            }
            boolean executable = base.isPresent()
                    && FileMode.EXECUTABLE_FILE.equals(base.get().mode());
            FileMode mode = executable ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
            return Optional.of(new Entry(edit.name(), mode.getBits(), edit.blob()));
        }
        if (edit.children().isEmpty()) {
            return base;
        }
        if (base.isPresent() && !base.get().isFolder()) {
            if (edit.writes()) {
                throw Failure.of(Reason.INVALID_PATH, path, "cannot be a folder, it is a file");
            }
            return base;
        }
        ObjectId before = was.filter(Entry::isFolder).map(Entry::id).orElse(TreeSource.EMPTY);
        ObjectId after = folder(before, edit, path + "/", shown);
        return after.equals(TreeSource.EMPTY)
                ? Optional.empty()
                : Optional.of(new Entry(edit.name(), FileMode.TREE.getBits(), after));
    }

    private static void refuseTwins(
            byte[] raw, PathEdits edits, List<Entry> written, Map<String, Entry> old, String path) {
        Set<String> taken = new HashSet<>();
        TreeCursor entries = new TreeCursor(raw);
        while (entries.next()) {
            if (!edits.children().containsKey(entries.key())) {
                taken.add(PathEdits.fold(entries.name()));
            }
        }
        for (Entry entry : written) {
            String name = new String(entry.name(), StandardCharsets.UTF_8);
            if (!taken.add(PathEdits.fold(name)) && !old.containsKey(TreeCursor.key(entry.name()))) {
                throw Failure.of(
                        Reason.INVALID_PATH,
                        path + name,
                        "another name in this folder differs only in letter case",
                        "Windows and macOS would take both for one file");
            }
        }
    }

    /** The old entries that are not touched and the written ones, in Git's order. */
    private static byte[] merge(byte[] raw, PathEdits edits, List<Entry> written) {
        written.sort((a, b) ->
                Paths.compare(a.name(), 0, a.name().length, a.mode(), b.name(), 0, b.name().length, b.mode()));
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length + written.size() * 64);
        TreeCursor entries = new TreeCursor(raw);
        int next = 0;
        while (entries.next()) {
            if (edits.children().containsKey(entries.key())) {
                continue;
            }
            while (next < written.size() && before(written.get(next), entries)) {
                put(out, written.get(next++));
            }
            out.write(raw, entries.start(), entries.end() - entries.start());
        }
        while (next < written.size()) {
            put(out, written.get(next++));
        }
        return out.toByteArray();
    }

    private static boolean before(Entry entry, TreeCursor other) {
        return Paths.compare(
                        entry.name(),
                        0,
                        entry.name().length,
                        entry.mode(),
                        other.raw(),
                        other.nameStart(),
                        other.nameEnd(),
                        other.mode())
                < 0;
    }

    private static void put(ByteArrayOutputStream out, Entry entry) {
        out.writeBytes(Constants.encodeASCII(Integer.toOctalString(entry.mode())));
        out.write(' ');
        out.writeBytes(entry.name());
        out.write(0);
        byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
        entry.id().copyRawTo(id, 0);
        out.writeBytes(id);
    }

    private ObjectId store(ObjectId before, byte[] raw) {
        if (raw.length == 0) {
            return TreeSource.EMPTY;
        }
        ObjectId id = names.name(Constants.OBJ_TREE, raw);
        if (!id.equals(before)) {
            fresh.putIfAbsent(id, raw);
        }
        return id;
    }
}
