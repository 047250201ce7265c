package dev.offshoot.service;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A document that was put together, or its bytes as they were written before. */
public final class ExportedDocument {
    private final Optional<JsonValue> value;
    private final Pieces written;
    private final long mostKept;
    private final Consumer<Pieces> keep;

    private ExportedDocument(Optional<JsonValue> value, Pieces written, long mostKept, Consumer<Pieces> keep) {
        this.value = value;
        this.written = written;
        this.mostKept = mostKept;
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
    }

    /**
     * A document that has not been written yet.
     *
     * @param keep gets what was written when that is the whole of it and at most so many bytes
     */
    static ExportedDocument of(JsonValue value, long mostKept, Consumer<Pieces> keep) {
        return new ExportedDocument(Optional.of(value), Pieces.NONE, mostKept, keep);
    }

    static ExportedDocument written(Pieces pieces) {
        return new ExportedDocument(Optional.empty(), pieces, 0, ignored -> {});
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
        JsonWriter.pretty(value.get(), copy);
        copy.whole().ifPresent(keep);
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
