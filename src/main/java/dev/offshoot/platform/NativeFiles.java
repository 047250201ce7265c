package dev.offshoot.platform;

import dev.offshoot.model.Content;
import java.util.SortedSet;

/** The files of a repository that a platform wrote, in one state. */
public interface NativeFiles {
    /** All of them; links and submodules are not among them. */
    SortedSet<NativePath> paths();

    /** @throws dev.offshoot.model.Failure when it cannot be read */
    Content read(NativePath path);
}
