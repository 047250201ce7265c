package dev.offshoot.service;

import dev.offshoot.layout.Checked;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Ledger;
import dev.offshoot.layout.YamlFiles;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Removal;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.PushReview;
import dev.offshoot.store.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Whether a tree that was made elsewhere, by a push or in another repository, may become a state of a workspace, and what the ledger
 * has to say of it: ids of what is known stay, also under another path when the content says that a file was renamed; what is new gets
 * ids of its own. Only documents that a changed file belongs to are looked through, and those that refer to one that is shared.
 */
public final class TreeValidation implements PushReview {
    /** More problems than anybody reads at once. */
    static final int MOST_PROBLEMS = 50;

    private static final int LARGEST_FILE = 64 << 20;

    private final LayoutEngine engine;
    private final Caches caches;
    private final Removals removals;

    TreeValidation(LayoutEngine engine, Caches caches) {
        this.engine = engine;
        this.caches = caches;
        this.removals = new Removals(engine.layouts());
    }

    @Override
    public Verdict review(UUID workspace, Snapshot before, Snapshot after) {
        return check(workspace, before, after, changes -> RenamedFiles.find(before, after, changes));
    }

    @Override
    public List<Problem> losses(Snapshot before, Snapshot after) {
        TreeMap<TreePath, Optional<Content>> edits = new TreeMap<>();
        after.files().changedSince(before.files()).forEach((path, blob) -> {
            if (isOfPlatform(path)
                    && (blob.isEmpty() || engine.layouts().removals().mayKeepData(path))) {
                edits.put(path, blob.flatMap(id -> after.files().read(path)));
            }
        });
        return removals.of(new TreeEdit(edits), before).stream()
                .filter(Removal::losesData)
                .map(loss -> new Problem(
                        Reason.DATA_LOSS,
                        loss.where(),
                        Consent.words(loss) + " when this is imported there",
                        "keep the data elsewhere first, or bring it back with another commit"))
                .toList();
    }

    /** As {@link #review}, for a state whose ledger knows already under which address everything is. */
    Verdict reviewAsRecorded(UUID workspace, Snapshot before, Snapshot after) {
        return check(workspace, before, after, changes -> Map.of());
    }

    private interface Renames {
        Map<TreePath, TreePath> among(SortedMap<TreePath, Optional<ObjectName>> changes);
    }

    private Verdict check(UUID workspace, Snapshot before, Snapshot after, Renames renames) {
        SortedMap<TreePath, Optional<ObjectName>> changes = after.files().changedSince(before.files());
        changes.keySet().removeIf(path -> !isOfPlatform(path));
        Set<Problem> problems = new LinkedHashSet<>();
        List<Problem> findings = new ArrayList<>();
        WorkspaceView view = new WorkspaceView(after, engine, caches);
        changes.forEach((path, blob) -> {
            if (blob.isPresent()) {
                readable(after, path).ifPresent(problems::add);
            }
        });
        Ledger made = Ledger.EMPTY;
        Map<TreePath, TreePath> renamed = Map.of();
        if (problems.isEmpty()) {
            renamed = renames.among(changes);
            for (TreePath document : documents(view, before, changes)) {
                Ledger known = view.ledgerOf(document).moved(renamed);
                Checked checked = engine.check(view.files(), known, document, workspace);
                problems.addAll(checked.problems());
                findings.addAll(checked.findings());
                made = checked.made().over(made);
            }
        }
        List<Problem> first = problems.stream().limit(MOST_PROBLEMS).toList();
        TreeEdit ledger = problems.isEmpty() ? ledgerEdit(after.ledger(), made, renamed) : TreeEdit.NONE;
        return new Verdict(first, findings, ledger);
    }

    private boolean isOfPlatform(TreePath path) {
        return engine.layouts().platforms().contains(path.segments().get(0));
    }

    private static Optional<Problem> readable(Snapshot state, TreePath path) {
        Content content = state.files().read(path).orElseThrow();
        if (content.size() > LARGEST_FILE) {
            return Optional.of(Problem.of(
                    Reason.LIMIT_EXCEEDED, path.value(), "a file has at most " + (LARGEST_FILE >> 20) + " MB"));
        }
        if (!YamlFiles.isYaml(path)) {
            return Optional.empty();
        }
        try {
            YamlFiles.parse(path, content);
            return Optional.empty();
        } catch (Failure e) {
            return Optional.of(e.problems().get(0));
        }
    }

    /** The documents that may read otherwise after a change. */
    private Set<TreePath> documents(
            WorkspaceView view, Snapshot before, SortedMap<TreePath, Optional<ObjectName>> changes) {
        if (changes.isEmpty()) {
            return Set.of();
        }
        List<TreePath> all = engine.exportable(view.files());
        Set<TreePath> touched = new TreeSet<>();
        Set<TreePath> shared = new TreeSet<>();
        List<TreePath> was = engine.exportable(new SnapshotSource(before.files(), caches.yaml));
        for (TreePath path : changes.keySet()) {
            List<TreePath> around = all.stream().filter(d -> isPartOf(path, d)).toList();
            touched.addAll(around);
            if (around.isEmpty()) {
                shared.add(was.stream()
                        .filter(d -> isPartOf(path, d))
                        .findFirst()
                        .orElseGet(() -> path.parent().child(stem(path.name()))));
            }
        }
        // What one document has alone is named by its own files only; a module is a document and shared too.
        shared.addAll(touched);
        if (!shared.isEmpty()) {
            touched.addAll(users(view, all, touched, shared));
        }
        return touched;
    }

    private static boolean isPartOf(TreePath path, TreePath document) {
        return path.isWithin(document)
                || path.parent().equals(document.parent()) && stem(path.name()).equals(document.name());
    }

    private static String stem(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static Set<TreePath> users(
            WorkspaceView view, List<TreePath> all, Set<TreePath> touched, Set<TreePath> shared) {
        Set<TreePath> found = new TreeSet<>();
        for (TreePath document : all) {
            if (touched.contains(document)) {
                continue;
            }
            TreePath platform = TreePath.of(document.segments().get(0));
            List<String> symbols = shared.stream()
                    .filter(s -> s.isWithin(platform) && !s.equals(platform))
                    .map(s -> "@{/" + s.relativeTo(platform))
                    .toList();
            boolean uses = !symbols.isEmpty()
                    && view.snapshot().files().load(List.of(document)).files().values().stream()
                            .map(Content::utf8)
                            .anyMatch(text -> symbols.stream().anyMatch(text::contains));
            if (uses) {
                found.add(document);
            }
        }
        return found;
    }

    /** What changes in the files of the ledger, of which only those around the changed records are read. */
    private static TreeEdit ledgerEdit(Snapshot.Files files, Ledger made, Map<TreePath, TreePath> renamed) {
        Set<TreePath> records = new TreeSet<>(made.recorded());
        records.addAll(renamed.keySet());
        records.addAll(renamed.values());
        if (records.isEmpty()) {
            return TreeEdit.NONE;
        }
        FileTree before = files.load(LedgerFolders.around(files, records));
        Ledger after = made.over(Ledger.fromFiles(before).moved(renamed));
        return TreeEdit.between(before, after.toFiles());
    }
}
