package dev.offshoot.store;

import dev.offshoot.store.WorkingTree.Change;
import dev.offshoot.store.WorkingTreeCheck.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** What a move of a checkout has done so far, to be taken back. What others have written since stays theirs. */
final class WorkingTreeUndo {
    private final CheckoutFolder folder;
    private final List<Done> all = new ArrayList<>();

    WorkingTreeUndo(CheckoutFolder folder) {
        this.folder = folder;
    }

    /** @param left how the file was when we were done with it; empty: not there */
    private record Done(Change change, Path file, Optional<Stamp> left) {}

    void removed(Change change) {
        all.add(new Done(change, path(change), Optional.empty()));
    }

    void written(Change change) {
        Path file = path(change);
        all.add(new Done(change, file, Stamp.of(file)));
    }

    private Path path(Change change) {
        return folder.tree().resolve(change.path().value());
    }

    void undo(ObjectReader objects) throws IOException {
        Collections.reverse(all);
        for (Done done : all) {
            if (!Stamp.of(done.file()).equals(done.left())) {
                continue;
            }
            if (done.change().before().equals(ObjectId.zeroId())) {
                Files.deleteIfExists(done.file());
                continue;
            }
            Path back = folder.unfinished().resolve("back");
            WorkingTree.write(objects, done.change().before(), done.change().modeBefore(), back);
            Files.createDirectories(done.file().getParent());
            if (!Files.isDirectory(done.file(), LinkOption.NOFOLLOW_LINKS)) {
                Files.move(back, done.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
