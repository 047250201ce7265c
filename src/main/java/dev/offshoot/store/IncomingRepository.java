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
 * A repository that takes packs from strangers: of a bounded number of objects, none of them too large. JGit reserves memory for as many objects
 * as a pack's header claims before it has seen one, so twelve bytes could ask for gigabytes.
 */
final class IncomingRepository extends FileRepository {
    static final int MOST_OBJECTS = 1_000_000;
    static final long LARGEST_OBJECT = 64L << 20;

    private static final int HEADER = 12;
    private static final int COUNT_AT = 8;

    /** What a stranger sent is more or larger than is taken. */
    static final class TooMany extends IOException {
        private static final long serialVersionUID = 1L;

        TooMany(long claimed) {
            super("a pack has at most " + MOST_OBJECTS + " objects, this one claims " + claimed);
        }
    }

    IncomingRepository(BaseRepositoryBuilder<?, ?> options) throws IOException {
        super(options);
    }

    /** What comes in is nobody's yet; the repository itself is kept tidy elsewhere. */
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
                PackParser parser = super.newPackParser(bounded(in));
                parser.setMaxObjectSizeLimit(LARGEST_OBJECT);
                return parser;
            }
        };
    }

    private static InputStream bounded(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length == HEADER) {
            long count = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(COUNT_AT));
            if (count > MOST_OBJECTS) {
                throw new TooMany(count);
            }
        }
        return new SequenceInputStream(new ByteArrayInputStream(header), in);
    }
}
