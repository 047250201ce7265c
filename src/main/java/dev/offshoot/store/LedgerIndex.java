package dev.offshoot.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Answers which ledger commit belongs to a branch commit: the newest of that commit or of its nearest first-parent ancestor. The
 * newest commit of a branch is found without the index; the index is built from the ledger's history when an older one is asked for,
 * and then only extended.
 */
final class LedgerIndex {
    static final String PREFIX = "refs/offshoot/ledger/";
    /** About 80 bytes each. What is older is looked up by walking, each time. */
    private static final int MOST = 200_000;

    private final ConcurrentMap<String, Chain> chains = new ConcurrentHashMap<>();

    static String ref(String branchRef) {
        return PREFIX + branchRef.substring("refs/heads/".length());
    }

    /** @param ledgers refs of the ledgers that may know the commit, the most likely first */
    Optional<LedgerCommit> find(RevWalk walk, ObjectId commit, List<Ref> ledgers) throws IOException {
        for (Ref ledger : ledgers.subList(0, Math.min(1, ledgers.size()))) {
            LedgerCommit newest = LedgerCommit.parse(walk.parseCommit(ledger.getObjectId()));
            if (newest.of().equals(commit)) {
                return Optional.of(newest);
            }
        }
        List<Chain> all = new ArrayList<>();
        for (Ref ledger : ledgers) {
            all.add(chain(walk, ledger));
        }
        Optional<ObjectId> found = nearest(walk, commit, all);
        if (found.isEmpty() && all.stream().anyMatch(chain -> !chain.complete)) {
            all.clear();
            for (Ref ledger : ledgers) {
                all.add(Chain.read(walk, ledger.getObjectId(), Optional.empty(), Integer.MAX_VALUE));
            }
            found = nearest(walk, commit, all);
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(LedgerCommit.parse(walk.parseCommit(found.get())));
    }

    private static Optional<ObjectId> nearest(RevWalk walk, ObjectId commit, List<Chain> chains) throws IOException {
        if (chains.isEmpty()) {
            return Optional.empty();
        }
        RevCommit at = walk.parseCommit(commit);
        while (true) {
            for (Chain chain : chains) {
                Entry entry = chain.byBranchCommit.get(at);
                if (entry != null) {
                    return Optional.of(entry.ledger);
                }
            }
            if (at.getParentCount() == 0) {
                return Optional.empty();
            }
            at = walk.parseCommit(at.getParent(0));
        }
    }

    private Chain chain(RevWalk walk, Ref ledger) throws IOException {
        Chain known = chains.get(ledger.getName());
        if (known != null && known.head.equals(ledger.getObjectId())) {
            return known;
        }
        Chain chain = Chain.read(walk, ledger.getObjectId(), Optional.ofNullable(known), MOST);
        chains.put(ledger.getName(), chain);
        return chain;
    }

    private static final class Entry extends ObjectIdOwnerMap.Entry {
        private final ObjectId ledger;

        Entry(ObjectId branchCommit, ObjectId ledger) {
            super(branchCommit);
            this.ledger = ledger;
        }
    }

    /** The history of one ledger, newest entry per branch commit. Never changed once it is published. */
    private static final class Chain {
        private final ObjectId head;
        private final ObjectIdOwnerMap<Entry> byBranchCommit = new ObjectIdOwnerMap<>();
        private boolean complete = true;

        private Chain(ObjectId head) {
            this.head = head;
        }

        static Chain read(RevWalk walk, ObjectId head, Optional<Chain> known, int most) throws IOException {
            Chain chain = new Chain(head);
            RevCommit at = walk.parseCommit(head);
            while (true) {
                if (known.isPresent() && known.get().head.equals(at)) {
                    for (Entry entry : known.get().byBranchCommit) {
                        chain.add(entry, entry.ledger);
                    }
                    chain.complete = known.get().complete;
                    return chain;
                }
                if (chain.byBranchCommit.size() >= most) {
                    chain.complete = false;
                    return chain;
                }
                chain.add(LedgerCommit.parse(at).of(), at.copy());
                if (at.getParentCount() == 0) {
                    return chain;
                }
                at = walk.parseCommit(at.getParent(0));
            }
        }

        private void add(ObjectId branchCommit, ObjectId ledger) {
            if (!byBranchCommit.contains(branchCommit)) {
                byBranchCommit.add(new Entry(branchCommit, ledger));
            }
        }
    }
}
