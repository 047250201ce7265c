package dev.offshoot.store;

import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Person;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * The commits of one group, chained in memory on top of the branches as they stand. Nothing is written here: the outcome is a set
 * of objects and the ref updates that show them.
 */
final class BranchChain implements AutoCloseable {
    private final RepositoryView view;
    private final PackedObject.Maker maker = new PackedObject.Maker();
    private final TreeSource trees;
    private final Map<String, Tip> tips = new HashMap<>();
    private final Map<ObjectId, byte[]> freshTrees = new HashMap<>();
    private final Map<ObjectId, PackedObject> objects = new LinkedHashMap<>();

    BranchChain(RepositoryView view) {
        this.view = view;
        this.trees = id -> {
            byte[] fresh = freshTrees.get(id);
            return fresh != null ? fresh : view.trees().raw(id);
        };
    }

    /** Where a branch stands after the requests so far, and where it stood in the repository. */
    private static final class Tip {
        private final ObjectId storedHead;
        private final ObjectId storedLedger;
        private ObjectId head;
        private ObjectId tree;
        /** Zero while there is no ledger. */
        private ObjectId ledger;

        private ObjectId ledgerTree;

        Tip(RepositoryView.Branch branch) {
            storedHead = branch.head();
            storedLedger = branch.ledgerHead();
            head = storedHead;
            tree = branch.tree();
            ledger = storedLedger;
            ledgerTree = branch.ledger().map(LedgerCommit::tree).orElse(TreeSource.EMPTY);
        }

        /** A branch that is not there yet and starts where it leaves another one. */
        Tip(Optional<RepositoryView.State> fork) {
            storedHead = ObjectId.zeroId();
            storedLedger = ObjectId.zeroId();
            head = fork.map(RepositoryView.State::commit).orElse(ObjectId.zeroId());
            tree = fork.map(RepositoryView.State::tree).orElse(TreeSource.EMPTY);
            Optional<LedgerCommit> known = fork.flatMap(RepositoryView.State::ledger);
            ledger = known.map(LedgerCommit::id).orElse(ObjectId.zeroId());
            ledgerTree = known.map(LedgerCommit::tree).orElse(TreeSource.EMPTY);
        }
    }

    /**
     * Puts one request on top.
     *
     * @throws Failure when it cannot land; the chain is then as it was
     */
    UpdateResult apply(Prepared prepared) throws IOException {
        UpdateRequest request = prepared.request();
        Tip tip = prepared.adoption().isPresent() && prepared.adoption().get().create()
                ? newTip(request.branch().ref(), prepared.adoption().get())
                : tip(request.branch().ref());
        requireExpected(request, tip);
        if (prepared.adoption().isPresent()) {
            return adopt(prepared, prepared.adoption().get(), tip);
        }
        TreeEditor editor = new TreeEditor(trees, maker);
        ObjectId tree = editor.apply(tip.tree, prepared.files());
        ObjectId ledgerTree = editor.applyHidden(tip.ledgerTree, prepared.ledger());
        boolean moved = !tree.equals(tip.tree);
        ObjectId before = tip.head;
        if (moved || !ledgerTree.equals(tip.ledgerTree)) {
            if (moved) {
                tip.head = commit(tree, tip.head, request, request.message());
            }
            tip.ledger = commit(ledgerTree, tip.ledger, request, LedgerCommit.message(tip.head, request.receipt()));
            tip.tree = tree;
            tip.ledgerTree = ledgerTree;
            store(prepared, editor);
        }
        return new UpdateResult(name(tip.head), name(before), moved, name(tip.tree), optional(tip.ledger));
    }

    /** The pushed commit becomes the head as it is; a ledger commit goes with it. */
    private UpdateResult adopt(Prepared prepared, Adoption adoption, Tip tip) throws IOException {
        adoption.arrival().run();
        TreeEditor editor = new TreeEditor(trees, maker);
        ObjectId ledgerTree = editor.applyHidden(tip.ledgerTree, prepared.ledger());
        ObjectId before = tip.head;
        tip.head = adoption.commit();
        tip.tree = adoption.tree();
        if (!tip.head.equals(before)) {
            UpdateRequest request = prepared.request();
            tip.ledger = commit(ledgerTree, tip.ledger, request, LedgerCommit.message(tip.head, request.receipt()));
            tip.ledgerTree = ledgerTree;
        }
        store(prepared, editor);
        return new UpdateResult(
                name(tip.head), name(before), !tip.head.equals(before), name(tip.tree), optional(tip.ledger));
    }

    private Tip newTip(String branch, Adoption adoption) throws IOException {
        if (tips.containsKey(branch) || view.branch(branch).isPresent()) {
            throw stale("", "the branch has been created in the meantime");
        }
        Tip tip = new Tip(adoption.fork());
        tips.put(branch, tip);
        return tip;
    }

    private void store(Prepared prepared, TreeEditor editor) {
        prepared.blobs().forEach(this::add);
        editor.fresh().forEach((id, raw) -> {
            if (freshTrees.putIfAbsent(id, raw) == null) {
                add(maker.pack(id, Constants.OBJ_TREE, raw));
            }
        });
    }

    private Tip tip(String branch) throws IOException {
        Tip known = tips.get(branch);
        if (known == null) {
            known = new Tip(view.branch(branch)
                    .orElseThrow(() -> Problems.notFound("branch: " + branch.substring("refs/heads/".length()))));
            tips.put(branch, known);
        }
        return known;
    }

    private void requireExpected(UpdateRequest request, Tip tip) throws IOException {
        if (request.expectedCommit().isPresent()
                && !request.expectedCommit().get().value().equals(tip.head.name())) {
            throw stale("", "the branch " + request.branch() + " has moved to " + tip.head.name());
        }
        requireExpected(request.expectedFiles(), tip.tree, "changed in the meantime");
        requireExpected(request.expectedLedger(), tip.ledgerTree, "changed in the ledger in the meantime");
    }

    private void requireExpected(Map<TreePath, Optional<ObjectName>> expected, ObjectId root, String otherwise)
            throws IOException {
        for (Map.Entry<TreePath, Optional<ObjectName>> e : expected.entrySet()) {
            Optional<ObjectName> is = trees.find(root, e.getKey()).map(found -> name(found.id()));
            if (!is.equals(e.getValue())) {
                throw stale(e.getKey().value(), otherwise);
            }
        }
    }

    private static Failure stale(String where, String message) {
        return Failure.of(Reason.STALE_PLAN, where, message, "compute the change again from the present state");
    }

    private ObjectId commit(ObjectId tree, ObjectId parent, UpdateRequest request, String message) {
        if (tree.equals(TreeSource.EMPTY)) {
            add(maker.make(Constants.OBJ_TREE, new byte[0]));
        }
        byte[] text = text(
                tree,
                parent.equals(ObjectId.zeroId()) ? List.of() : List.of(parent),
                request.author(),
                request.when(),
                message);
        PackedObject commit = maker.make(Constants.OBJ_COMMIT, text);
        add(commit);
        return commit.id();
    }

    static byte[] text(ObjectId tree, List<ObjectId> parents, Person author, Instant when, String message) {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        // Git's own check refuses times before 1970.
        Instant time = when.isBefore(Instant.EPOCH) ? Instant.EPOCH : when;
        PersonIdent who = new PersonIdent(author.name(), author.email(), time, ZoneOffset.UTC);
        commit.setAuthor(who);
        commit.setCommitter(who);
        commit.setEncoding(StandardCharsets.UTF_8);
        commit.setMessage(message.replace("\r\n", "\n").replace("\0", "").stripTrailing() + "\n");
        try {
            return commit.build();
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java has UTF-8", e);
        }
    }

    private void add(PackedObject object) {
        objects.putIfAbsent(object.id(), object);
    }

    private static ObjectName name(ObjectId id) {
        return new ObjectName(id.name());
    }

    private static Optional<ObjectName> optional(ObjectId id) {
        return id.equals(ObjectId.zeroId()) ? Optional.empty() : Optional.of(name(id));
    }

    Collection<PackedObject> objects() {
        return objects.values();
    }

    /** The ref updates that make the chain visible; none when nothing changed. */
    List<ReceiveCommand> commands() {
        List<ReceiveCommand> commands = new ArrayList<>();
        tips.forEach((branch, tip) -> {
            if (!tip.head.equals(tip.storedHead)) {
                commands.add(new ReceiveCommand(tip.storedHead, tip.head, branch));
            }
            if (!tip.ledger.equals(tip.storedLedger)) {
                commands.add(new ReceiveCommand(tip.storedLedger, tip.ledger, LedgerIndex.ref(branch)));
            }
        });
        return commands;
    }

    @Override
    public void close() {
        maker.close();
    }
}
