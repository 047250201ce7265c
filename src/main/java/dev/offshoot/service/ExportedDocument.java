package dev.offshoot.service;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A document that was put together, or its bytes as they were written before. */
public final class ExportedDocument {
    private static final int LARGE = 1 << 16;
    private static final int SMALL = 1 << 13;
    private static final int MOST_PIECES = 256;

    private final Optional<JsonValue> value;
    private final Pieces written;
    private final long mostKept;
    private final Keeper keep;

    private ExportedDocument(Optional<JsonValue> value, Pieces written, long mostKept, Keeper keep) {
        this.value = value;
        this.written = written;
        this.mostKept = mostKept;
        this.keep = keep;
    }

    /** Part of an array, not to be changed. */
    record Piece(byte[] bytes, int from, int length) {
        Piece(byte[] bytes) {
            this(bytes, 0, bytes.length);
        }
    }

    /** A long text as it was written, in order. One array for all of it would be copied again and again while it grows. */
    record Pieces(List<Piece> pieces, long size) {
        static final Pieces NONE = new Pieces(List.of(), 0);

        void writeTo(OutputStream target) throws IOException {
            for (Piece piece : pieces) {
                target.write(piece.bytes(), piece.from(), piece.length());
            }
        }

        /** The text with some parts replaced; those that stay are shared. {@code sorted}: by place, none in another. */
        Pieces with(List<Replacement> sorted) {
            List<Piece> result = new ArrayList<>(pieces.size() + 2 * sorted.size());
            long newSize = size;
            long start = 0;
            long kept = 0; // the text up to here is in the result, or replaced
            int next = 0;
            for (Piece piece : pieces) {
                long end = start + piece.length();
                while (next < sorted.size() && sorted.get(next).at() < end) {
                    Replacement r = sorted.get(next++);
                    add(result, piece, kept - start, r.at() - start);
                    result.add(new Piece(r.bytes()));
                    kept = r.at() + r.length();
                    newSize += r.bytes().length - r.length();
                }
                add(result, piece, kept - start, piece.length());
                kept = Math.max(kept, end);
                start = end;
            }
            Pieces edited = new Pieces(result, newSize);
            return result.size() > MOST_PIECES + size / SMALL ? edited.joined() : edited;
        }

        private static void add(List<Piece> result, Piece piece, long from, long to) {
            int first = (int) Math.min(Math.max(from, 0), piece.length());
            if (first < to) {
                result.add(new Piece(piece.bytes(), piece.from() + first, (int) to - first));
            }
        }

        /** In new arrays: of what was replaced nothing is kept. */
        private Pieces joined() {
            List<Piece> result = new ArrayList<>();
            ByteArrayOutputStream open = new ByteArrayOutputStream(LARGE);
            for (Piece piece : pieces) {
                open.write(piece.bytes(), piece.from(), piece.length());
                if (open.size() >= LARGE) {
                    result.add(new Piece(open.toByteArray()));
                    open.reset();
                }
            }
            result.add(new Piece(open.toByteArray()));
            return new Pieces(result, size);
        }
    }

    /** Other text in the place of some. */
    record Replacement(long at, int length, byte[] bytes) {}

    /** Gets what was written, and where in it stand the objects that were numbered. */
    interface Keeper {
        void keep(Pieces pieces, List<JsonWriter.Place> places);
    }

    /**
     * A document that has not been written yet.
     *
     * @param keep gets what was written when that is the whole of it and at most so many bytes
     */
    static ExportedDocument of(JsonValue value, long mostKept, Keeper keep) {
        return new ExportedDocument(Optional.of(value), Pieces.NONE, mostKept, keep);
    }

    static ExportedDocument written(Pieces pieces) {
        return new ExportedDocument(Optional.empty(), pieces, 0, (whole, places) -> {});
    }

    public JsonValue value() {
        return value.orElseGet(() -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream((int) written.size());
            written.pieces().forEach(piece -> all.write(piece.bytes(), piece.from(), piece.length()));
            return JsonReader.read(all.toByteArray());
        });
    }

    /** Writes it in the pretty form of {@link JsonWriter}, in pieces; neither flushes nor closes. */
    public void writeTo(OutputStream target) throws IOException {
        if (value.isEmpty()) {
            written.writeTo(target);
            return;
        }
        List<Piece> kept = new ArrayList<>();
        long[] size = {0};
        List<JsonWriter.Place> places = JsonWriter.pretty(value.get(), (bytes, length) -> {
            target.write(bytes, 0, length);
            size[0] += length;
            if (size[0] > mostKept) {
                kept.clear();
            } else {
                kept.add(new Piece(bytes, 0, length));
            }
        });
        if (size[0] <= mostKept) {
            keep.keep(new Pieces(List.copyOf(kept), size[0]), places);
        }
    }
}
