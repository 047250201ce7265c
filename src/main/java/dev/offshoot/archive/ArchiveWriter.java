package dev.offshoot.archive;

import dev.offshoot.format.JsonObject;
import dev.offshoot.model.TreePath;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes an archive piece by piece, whatever its size; the list of its files comes last, so that an archive that was cut short has none. The
 * same files give the same bytes: entries carry no times of their own.
 */
public final class ArchiveWriter implements AutoCloseable {
    /** The earliest that a zip file can say. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ArchiveFormat format;
    private final ZipOutputStream zip;
    private final Map<TreePath, ArchiveManifest.Entry> files = new LinkedHashMap<>();

    /** @param target not closed by this */
    public ArchiveWriter(OutputStream target, ArchiveFormat format) {
        this.format = format;
        this.zip = new ZipOutputStream(new FilterOutputStream(target) {
            @Override
            public void write(byte[] from, int start, int length) throws IOException {
                out.write(from, start, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        });
    }

    /** Content that is written when its turn has come. */
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Adds a file that can be compressed. */
    public void add(TreePath path, Body body) throws IOException {
        add(path, Deflater.DEFAULT_COMPRESSION, body);
    }

    /** Adds a file that is compressed already. */
    public void addCompressed(TreePath path, Body body) throws IOException {
        add(path, Deflater.NO_COMPRESSION, body);
    }

    private void add(TreePath path, int level, Body body) throws IOException {
        if (files.containsKey(path) || path.equals(ArchiveManifest.PATH)) {
            throw new IllegalArgumentException(path + " is in the archive already");
        }
        begin(path, level);
        Counting out = new Counting(zip);
        body.writeTo(out);
        zip.closeEntry();
        files.put(path, new ArchiveManifest.Entry(out.count, out.sum()));
    }

    private void begin(TreePath path, int level) throws IOException {
        ZipEntry entry = new ZipEntry(path.value());
        entry.setTimeLocal(NO_TIME);
        zip.setLevel(level);
        zip.putNextEntry(entry);
    }

    /** Writes the list; without it the archive is recognisably no archive. */
    public void finish() throws IOException {
        finish(JsonObject.EMPTY);
    }

    /** Writes the list and, before it, what else there is to say of the whole. */
    public void finish(JsonObject about) throws IOException {
        begin(ArchiveManifest.PATH, Deflater.DEFAULT_COMPRESSION);
        zip.write(new ArchiveManifest(format, files).toBytes(about));
        zip.closeEntry();
        zip.finish();
    }

    /** Frees memory outside of Java's heap. */
    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static final class Counting extends FilterOutputStream {
        private final MessageDigest digest;
        private long count;

        Counting(OutputStream zip) {
            this(zip, Sums.sha256());
        }

        private Counting(OutputStream zip, MessageDigest digest) {
            super(new DigestOutputStream(zip, digest));
            this.digest = digest;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] from, int start, int length) throws IOException {
            out.write(from, start, length);
            count += length;
        }

        @Override
        public void close() {
            // the entry ends elsewhere
        }

        String sum() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
