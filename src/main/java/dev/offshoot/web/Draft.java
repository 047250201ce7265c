package dev.offshoot.web;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.RemoteCredentials;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
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

    /**
     * Another repository that was looked into, at one commit.
     *
     * @param branch where to
     * @param credentials for the other server, as long as this is kept
     * @param picked what of it is to come; empty while that is being chosen
     */
    record Looked(
            BranchName branch,
            RemoteUrl url,
            ObjectName commit,
            List<Found> found,
            Optional<RemoteCredentials> credentials,
            Optional<Picked> picked)
            implements Draft {
        private static final int BYTES = 200;

        public Looked {
            found = List.copyOf(found);
        }

        Looked with(Optional<Picked> chosen) {
            return new Looked(branch, url, commit, found, credentials, chosen);
        }

        @Override
        public int bytes() {
            return BYTES * (found.size() + 1);
        }
    }

    /** A definition that the repository holds. */
    record Found(String path, String kind, String name) {}

    /**
     * What is to come.
     *
     * @param paths of definitions there
     * @param target the definition here that is brought up to date; empty: copies are made
     */
    record Picked(List<String> paths, Optional<TreePath> target) {
        public Picked {
            paths = List.copyOf(paths);
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
