package dev.offshoot.service;

import dev.offshoot.layout.Definition;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.Ledger;
import dev.offshoot.layout.Remembered;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the files of an exploded document go in a workspace: the folders that the document owns become what it says, files that it
 * shares with others are added or overwritten and never deleted, linked definitions are left as they are.
 *
 * @param owned folders whose whole content the document decides
 * @param files edits of the definitions
 * @param ledger edits of the ledger; what it knows of removed entities stays
 * @param places every folder and file that the document says something about
 * @param actions what happens to each file
 * @param facts the ledger of the touched places, as this document sees it
 */
record Landing(
        List<TreePath> owned,
        TreeEdit files,
        TreeEdit ledger,
        Map<TreePath, Optional<ObjectName>> expectedFiles,
        Map<TreePath, Optional<ObjectName>> expectedLedger,
        Set<TreePath> places,
        Set<TreePath> ledgerPlaces,
        SortedMap<TreePath, Changes.Action> actions,
        Ledger facts) {

    /**
     * Works it out.
     *
     * @param facts the ledger of the document
     * @param linked definitions that are left as they are
     * @param fixed what goes and what stays, whatever the document says
     */
    static Landing of(Exploded exploded, Ledger facts, Set<TreePath> linked, Fixed fixed, WorkspaceView view) {
        return begin(exploded, facts, linked, fixed, view).finish();
    }

    /** The first half of {@link #of}: all that the proof of the round trip needs. The other half can be done beside that. */
    static Begun begin(Exploded exploded, Ledger facts, Set<TreePath> linked, Fixed fixed, WorkspaceView view) {
        FileTree files = exploded.files();
        for (TreePath address : linked) {
            for (TreePath path : filesOf(exploded, address).files().keySet()) {
                files = files.without(path);
            }
        }
        List<TreePath> owned = exploded.definitions().stream()
                .map(Definition::address)
                .filter(a -> !linked.contains(a) && isFolder(exploded, a))
                .toList();
        Edits edits = new Edits(view.snapshot().files());
        edits.replace(owned, files, fixed);

        // A linked definition that is the same but for its ids is another view of one thing; any other keeps its own
        // ids.
        Set<TreePath> different = new HashSet<>(linked);
        different.removeIf(a -> !isFolder(exploded, a) || isIdentical(exploded, a, view));
        Facts split = Facts.of(facts.without(different), owned, exploded, view);
        return new Begun(exploded, view, owned, edits, split);
    }

    /** A landing whose ledger is not written out yet. For the thread that began it, but for what it tells of files and facts. */
    record Begun(Exploded exploded, WorkspaceView view, List<TreePath> owned, Edits edits, Facts split) {
        TreeEdit files() {
            return edits.edit();
        }

        Ledger facts() {
            return split.seen().over(split.stored());
        }

        Landing finish() {
            return withLedger(this);
        }
    }

    /** What the document owns, of what is known of it now. */
    static Landing again(LastImports.Last last, Remembered.Again again, WorkspaceView view) {
        Edits edits = new Edits(view.snapshot().files());
        edits.change(last.owned(), again.files());
        edits.places.addAll(last.places());
        Edits ledgerEdits = new Edits(view.snapshot().ledger());
        Ledger stored = again.facts().over(last.stored());
        ledgerEdits.overwrite(last.owned(), again.facts().size() == 0 ? FileTree.EMPTY : stored.filesOf(again.facts()));
        ledgerEdits.places.addAll(view.ledgerFilesAround(addresses(last.outline())));
        ledgerEdits.own(List.of(WorkspaceView.seenBy(last.outline().document())));
        return new Landing(
                last.owned(),
                edits.edit(),
                ledgerEdits.edit(),
                edits.expected,
                ledgerEdits.expected,
                edits.places,
                ledgerEdits.places,
                edits.actions,
                stored);
    }

    private static Landing withLedger(Begun begun) {
        WorkspaceView view = begun.view();
        Exploded exploded = begun.exploded();
        List<TreePath> owned = begun.owned();
        Facts split = begun.split();
        Edits edits = begun.edits();
        Edits ledgerEdits = new Edits(view.snapshot().ledger());
        TreePath seen = WorkspaceView.seenBy(exploded.document());
        Optional<FileTree> changed = split.stored().filesChangedSince(split.known());
        if (changed.isPresent()) {
            ledgerEdits.overwrite(owned, changed.get());
        } else {
            ledgerEdits.replace(owned, split.stored().toFiles(), Fixed.NONE);
        }
        ledgerEdits.places.addAll(view.ledgerFilesAround(addresses(exploded)));
        ledgerEdits.replace(List.of(seen), split.seen().toFiles().movedTo(seen), Fixed.NONE);
        return new Landing(
                owned,
                edits.edit(),
                ledgerEdits.edit(),
                edits.expected,
                ledgerEdits.expected,
                edits.places,
                ledgerEdits.places,
                edits.actions,
                begun.facts());
    }

    /**
     * What a document says beside its files, by where it is kept.
     *
     * @param known what there was so far
     * @param stored of what the document owns, as it says; of shared records, as whoever brought them first said
     * @param seen of shared records, where this document says otherwise
     */
    record Facts(Ledger known, Ledger stored, Ledger seen) {
        static Facts of(Ledger facts, List<TreePath> owned, Exploded exploded, WorkspaceView view) {
            Ledger known = view.ledgerAround(addresses(exploded));
            if (owned.isEmpty()) {
                return new Facts(known, facts.over(known), Ledger.EMPTY);
            }
            Ledger own = facts.within(owned);
            Ledger shared = facts.without(owned);
            Ledger stored = own.over(shared.unknownTo(known)).over(known);
            return new Facts(known, stored, shared.unlike(stored));
        }
    }

    private static List<TreePath> addresses(Exploded exploded) {
        return exploded.definitions().stream().map(Definition::address).toList();
    }

    /**
     * What is decided by something else than the document's own files.
     *
     * @param silent folders of which the document shows some members and says nothing of the others: these stay
     * @param gone files that have no place any more because their record stands elsewhere now
     * @param kept files that say something the document cannot speak of
     */
    record Fixed(Set<TreePath> silent, Set<TreePath> gone, Set<TreePath> kept) {
        static final Fixed NONE = new Fixed(Set.of(), Set.of(), Set.of());

        private boolean stays(TreePath path, FileTree after) {
            return kept.contains(path)
                    || silent.stream()
                            .filter(path::isWithin)
                            .map(folder -> member(folder, path))
                            .anyMatch(member -> after.within(member).isEmpty());
        }

        private static TreePath member(TreePath folder, TreePath path) {
            return folder.child(path.segments().get(folder.segments().size()));
        }
    }

    /** The files of a definition: those in its folder, or the one file, with side files of the same stem. */
    static FileTree filesOf(Exploded exploded, TreePath address) {
        FileTree folder = exploded.files().within(address);
        if (!folder.isEmpty()) {
            return folder;
        }
        Map<TreePath, Content> stem = new TreeMap<>();
        exploded.files().within(address.parent()).forEach((path, content) -> {
            if (path.parent().equals(address.parent()) && path.name().startsWith(address.name() + ".")) {
                stem.put(path, content);
            }
        });
        return FileTree.of(stem);
    }

    /** True when a definition of the document has the very files that stand here. */
    static boolean isIdentical(Exploded exploded, TreePath address, WorkspaceView view) {
        SortedMap<TreePath, Content> coming = filesOf(exploded, address).files();
        SortedMap<TreePath, ObjectName> here = new TreeMap<>(view.files().names(address));
        if (!isFolder(exploded, address)) {
            coming.keySet().forEach(p -> view.snapshot().files().objectAt(p).ifPresent(n -> here.put(p, n)));
        }
        return here.keySet().equals(coming.keySet())
                && coming.entrySet().stream()
                        .allMatch(e -> e.getValue().blobName().equals(here.get(e.getKey())));
    }

    /** True for a definition with files below it, as apps and modules have; false for one that is a single shared file. */
    static boolean isFolder(Exploded exploded, TreePath address) {
        return exploded.files().within(address).files().keySet().stream().anyMatch(p -> !p.equals(address));
    }

    /** Collects what differs between what stands there and what shall, comparing names of blobs, so that nothing old is read. */
    static final class Edits {
        private final Snapshot.Files before;
        final TreeMap<TreePath, Optional<Content>> changes = new TreeMap<>();
        final Map<TreePath, Optional<ObjectName>> expected = new TreeMap<>();
        final Set<TreePath> places = new TreeSet<>();
        final TreeMap<TreePath, Changes.Action> actions = new TreeMap<>();

        Edits(Snapshot.Files before) {
            this.before = before;
        }

        /** Owned folders become what the files say; other files are written. */
        void replace(List<TreePath> owned, FileTree after, Fixed fixed) {
            Map<TreePath, ObjectName> present = new TreeMap<>();
            own(owned);
            owned.forEach(folder -> present.putAll(before.list(folder)));
            after.forEach((path, content) -> {
                Optional<ObjectName> old =
                        isWithin(owned, path) ? Optional.ofNullable(present.remove(path)) : before.objectAt(path);
                write(owned, path, content, old);
            });
            present.keySet().removeIf(path -> fixed.stays(path, after));
            present.keySet().forEach(this::delete);
            for (TreePath path : fixed.gone()) {
                if (!after.contains(path)) {
                    expected.put(path, before.objectAt(path));
                    delete(path);
                }
            }
        }

        private void delete(TreePath path) {
            changes.put(path, Optional.empty());
            actions.put(path, Changes.Action.DELETED);
        }

        /** Files are written; everything else stays. */
        void overwrite(List<TreePath> owned, FileTree files) {
            own(owned);
            files.forEach((path, content) -> write(owned, path, content, before.objectAt(path)));
        }

        /** Some files of owned folders are written or go; everything else stays. */
        void change(List<TreePath> owned, Map<TreePath, Optional<Content>> files) {
            own(owned);
            files.forEach((path, content) -> {
                Optional<ObjectName> old = before.objectAt(path);
                if (content.isPresent()) {
                    write(owned, path, content.get(), old);
                } else if (old.isPresent()) {
                    delete(path);
                }
            });
        }

        private void own(List<TreePath> owned) {
            owned.forEach(folder -> expected.put(folder, before.objectAt(folder)));
            places.addAll(owned);
        }

        private void write(List<TreePath> owned, TreePath path, Content content, Optional<ObjectName> old) {
            boolean isOwned = isWithin(owned, path);
            if (!isOwned) {
                places.add(path);
            }
            if (old.isEmpty() || !old.get().equals(content.blobName())) {
                changes.put(path, Optional.of(content));
                actions.put(path, old.isPresent() ? Changes.Action.CHANGED : Changes.Action.CREATED);
                if (!isOwned) {
                    expected.put(path, old);
                }
            }
        }

        private static boolean isWithin(List<TreePath> folders, TreePath path) {
            for (TreePath folder : folders) {
                if (path.isWithin(folder)) {
                    return true;
                }
            }
            return false;
        }

        TreeEdit edit() {
            return new TreeEdit(changes);
        }
    }
}
