package dev.offshoot.platform;

import java.util.List;

/** Reads the repositories of one platform. */
interface NativeReader {
    /** Whether there is anything of this platform. */
    boolean recognises(NativeFiles files);

    /**
     * Everything in it, those that others refer to first. Foreign files are not looked at.
     *
     * @param name of a definition that the repository itself does not name
     * @throws dev.offshoot.model.Failure with the file that cannot be read
     */
    List<NativeDocument> documents(NativeFiles files, String name);
}
