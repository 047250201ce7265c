package dev.offshoot.service;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** A document that was put together, or its bytes as they were written before. */
public final class ExportedDocument {
    private final Optional<JsonValue> value;
    private final byte[] bytes;
    private final int mostKept;
    private final Consumer<byte[]> keep;

    private ExportedDocument(Optional<JsonValue> value, byte[] bytes, int mostKept, Consumer<byte[]> keep) {
        this.value = value;
        this.bytes = bytes;
        this.mostKept = mostKept;
        this.keep = keep;
    }

    /**
     * A document that has not been written yet.
     *
     * @param keep gets its bytes when it has been written whole and they are at most so many
     */
    static ExportedDocument of(JsonValue value, long mostKept, Consumer<byte[]> keep) {
        return new ExportedDocument(Optional.of(value), new byte[0], (int) Math.min(mostKept, 1 << 30), keep);
    }

    static ExportedDocument written(byte[] bytes) {
        return new ExportedDocument(Optional.empty(), bytes, 0, ignored -> {});
    }

    public JsonValue value() {
        return value.orElseGet(() -> JsonReader.read(bytes));
    }

    /** Writes it in the pretty form of {@link JsonWriter}, in pieces; neither flushes nor closes. */
    public void writeTo(OutputStream target) throws IOException {
        if (value.isEmpty()) {
            target.write(bytes);
            return;
        }
        Copy copy = new Copy(target, mostKept);
        JsonWriter.pretty(value.get(), copy);
        copy.whole().ifPresent(keep);
    }

    /** Keeps what passes through, unless it becomes too much. */
    private static final class Copy extends FilterOutputStream {
        private final int most;
        private ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private boolean tooMuch;

        Copy(OutputStream target, int most) {
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
            tooMuch |= kept.size() + (long) length > most;
            if (tooMuch) {
                kept = new ByteArrayOutputStream(0);
            } else {
                kept.write(from, start, length);
            }
        }

        Optional<byte[]> whole() {
            return tooMuch ? Optional.empty() : Optional.of(kept.toByteArray());
        }
    }
}
