package dev.offshoot.store;

import dev.offshoot.model.ObjectName;
import java.util.Optional;

/** A commit and its ledger: only names, so holding one costs nothing. */
record GitSnapshot(ObjectName commit, Optional<LedgerCommit> belonging, Files files, Files ledger) implements Snapshot {

    static GitSnapshot of(RepositoryView.State state, GitFiles.Reading reading) {
        return new GitSnapshot(
                new ObjectName(state.commit().name()),
                state.ledger(),
                new GitFiles(reading, state.tree()),
                new GitFiles(reading, state.ledger().map(LedgerCommit::tree).orElse(TreeSource.EMPTY)));
    }

    @Override
    public Optional<ObjectName> ledgerCommit() {
        return belonging.map(ledger -> new ObjectName(ledger.id().name()));
    }

    @Override
    public Optional<String> receipt() {
        return belonging.map(LedgerCommit::receipt);
    }
}
