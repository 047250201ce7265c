package dev.offshoot.store;

import dev.offshoot.store.FaultPoint.Step;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.internal.storage.file.BasePackIndexWriter;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PackedObjectInfo;
import org.eclipse.jgit.util.NB;

/** The folder of packs of one repository: writes new packs, durably and without deltas, and makes them known to readers. */
final class PackStore {
    /** Suffix of unfinished files. Not Git's {@code tmp_}: its prune removes those under our hands. */
    static final String UNFINISHED = ".unfinished";

    private final ObjectDirectory objects;
    private final Path folder;
    private final Executor forcing;
    private final FaultPoint faults;
    private final AtomicLong counter = new AtomicLong();

    /** @param forcing where one of two files is forced while the caller forces the other: together they take as long as one */
    PackStore(ObjectDirectory objects, Executor forcing, FaultPoint faults) {
        this.objects = objects;
        this.forcing = forcing;
        this.folder = objects.getPackDirectory().toPath();
        this.faults = faults;
    }

    Path folder() {
        return folder;
    }

    int packs() {
        return objects.getPacks().size();
    }

    /** Writes the objects as one pack, forces it to the disk, then shows it to readers. */
    Path write(Collection<PackedObject> contents) throws IOException {
        try (Sink sink = open(contents.size())) {
            faults.reached(Step.PACK_OPENED);
            for (PackedObject object : contents) {
                sink.add(object.id(), object.entry(), 0, object.entry().length, object.crc());
            }
            return finish(sink);
        }
    }

    /** Starts a pack; closing it before {@link #finish} removes it again. */
    Sink open(int objectCount) throws IOException {
        return new Sink(unfinished(), objectCount);
    }

    private Path unfinished() {
        return folder.resolve(counter.incrementAndGet() + UNFINISHED);
    }

    /** Gives a complete, unnamed pack its checksum, its index and its name. */
    Path finish(Sink sink) throws IOException {
        faults.reached(Step.PACK_WRITTEN);
        byte[] checksum = sink.complete();
        String name = "pack-" + ObjectId.fromRaw(checksum).name();
        Path pack = folder.resolve(name + ".pack");
        Path index = folder.resolve(name + ".idx");
        if (Files.exists(pack) && Files.exists(index)) {
            // The very same bytes are here, from an attempt that may have ended before this.
            Durable.forceFolder(folder);
            return pack;
        }
        Path unfinishedIndex = unfinished();
        try {
            try (FileOutputStream file = create(unfinishedIndex)) {
                OutputStream out = new BufferedOutputStream(file, 64 * 1024);
                BasePackIndexWriter.createVersion(out, 2).write(sink.sorted(), checksum);
                out.flush();
                CompletableFuture<Void> other = CompletableFuture.runAsync(() -> force(file), forcing);
                force(sink.bytes);
                other.join();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } catch (CompletionException e) {
                throw new IOException(e.getCause());
            }
            faults.reached(Step.PACK_FORCED);
            readOnly(sink.file);
            readOnly(unfinishedIndex);
            // The index last: readers take a pack for present when they see its index.
            Files.move(sink.file, pack, StandardCopyOption.ATOMIC_MOVE);
            faults.reached(Step.PACK_NAMED);
            Files.move(unfinishedIndex, index, StandardCopyOption.ATOMIC_MOVE);
            Durable.forceFolder(folder);
            faults.reached(Step.INDEX_NAMED);
        } finally {
            Files.deleteIfExists(unfinishedIndex);
        }
        objects.openPack(pack.toFile());
        return pack;
    }

    /** Removes a pack nobody refers to. The index goes first, so that a crash between leaves nothing that looks complete. */
    static void remove(Path pack) throws IOException {
        String base = pack.getFileName().toString().replaceFirst("\\.pack$", "");
        for (String extension : List.of(".idx", ".rev", ".bitmap", ".pack")) {
            Files.deleteIfExists(pack.resolveSibling(base + extension));
        }
    }

    private static void force(FileOutputStream file) {
        try {
            file.getFD().sync();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Not a channel: an interrupt of one caller would close it and fail the whole group. */
    private static FileOutputStream create(Path file) throws IOException {
        return new FileOutputStream(file.toFile());
    }

    private static void readOnly(Path file) {
        // Windows cannot delete read-only files; elsewhere it keeps a slip in a checkout from reaching the store.
        if (java.io.File.separatorChar == '/') {
            file.toFile().setReadOnly();
        }
    }

    /** An unfinished pack file that takes entries one after the other. */
    static final class Sink implements AutoCloseable {
        private final Path file;
        private final FileOutputStream bytes;
        private final MessageDigest sha1 = PackedObject.sha1();
        private final OutputStream out;
        private final List<PackedObjectInfo> entries;
        private final int expected;
        private long offset;

        private Sink(Path file, int objects) throws IOException {
            this.file = file;
            this.expected = objects;
            this.entries = new ArrayList<>(objects);
            this.bytes = create(file);
            this.out = new DigestOutputStream(new BufferedOutputStream(bytes, 128 * 1024), sha1);
            byte[] header = {'P', 'A', 'C', 'K', 0, 0, 0, 2, 0, 0, 0, 0};
            NB.encodeInt32(header, 8, objects);
            out.write(header);
            offset = header.length;
        }

        void add(ObjectId id, byte[] entry, int start, int length, int crc) throws IOException {
            PackedObjectInfo info = new PackedObjectInfo(id);
            info.setOffset(offset);
            info.setCRC(crc);
            entries.add(info);
            out.write(entry, start, length);
            offset += length;
        }

        @Override
        public void close() throws IOException {
            bytes.close();
            Files.deleteIfExists(file);
        }

        /** Writes the checksum; the file must still be open. */
        private byte[] complete() throws IOException {
            if (entries.size() != expected) {
                throw new IOException("pack announced " + expected + " objects, got " + entries.size());
            }
            out.flush();
            byte[] checksum = sha1.digest();
            bytes.write(checksum);
            return checksum;
        }

        private List<PackedObjectInfo> sorted() {
            entries.sort(null);
            return entries;
        }
    }
}
