package dev.offshoot.store;

import dev.offshoot.store.FaultPoint.Step;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;

/**
 * Joins small packs into larger ones. Every group of updates leaves one pack, and reading gets slower with each. Ours hold no
 * deltas, so joining is copying. Packs of other programs that hold deltas, or that somebody marked to be kept, are left alone.
 *
 * <p>The joined pack is complete and durable before the first old one goes; readers in the middle of an old one find the objects
 * again in the new. Killed at any moment, there are at worst objects twice, which the next run drops.
 */
final class PackFolding {
    /** From here on packs are joined in the background. */
    static final int MANY = 30;
    /** From here on an update waits for it: whoever writes faster than the background folds pays himself. */
    static final int TOO_MANY = 45;

    private static final int LEFT_AT_MOST = 20;
    /** A pack joins the smaller ones once they weigh a third of it together: every byte is copied a logarithm of times. */
    private static final int RATIO = 3;

    private final ObjectDirectory objects;
    private final PackStore packs;
    private final FaultPoint faults;
    private final Set<String> foreign = new HashSet<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger patience = new AtomicInteger();

    PackFolding(ObjectDirectory objects, PackStore packs, FaultPoint faults) {
        this.objects = objects;
        this.packs = packs;
        this.faults = faults;
        this.count.set(packs.packs());
    }

    /** To be told of every new pack. Those of other programs are counted when we fold. */
    void added() {
        count.incrementAndGet();
    }

    boolean isDue() {
        return count.get() > MANY + patience.get();
    }

    boolean isOverdue() {
        return count.get() > TOO_MANY + patience.get();
    }

    /** Joins packs when it is due. A failure is logged: the repository is as good as before, only slower. */
    synchronized void foldWhenDue() {
        if (!isDue()) {
            return;
        }
        try {
            fold();
            // Packs we must not touch would make us try again and again.
            patience.set(Math.max(0, count.get() - LEFT_AT_MOST));
        } catch (IOException e) {
            patience.addAndGet(10);
            Log.warn("could not fold packs in " + packs.folder(), e);
        }
    }

    /** Something that lists or links packs and wants none to go meanwhile. */
    interface Undisturbed {
        void run() throws IOException;
    }

    synchronized void undisturbed(Undisturbed action) throws IOException {
        action.run();
    }

    private void fold() throws IOException {
        boolean again = true;
        while (again) {
            List<Source> chosen = choose();
            again = chosen.size() > 1 && !join(chosen);
        }
        count.set(packs.packs());
    }

    private record Source(Pack pack, Path file, long bytes, FileTime written) {}

    /** The smallest ones, as long as the next is not much larger than all of them together. */
    private List<Source> choose() throws IOException {
        List<Source> all = new ArrayList<>();
        for (Pack pack : objects.getPacks()) {
            Path file = pack.getPackFile().toPath();
            if (!foreign.contains(file.getFileName().toString()) && !isKept(file) && Files.exists(file)) {
                all.add(new Source(pack, file, Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        all.sort(Comparator.comparingLong(Source::bytes));
        List<Source> chosen = new ArrayList<>();
        long sum = 0;
        for (Source next : all) {
            boolean stillMany = all.size() - chosen.size() + 1 > LEFT_AT_MOST;
            if (chosen.size() >= 2 && !stillMany && next.bytes() > RATIO * sum) {
                break;
            }
            chosen.add(next);
            sum += next.bytes();
        }
        chosen.sort(Comparator.comparing(Source::written)); // what was written together is read together
        return chosen;
    }

    private static boolean isKept(Path pack) {
        String name = pack.getFileName().toString().replaceFirst("\\.pack$", "");
        return Files.exists(pack.resolveSibling(name + ".keep")) || Files.exists(pack.resolveSibling(name + ".mtimes"));
    }

    /** @return false when one of them turned out to be foreign: choose again */
    private boolean join(List<Source> chosen) throws IOException {
        ObjectIdOwnerMap<Wanted> wanted = new ObjectIdOwnerMap<>();
        List<List<Wanted>> bySource = new ArrayList<>();
        for (Source source : chosen) {
            if (!source.pack().getIndex().hasCRC32Support()) {
                return leaveAlone(source);
            }
            bySource.add(wanted(source, wanted));
        }
        Path joined;
        try (PackStore.Sink sink = packs.open(wanted.size())) {
            for (int i = 0; i < chosen.size(); i++) {
                if (!copy(chosen.get(i), bySource.get(i), sink)) {
                    return leaveAlone(chosen.get(i));
                }
            }
            faults.reached(Step.FOLD_WRITTEN);
            joined = packs.finish(sink);
        }
        faults.reached(Step.FOLD_RETIRING);
        // Git's index over several packs would name packs that are gone.
        Files.deleteIfExists(packs.folder().resolve("multi-pack-index"));
        for (Source source : chosen) {
            if (!source.file().equals(joined)) {
                PackStore.remove(source.file());
            }
        }
        Durable.forceFolder(packs.folder());
        objects.getPacks(); // scans the folder, so that readers stop trying the old ones
        return true;
    }

    private boolean leaveAlone(Source source) {
        foreign.add(source.file().getFileName().toString());
        return false;
    }

    /** An object of a pack, to be copied unless an earlier pack had it. */
    private static final class Wanted extends ObjectIdOwnerMap.Entry {
        private final long offset;
        private final int crc;
        private boolean copied;

        Wanted(ObjectId id, long offset, int crc) {
            super(id);
            this.offset = offset;
            this.crc = crc;
        }
    }

    private static List<Wanted> wanted(Source source, ObjectIdOwnerMap<Wanted> all) throws IOException {
        PackIndex index = source.pack().getIndex();
        List<Wanted> here = new ArrayList<>((int) index.getObjectCount());
        for (PackIndex.MutableEntry entry : index) {
            ObjectId id = entry.toObjectId();
            Wanted object = new Wanted(id, entry.getOffset(), (int) index.findCRC32(id));
            object.copied = all.addIfAbsent(object) != object;
            here.add(object);
        }
        here.sort(Comparator.comparingLong(object -> object.offset));
        return here;
    }

    /** Copies in the order of the file. @return false when there is a delta */
    private static boolean copy(Source source, List<Wanted> objects, PackStore.Sink sink) throws IOException {
        long end = source.bytes() - Constants.OBJECT_ID_LENGTH;
        byte[] buffer = new byte[16 * 1024];
        CRC32 crc = new CRC32();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(source.file()), 256 * 1024)) {
            in.skipNBytes(objects.isEmpty() ? 0 : objects.get(0).offset);
            for (int i = 0; i < objects.size(); i++) {
                Wanted object = objects.get(i);
                int length =
                        Math.toIntExact((i + 1 < objects.size() ? objects.get(i + 1).offset : end) - object.offset);
                if (length > buffer.length) {
                    buffer = new byte[Math.max(length, buffer.length * 2)];
                }
                if (in.readNBytes(buffer, 0, length) < length) {
                    throw new EOFException(source.file() + " is shorter than its index says");
                }
                int type = buffer[0] >> 4 & 7;
                if (type == Constants.OBJ_OFS_DELTA || type == Constants.OBJ_REF_DELTA) {
                    return false;
                }
                crc.reset();
                crc.update(buffer, 0, length);
                if ((int) crc.getValue() != object.crc) {
                    throw new IOException("object " + object.name() + " in " + source.file() + " is damaged");
                }
                if (!object.copied) {
                    sink.add(object, buffer, 0, length, object.crc);
                }
            }
        }
        return true;
    }
}
