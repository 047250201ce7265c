package dev.offshoot.store;

/**
 * What was fetched. What was put on the disk for it goes away when this is closed.
 *
 * @param at the commit that the revision named
 */
public record FetchedRepository(ForeignRepository repository, CommitInfo at, Runnable cleanUp)
        implements AutoCloseable {
    @Override
    public void close() {
        repository.close();
        cleanUp.run();
    }
}
