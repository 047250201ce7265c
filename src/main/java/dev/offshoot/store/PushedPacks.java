package dev.offshoot.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.transport.PackParser;

/**
 * The repository of a push that is not accepted yet. It takes packs of a bounded number of objects only: JGit reserves memory for as many as a
 * pack's header claims before it has seen one, so twelve bytes could ask for gigabytes.
 */
final class PushedPacks extends FileRepository {
    static final int MOST_OBJECTS = 1_000_000;

    private static final int HEADER = 12;
    private static final int COUNT_AT = 8;

    PushedPacks(BaseRepositoryBuilder<?, ?> options) throws IOException {
        super(options);
    }

    /** Objects of a push are nobody's yet; the repository itself is kept tidy elsewhere. */
    @Override
    public void autoGC(ProgressMonitor monitor) {
        // nothing
    }

    @Override
    public ObjectInserter newObjectInserter() {
        ObjectInserter inserter = super.newObjectInserter();
        return new ObjectInserter.Filter() {
            @Override
            protected ObjectInserter delegate() {
                return inserter;
            }

            @Override
            public PackParser newPackParser(InputStream in) throws IOException {
                return super.newPackParser(bounded(in));
            }
        };
    }

    private static InputStream bounded(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length == HEADER) {
            long count = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(COUNT_AT));
            if (count > MOST_OBJECTS) {
                throw new IOException("a push has at most " + MOST_OBJECTS + " objects, this one claims " + count);
            }
        }
        return new SequenceInputStream(new ByteArrayInputStream(header), in);
    }
}
