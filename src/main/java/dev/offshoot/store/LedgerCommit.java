package dev.offshoot.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * One commit of a ledger.
 *
 * @param of the branch commit whose ledger this is
 * @param receipt of the operation that made it
 */
record LedgerCommit(ObjectId id, ObjectId tree, ObjectId of, String receipt) {
    private static final String SUBJECT = "Ledger of ";
    private static final String TRAILER = "Branch-Commit: ";

    /** The message: the trailer stands before the receipt, so that no receipt can forge it. */
    static String message(ObjectId of, String receipt) {
        return SUBJECT + of.name() + "\n\n" + TRAILER + of.name() + "\n\n" + receipt;
    }

    /** @throws IOException when this is not a ledger commit: somebody else wrote below {@code refs/offshoot} */
    static LedgerCommit parse(RevCommit commit) throws IOException {
        String[] parts = message(commit).split("\n", 5);
        if (parts.length < 3 || !parts[0].startsWith(SUBJECT) || !parts[2].startsWith(TRAILER)) {
            throw new IOException("not a ledger commit: " + commit.name());
        }
        return new LedgerCommit(
                commit.copy(),
                commit.getTree().copy(),
                ObjectId.fromString(parts[2].substring(TRAILER.length())),
                parts.length < 5 ? "" : parts[4]);
    }

    /** The message without decoding tricks: ours is always UTF-8. */
    private static String message(RevCommit commit) {
        String text = new String(commit.getRawBuffer(), StandardCharsets.UTF_8);
        int body = text.indexOf("\n\n");
        return body < 0 ? "" : text.substring(body + 2);
    }
}
