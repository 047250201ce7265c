package dev.offshoot.archive;

/**
 * What an archive is for, and the version of its insides that is written today.
 *
 * @param name as its list says it
 * @param version the only one there is so far; what is newer is refused
 * @param what for messages: {@code a backup of Offshoot}
 */
public record ArchiveFormat(String name, int version, String what) {
    /** A whole instance. */
    public static final ArchiveFormat BACKUP = new ArchiveFormat("offshoot-backup", 1, "a backup of Offshoot");

    /** All definitions of a workspace, as the exports of their platforms. */
    public static final ArchiveFormat DEFINITIONS =
            new ArchiveFormat("offshoot-definitions", 1, "an archive of definitions");
}
