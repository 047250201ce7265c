package dev.offshoot.archive;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An archive on the disk, read by its list alone: what the list does not name, or names otherwise than it is, is refused. Content is checked
 * whenever it is read. For one thread.
 */
public final class ArchiveReader implements AutoCloseable {
    private static final int LARGEST_MANIFEST = 64 << 20;

    private final ZipFile zip;
    private final ArchiveManifest manifest;
    private final Map<TreePath, ZipEntry> entries;

    private ArchiveReader(ZipFile zip, ArchiveManifest manifest, Map<TreePath, ZipEntry> entries) {
        this.zip = zip;
        this.manifest = manifest;
        this.entries = entries;
    }

    /**
     * Opens an archive and looks at its list; nothing else has been read when this returns.
     *
     * @throws Failure {@code NOT_FOUND} when there is no such file, {@code INVALID_ARCHIVE} when it is none, is cut short or has hostile
     *     names, {@code NEWER_VERSION}, {@code LIMIT_EXCEEDED}, {@code STORAGE}
     */
    public static ArchiveReader open(Path file, ArchiveFormat format, ArchiveLimits limits) {
        if (!Files.isRegularFile(file)) {
            throw Failure.of(Reason.NOT_FOUND, file.toString(), "there is no such file");
        }
        ZipFile zip = null;
        try {
            zip = new ZipFile(file.toFile());
            Map<TreePath, ZipEntry> entries = entries(zip, limits);
            ArchiveManifest manifest = manifest(zip, entries, format);
            requireSame(manifest, entries, limits);
            return new ArchiveReader(zip, manifest, entries);
        } catch (IOException | IllegalArgumentException e) {
            close(zip);
            throw ArchiveProblems.damaged(
                    file.getFileName().toString(),
                    "this is no zip file, or it is cut short (" + e.getMessage() + ")",
                    e);
        } catch (Failure e) {
            close(zip);
            throw e;
        }
    }

    private static void close(ZipFile zip) {
        try {
            if (zip != null) {
                zip.close();
            }
        } catch (IOException e) {
            // it was only read
        }
    }

    private static Map<TreePath, ZipEntry> entries(ZipFile zip, ArchiveLimits limits) {
        Map<TreePath, ZipEntry> found = new HashMap<>();
        if (zip.size() > limits.files() + 1) {
            throw ArchiveProblems.tooMuch("", "it has more than the limit of " + limits.files() + " files");
        }
        for (ZipEntry entry : Collections.list(zip.entries())) {
            TreePath path = path(entry.getName());
            if (found.put(path, entry) != null) {
                throw ArchiveProblems.damaged(path.value(), "the archive has two files of this name");
            }
        }
        return found;
    }

    /** A name as this type allows it leads nowhere else, on any system. */
    private static TreePath path(String name) {
        try {
            TreePath path = TreePath.of(name);
            if (!path.isRoot()) {
                return path;
            }
        } catch (Failure e) {
            // said below
        }
        throw ArchiveProblems.hostile(name);
    }

    private static ArchiveManifest manifest(ZipFile zip, Map<TreePath, ZipEntry> entries, ArchiveFormat format)
            throws IOException {
        ZipEntry entry = entries.remove(ArchiveManifest.PATH);
        if (entry == null) {
            throw Failure.of(
                    Reason.INVALID_ARCHIVE,
                    ArchiveManifest.PATH.value(),
                    "this is not " + format.what() + ": it has no list of its files",
                    "");
        }
        // What tells whether the others are as they were written has nothing but this to tell it by.
        CRC32 crc = new CRC32();
        byte[] bytes;
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), crc)) {
            bytes = in.readNBytes(LARGEST_MANIFEST + 1);
        }
        if (bytes.length > LARGEST_MANIFEST) {
            throw ArchiveProblems.tooMuch(ArchiveManifest.PATH.value(), "the list of its files is too long");
        }
        if (crc.getValue() != entry.getCrc()) {
            throw ArchiveProblems.damaged(ArchiveManifest.PATH.value(), "the list of its files was changed");
        }
        return ArchiveManifest.read(bytes, format);
    }

    private static void requireSame(ArchiveManifest manifest, Map<TreePath, ZipEntry> entries, ArchiveLimits limits) {
        long bytes = 0;
        for (Map.Entry<TreePath, ArchiveManifest.Entry> file : manifest.files().entrySet()) {
            String path = file.getKey().value();
            if (!entries.containsKey(file.getKey())) {
                throw ArchiveProblems.damaged(path, "the archive does not hold this file");
            }
            long size = file.getValue().bytes();
            if (size > limits.fileBytes()) {
                throw ArchiveProblems.tooMuch(path, "it is larger than the limit of " + limits.fileBytes() + " bytes");
            }
            bytes = bytes > limits.bytes() - size ? limits.bytes() + 1 : bytes + size;
            if (bytes < 0 || bytes > limits.bytes()) {
                throw ArchiveProblems.tooMuch(
                        path, "all files together are larger than the limit of " + limits.bytes() + " bytes");
            }
        }
        entries.keySet().stream()
                .filter(path -> !manifest.files().containsKey(path))
                .findFirst()
                .ifPresent(path -> {
                    throw ArchiveProblems.damaged(path.value(), "the archive holds a file that its list does not name");
                });
    }

    /** Every file, in the order in which they were written. */
    public Set<TreePath> paths() {
        return manifest.files().keySet();
    }

    /** Bytes of all files together, as the list says. */
    public long size() {
        return manifest.files().values().stream()
                .mapToLong(ArchiveManifest.Entry::bytes)
                .sum();
    }

    /**
     * Reads everything and compares it with the list.
     *
     * @throws Failure {@code INVALID_ARCHIVE} for the first file that differs
     */
    public void verify() {
        for (TreePath path : List.copyOf(paths())) {
            read(path, in -> in.transferTo(OutputStream.nullOutputStream()));
        }
    }

    /** Takes content as it comes; whether it is right is known only afterwards. */
    @FunctionalInterface
    public interface Taker<T> {
        T take(InputStream in) throws IOException;
    }

    /**
     * Reads one file. When it turns out not to be the one of the list, what the taker did was for nothing and the failure says so.
     *
     * @throws Failure {@code INVALID_ARCHIVE}; what the taker throws itself
     */
    public <T> T read(TreePath path, Taker<T> taker) {
        ArchiveManifest.Entry listed = manifest.files().get(path);
        MessageDigest digest = Sums.sha256();
        try (InputStream raw = zip.getInputStream(entries.get(path));
                Measured in = new Measured(new DigestInputStream(raw, digest), listed.bytes())) {
            T taken = taker.take(in);
            in.transferTo(OutputStream.nullOutputStream());
            boolean same =
                    in.isComplete() && HexFormat.of().formatHex(digest.digest()).equals(listed.sha256());
            if (!same) {
                throw ArchiveProblems.damaged(path.value(), "its content is not what the list says");
            }
            return taken;
        } catch (IOException e) {
            throw ArchiveProblems.damaged(path.value(), "it cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** The same for a small file. */
    public byte[] bytes(TreePath path) {
        return read(path, in -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            in.transferTo(out);
            return out.toByteArray();
        });
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** Never gives more than was listed, so that a bomb ends where it begins to explode. */
    private static final class Measured extends InputStream {
        private final InputStream in;
        private long left;

        Measured(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        boolean isComplete() {
            return left == 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int n = in.read(to, offset, length);
            left -= Math.max(n, 0);
            if (left < 0) {
                throw new IOException("it is longer than the list says");
            }
            return n;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
