package dev.offshoot.service;

import dev.offshoot.diff.Comparing;
import dev.offshoot.diff.Comparison;
import dev.offshoot.diff.State;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.Limits;
import dev.offshoot.layout.Definition;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.KnownDefinitions;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Ledger;
import dev.offshoot.layout.Places;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What changed from one folder of definitions, or export, to another. Reads only. */
public final class CompareFolders {
    private final LayoutEngine engine;
    private final Comparing comparing;
    private final Places places;

    public CompareFolders(LayoutEngine engine) {
        this.engine = engine;
        this.comparing = new Comparing(engine.layouts());
        this.places = new Places(engine.layouts(), path -> true);
    }

    /**
     * One of the two.
     *
     * @param addresses of the definitions of a document; empty for a folder, which speaks of all there are
     */
    private record Loaded(FileTree files, Ledger ledger, Optional<List<TreePath>> addresses) {
        /** What the other one speaks of: what it does not speak of is not gone. */
        Loaded within(Optional<List<TreePath>> spoken) {
            if (spoken.isEmpty()) {
                return this;
            }
            FileTree kept = FileTree.EMPTY;
            for (TreePath address : spoken.get()) {
                kept = kept.with(files.within(address));
                TreePath file = address.parent().child(address.name() + ".yaml");
                kept = kept.with(files.within(file));
            }
            return new Loaded(kept, ledger, addresses);
        }
    }

    /**
     * Compares.
     *
     * @param before a folder that Offshoot wrote or a clone, or a file with an export
     * @throws Failure {@code NOT_FOUND}, {@code MALFORMED_JSON} and whatever else is wrong with one of them
     */
    public Comparison run(Path before, Path after) {
        Loaded was = load(before);
        Loaded is = load(after);
        boolean both = was.addresses().isPresent() && is.addresses().isPresent();
        Loaded one = both ? was : was.within(is.addresses());
        Loaded other = both ? is : is.within(was.addresses());
        SortedSet<TreePath> changed = new TreeSet<>(one.files().paths());
        changed.addAll(other.files().paths());
        changed.removeIf(path -> one.files().find(path).equals(other.files().find(path)));
        return comparing.compare(state(one), state(other), changed);
    }

    private Loaded load(Path path) {
        if (Files.isDirectory(path)) {
            Path ledger = path.resolve(ExplodeToFolder.PRIVATE).resolve(ExplodeToFolder.LEDGER);
            return new Loaded(
                    FolderSource.load(path),
                    Files.isDirectory(ledger) ? Ledger.fromFiles(FolderSource.load(ledger)) : Ledger.EMPTY,
                    Optional.empty());
        }
        byte[] bytes = read(path);
        JsonValue document = engine.read(bytes, Limits.DEFAULT.withMaxBytes(Math.max(1, bytes.length)))
                .value();
        Exploded exploded = engine.explode(document, KnownDefinitions.NONE);
        List<TreePath> addresses =
                exploded.definitions().stream().map(Definition::address).toList();
        return new Loaded(exploded.files(), exploded.ledger(), Optional.of(addresses));
    }

    private static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            if (!Files.exists(path)) {
                throw Failure.of(Reason.NOT_FOUND, path.toString(), "there is no such file or folder");
            }
            throw new Failure(Problem.of(Reason.STORAGE, path.toString(), "cannot be read"), e);
        }
    }

    private State state(Loaded loaded) {
        return State.of(loaded.files(), entity -> places.id(entity, loaded.ledger()));
    }
}
