package dev.offshoot.web;

import dev.offshoot.model.BranchName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** What somebody is about to import, between the dry run and the decision. */
sealed interface Draft {
    /** Heap it takes, about. */
    int bytes();

    /** A document that was sent, packed: exports shrink to a tenth. */
    record Sent(BranchName branch, String fileName, int size, byte[] packed) implements Draft {
        static Sent of(BranchName branch, String fileName, byte[] document) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            Deflater fast = new Deflater(Deflater.BEST_SPEED);
            try (DeflaterOutputStream out = new DeflaterOutputStream(packed, fast)) {
                out.write(document);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                fast.end();
            }
            return new Sent(branch, fileName, document.length, packed.toByteArray());
        }

        byte[] document() {
            try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
                return in.readNBytes(size);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int bytes() {
            return packed.length;
        }
    }

    /** It has been decided; what was done can be looked at again. */
    record Done(Html report) implements Draft {
        private static final int REPORT = 64 << 10;

        @Override
        public int bytes() {
            return REPORT;
        }
    }
}
