package dev.offshoot.archive;

/**
 * How much an archive may hold.
 *
 * @param files besides the list itself
 * @param fileBytes of one file, unpacked
 * @param bytes of all files together, unpacked
 */
public record ArchiveLimits(int files, long fileBytes, long bytes) {
    /** For archives of our own operator: only what would be absurd. */
    public static final ArchiveLimits TRUSTED = new ArchiveLimits(500_000, Long.MAX_VALUE, Long.MAX_VALUE);

    public ArchiveLimits {
        if (files < 1 || fileBytes < 1 || bytes < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}
