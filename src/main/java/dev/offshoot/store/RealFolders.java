package dev.offshoot.store;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Remembers which folders of a tree are folders, all the way up, so that nothing is read or written through a link. */
final class RealFolders {
    private final Set<Path> real = new HashSet<>();

    RealFolders(Path root) {
        real.add(root);
    }

    boolean isReal(Path folder) {
        return real.contains(folder);
    }

    /** True when a parent of the file is missing, a link or a file. */
    boolean throughLink(Path file) {
        Path parent = file.getParent();
        if (real.contains(parent)) {
            return false;
        }
        if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS) || throughLink(parent)) {
            return true;
        }
        real.add(parent);
        return false;
    }

    void forget(Path folder) {
        real.remove(folder);
    }
}
