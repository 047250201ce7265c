package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Ledger;
import dev.offshoot.layout.Selection;
import dev.offshoot.layout.TreeSource;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The proof that comes before every landing: the stored form gives back the document, value by value. */
final class RoundTrip {
    private static final int MOST_REPORTED = 10;

    private final LayoutEngine engine;

    RoundTrip(LayoutEngine engine) {
        this.engine = engine;
    }

    /**
     * Begins {@link #verify} beside what the caller does meanwhile.
     *
     * @param files read by the proof alone: sources are for one thread
     */
    Proof begin(
            JsonValue expected,
            TreeSource files,
            Ledger ledger,
            TreePath document,
            UUID namespace,
            Selection selection) {
        return new Proof(
                CompletableFuture.runAsync(() -> verify(expected, files, ledger, document, namespace, selection)));
    }

    /** A proof under way. Nothing may be stored before {@link #require} has come back. */
    record Proof(CompletableFuture<Void> running) {
        /** One that was given before. */
        static final Proof DONE = new Proof(CompletableFuture.completedFuture(null));

        /**
         * Waits for it.
         *
         * @throws Failure {@code NOT_LOSSLESS}, or whatever else stood in the way
         */
        void require() {
            try {
                running.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException failed) {
                    throw failed;
                }
                if (e.getCause() instanceof Error broken) {
                    throw broken;
                }
                throw e;
            }
        }
    }

    /**
     * Assembles the document from what would be stored and compares.
     *
     * @param expected the document without what is withheld
     * @param selection of the version that it is about
     * @throws Failure {@code NOT_LOSSLESS} with the first places that differ
     */
    void verify(
            JsonValue expected,
            TreeSource files,
            Ledger ledger,
            TreePath document,
            UUID namespace,
            Selection selection) {
        JsonValue actual =
                engine.assemble(files, ledger, document, namespace, selection).document();
        List<Differences.Difference> differences = Differences.between(expected, actual, MOST_REPORTED);
        if (!differences.isEmpty()) {
            throw new Failure(differences.stream()
                    .map(d -> new Problem(
                            Reason.NOT_LOSSLESS,
                            d.pointer(),
                            "this part of the document " + d.what(),
                            "nothing was stored; please report this document's shape"))
                    .toList());
        }
    }
}
