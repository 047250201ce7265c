package dev.offshoot.service;

import dev.offshoot.layout.Definition;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Ledger;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One state of a workspace as the use cases look at it: which definitions there are, and the part of the ledger that belongs to one
 * of them. Reads only what is asked for. For one thread, one operation.
 */
final class WorkspaceView {
    private final Snapshot snapshot;
    private final LayoutEngine engine;
    private final Caches caches;
    private final SnapshotSource files;
    private final LedgerParts ledger;
    private List<Definition> definitions = List.of();
    private final Map<TreePath, List<Definition>> inFolder = new HashMap<>();
    private boolean listed;

    WorkspaceView(Snapshot snapshot, LayoutEngine engine, Caches caches) {
        this.snapshot = snapshot;
        this.engine = engine;
        this.caches = caches;
        this.files = new SnapshotSource(snapshot.files(), caches.yaml);
        this.ledger = new LedgerParts(snapshot.ledger(), caches.ledgers);
    }

    Snapshot snapshot() {
        return snapshot;
    }

    SnapshotSource files() {
        return files;
    }

    /** True when only an id says whether a definition is this one, not a name. */
    boolean areKnownById(DefinitionHeader header) {
        return engine.layouts().areKnownById(header);
    }

    /** Addresses of the records of a platform, owned ones too, that have one of these content ids. */
    List<TreePath> rows(TreePath platform, Set<String> ids) {
        return engine.rows(files, platform, ids);
    }

    /** Every definition, shared ones included, by address. */
    List<Definition> definitions() {
        if (!listed) {
            List<Definition> found = new ArrayList<>();
            for (TreePath folder : engine.layouts().folders()) {
                found.addAll(definitionsIn(folder));
            }
            definitions = List.copyOf(found);
            listed = true;
        }
        return definitions;
    }

    /** The definitions of one folder, such as {@code tooljet/apps}. Read once. */
    List<Definition> definitionsIn(TreePath folder) {
        return inFolder.computeIfAbsent(folder, this::listDefinitions);
    }

    private List<Definition> listDefinitions(TreePath folder) {
        List<Definition> found = new ArrayList<>();
        snapshot.files().entries(folder).forEach((name, isFolder) -> {
            int dot = name.indexOf('.');
            TreePath address = folder.child(isFolder || dot < 0 ? name : name.substring(0, dot));
            find(address).ifPresent(found::add);
        });
        return found.stream().distinct().toList();
    }

    /** True for a folder of definitions that others carry and refer to, such as modules; all of one folder are alike in that. */
    boolean holdsShared(TreePath folder) {
        for (Map.Entry<String, Boolean> entry : snapshot.files().entries(folder).entrySet()) {
            Optional<Definition> one = entry.getValue() ? find(folder.child(entry.getKey())) : Optional.empty();
            if (one.isPresent()) {
                return !one.get().header().main();
            }
        }
        return false;
    }

    /** The definition at an address. */
    Optional<Definition> find(TreePath address) {
        if (address.segments().size() < 3) {
            return Optional.empty();
        }
        Optional<ObjectName> object =
                snapshot.files().objectAt(address).or(() -> snapshot.files().objectAt(yamlFile(address)));
        if (object.isEmpty()) {
            return Optional.empty();
        }
        Optional<ObjectName> ledgerObject =
                snapshot.ledger().objectAt(address).or(() -> snapshot.ledger().objectAt(address.parent()));
        Caches.Head key = new Caches.Head(address, object, ledgerObject);
        Optional<DefinitionHeader> header = caches.headers.find(key).orElseGet(() -> {
            Optional<DefinitionHeader> read = engine.header(files, headOfLedger(address), address);
            caches.headers.put(key, read, 1);
            return read;
        });
        return header.map(h -> new Definition(h, address));
    }

    /** Folder or file where a definition stands. */
    TreePath placeOf(TreePath address) {
        return snapshot.files().objectAt(address).isPresent() ? address : yamlFile(address);
    }

    /** The files of a definition: those in its folder, or the one file, with side files of the same stem. */
    List<TreePath> filesOf(TreePath address) {
        List<TreePath> found = new ArrayList<>(files.names(address).keySet());
        snapshot.files().entries(address.parent()).forEach((name, isFolder) -> {
            if (!isFolder && name.startsWith(address.name() + ".")) {
                found.add(address.parent().child(name));
            }
        });
        return found;
    }

    private static TreePath yamlFile(TreePath address) {
        return address.parent().child(address.name() + ".yaml");
    }

    /** What the ledger says of the definition itself, not of what is in it. */
    private Ledger headOfLedger(TreePath address) {
        List<TreePath> paths = filesDirectlyIn(address.parent());
        paths.addAll(filesDirectlyIn(address));
        return load(paths);
    }

    /** What an export of a definition as it stands needs of the ledger. */
    Ledger ledgerOf(TreePath address) {
        return ledgerOf(address, ReferredSiblings.of(address, this));
    }

    /**
     * The part of the ledger that an export of a definition needs: its own, that of everything on the platform which is not of its own
     * sort, because it may refer to that, and over both how its document sees what it shares with others.
     *
     * @param siblings definitions of its own sort that it refers to
     */
    Ledger ledgerOf(TreePath address, Set<TreePath> siblings) {
        List<TreePath> paths = ledgerPaths(address);
        siblings.forEach(sibling -> paths.addAll(filesDirectlyIn(sibling)));
        return sharedAsSeenBy(address).over(load(paths));
    }

    /**
     * Where a definition's document differs from the ledger about shared records: another instance gave them other ids. Kept for each
     * definition, so that every one comes back as it was sent, whatever others say of the records they share.
     */
    Ledger sharedAsSeenBy(TreePath address) {
        return ledger.movedFrom(seenBy(address));
    }

    /** Folder of the ledger for {@link #sharedAsSeenBy}, beside the platforms' own; of a whole platform's document, not around others'. */
    static TreePath seenBy(TreePath address) {
        TreePath folder = TreePath.of("seen").child(address.value());
        return address.segments().size() == 1 ? folder.child("document") : folder;
    }

    /** What the ledger says of some definitions and of what stands in their files, nothing of other folders. */
    Ledger ledgerAround(Collection<TreePath> addresses) {
        Set<TreePath> paths = ledgerFilesAround(addresses);
        paths.addAll(addresses);
        return load(List.copyOf(paths));
    }

    /** What the ledger says at some paths, files or folders. */
    Ledger ledgerAt(List<TreePath> paths) {
        return load(paths);
    }

    /** Ledger files beside some definitions, in which single shared records are kept. */
    Set<TreePath> ledgerFilesAround(Collection<TreePath> addresses) {
        Set<TreePath> folders = new LinkedHashSet<>();
        for (TreePath address : addresses) {
            folders.add(TreePath.of(address.segments().get(0)));
            folders.add(address.parent());
        }
        Set<TreePath> paths = new LinkedHashSet<>();
        folders.forEach(folder -> paths.addAll(filesDirectlyIn(folder)));
        return paths;
    }

    /** Addresses of all records that a definition's document has in its lists. */
    Set<String> mentionedBy(TreePath definition) {
        Set<String> found = new HashSet<>();
        for (TreePath path : filesDirectlyIn(definition)) {
            found.addAll(ledger.at(List.of(path)).mentioned());
        }
        return found;
    }

    private List<TreePath> ledgerPaths(TreePath address) {
        List<String> segments = address.segments();
        TreePath platform = TreePath.of(segments.get(0));
        List<TreePath> paths = new ArrayList<>(filesDirectlyIn(platform));
        snapshot.ledger().entries(platform).forEach((label, isFolder) -> {
            if (isFolder && !platform.child(label).equals(address.parent())) {
                paths.add(platform.child(label));
            }
        });
        if (segments.size() > 1) {
            paths.addAll(filesDirectlyIn(address.parent()));
            paths.add(address);
        }
        return paths;
    }

    private List<TreePath> filesDirectlyIn(TreePath folder) {
        List<TreePath> found = new ArrayList<>();
        snapshot.ledger().entries(folder).forEach((name, isFolder) -> {
            if (!isFolder) {
                found.add(folder.child(name));
            }
        });
        return found;
    }

    /** The ledger at some paths, put together from parts that were read before where possible. */
    private Ledger load(List<TreePath> paths) {
        return ledger.at(paths);
    }
}
