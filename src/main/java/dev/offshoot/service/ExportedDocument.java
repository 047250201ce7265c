package dev.offshoot.service;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A document that was put together, or its bytes as they were written before. */
public final class ExportedDocument {
    private static final int LARGE = 1 << 16;
    private static final int SMALL = 1 << 13;
    private static final int MOST_PIECES = 256;

    private final Optional<JsonValue> value;
    private final Pieces written;
    private final long mostKept;
    private final Set<JsonObject> wanted;
    private final Keeper keep;

    private ExportedDocument(
            Optional<JsonValue> value, Pieces written, long mostKept, Set<JsonObject> wanted, Keeper keep) {
        this.value = value;
        this.written = written;
        this.mostKept = mostKept;
        this.wanted = wanted;
        this.keep = keep;
    }

    /** A long text as it was written, in order. One array for all of it would be copied again and again while it grows. */
    record Pieces(List<byte[]> pieces, long size) {
        static final Pieces NONE = new Pieces(List.of(), 0);

        void writeTo(OutputStream target) throws IOException {
            for (byte[] piece : pieces) {
                target.write(piece);
            }
        }

        /** The text with some parts replaced; those that stay are shared. {@code sorted}: by place, none in another. */
        Pieces with(List<Replacement> sorted) {
            List<byte[]> result = new ArrayList<>(pieces.size() + 2 * sorted.size());
            long newSize = size;
            long start = 0;
            long kept = 0; // the text up to here is in the result, or replaced
            int next = 0;
            for (byte[] piece : pieces) {
                long end = start + piece.length;
                while (next < sorted.size() && sorted.get(next).at() < end) {
                    Replacement r = sorted.get(next++);
                    add(result, piece, kept - start, r.at() - start);
                    result.add(r.bytes());
                    kept = r.at() + r.length();
                    newSize += r.bytes().length - r.length();
                }
                add(result, piece, kept - start, piece.length);
                kept = Math.max(kept, end);
                start = end;
            }
            Pieces edited = new Pieces(result, newSize);
            return result.size() > MOST_PIECES + size / SMALL ? edited.joined() : edited;
        }

        private static void add(List<byte[]> result, byte[] piece, long from, long to) {
            int first = (int) Math.min(Math.max(from, 0), piece.length);
            if (first < to) {
                result.add(first == 0 && to == piece.length ? piece : Arrays.copyOfRange(piece, first, (int) to));
            }
        }

        private Pieces joined() {
            Copy copy = new Copy(OutputStream.nullOutputStream(), size);
            try (BufferedOutputStream out = new BufferedOutputStream(copy, LARGE)) {
                writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e); // there is no stream that could fail
            }
            return copy.whole().orElseThrow();
        }
    }

    /** Other text in the place of some. */
    record Replacement(long at, int length, byte[] bytes) {}

    /** Gets what was written, and where in it stands what was looked for. */
    interface Keeper {
        void keep(Pieces pieces, List<JsonWriter.Place> places);
    }

    /**
     * A document that has not been written yet.
     *
     * @param wanted objects in it whose places are to be known, by identity
     * @param keep gets what was written when that is the whole of it and at most so many bytes
     */
    static ExportedDocument of(JsonValue value, Set<JsonObject> wanted, long mostKept, Keeper keep) {
        return new ExportedDocument(Optional.of(value), Pieces.NONE, mostKept, wanted, keep);
    }

    static ExportedDocument written(Pieces pieces) {
        return new ExportedDocument(Optional.empty(), pieces, 0, Set.of(), (whole, places) -> {});
    }

    public JsonValue value() {
        return value.orElseGet(() -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream((int) written.size());
            written.pieces().forEach(all::writeBytes);
            return JsonReader.read(all.toByteArray());
        });
    }

    /** Writes it in the pretty form of {@link JsonWriter}, in pieces; neither flushes nor closes. */
    public void writeTo(OutputStream target) throws IOException {
        if (value.isEmpty()) {
            written.writeTo(target);
            return;
        }
        Copy copy = new Copy(target, mostKept);
        List<JsonWriter.Place> places = JsonWriter.pretty(value.get(), copy, wanted);
        copy.whole().ifPresent(pieces -> keep.keep(pieces, places));
    }

    /** Keeps what passes through, unless it becomes too much. */
    private static final class Copy extends FilterOutputStream {
        private final long most;
        private final List<byte[]> kept = new ArrayList<>();
        private long size;

        Copy(OutputStream target, long most) {
            super(target);
            this.most = most;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int start, int length) throws IOException {
            out.write(from, start, length);
            size += length;
            if (size > most) {
                kept.clear();
            } else {
                kept.add(Arrays.copyOfRange(from, start, start + length));
            }
        }

        Optional<Pieces> whole() {
            return size > most ? Optional.empty() : Optional.of(new Pieces(List.copyOf(kept), size));
        }
    }
}
