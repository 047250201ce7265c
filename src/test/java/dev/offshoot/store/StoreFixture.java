package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Content;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Person;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A store in a temporary folder, and short ways to say what changes. */
final class StoreFixture implements AutoCloseable {
    static final WorkspaceName NAME = new WorkspaceName("team");
    static final BranchName MAIN = new BranchName("main");
    static final Person ANNA = new Person("Anna", "anna@example.org");
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    static final UUID ID = new UUID(1, 2);

    final Path data;
    final FileRepositoryStore store;

    private StoreFixture(Path data, FileRepositoryStore store) {
        this.data = data;
        this.store = store;
    }

    static StoreFixture at(Path data) {
        return at(data, FaultPoint.NONE);
    }

    static StoreFixture at(Path data, FaultPoint faults) {
        return new StoreFixture(data, FileRepositoryStore.open(data, options(), faults));
    }

    static StoreOptions options() {
        return StoreOptions.of(Clock.fixed(NOON, ZoneOffset.UTC)).withoutCheckouts();
    }

    WorkspaceRepository create() {
        return store.create(NAME, ID, ANNA);
    }

    WorkspaceRepository workspace() {
        return store.find(NAME).orElseThrow();
    }

    Path repository() {
        return data.resolve("repositories/team.git");
    }

    Git git() {
        return new Git(repository());
    }

    /** Path and text, path and text …; the text {@code -} removes. */
    static TreeEdit edit(String... pathsAndTexts) {
        TreeMap<TreePath, Optional<Content>> changes = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            changes.put(
                    TreePath.of(pathsAndTexts[i]),
                    pathsAndTexts[i + 1].equals("-")
                            ? Optional.empty()
                            : Optional.of(Content.utf8(pathsAndTexts[i + 1])));
        }
        return new TreeEdit(changes);
    }

    static UpdateRequest request(TreeEdit files, TreeEdit ledger) {
        return new UpdateRequest(
                MAIN, Optional.empty(), Map.of(), Map.of(), files, ledger, "Change something", ANNA, NOON, "{\"a\":1}");
    }

    static UpdateRequest on(BranchName branch, TreeEdit files) {
        return new UpdateRequest(
                branch, Optional.empty(), Map.of(), Map.of(), files, TreeEdit.NONE, "Change it", ANNA, NOON, "{}");
    }

    static UpdateRequest request(TreeEdit files) {
        return request(files, TreeEdit.NONE);
    }

    static UpdateRequest expecting(UpdateRequest r, Map<TreePath, Optional<ObjectName>> files) {
        return new UpdateRequest(
                r.branch(),
                r.expectedCommit(),
                files,
                r.expectedLedger(),
                r.files(),
                r.ledger(),
                r.message(),
                r.author(),
                r.when(),
                r.receipt());
    }

    static UpdateRequest expecting(UpdateRequest r, ObjectName commit) {
        return new UpdateRequest(
                r.branch(),
                Optional.of(commit),
                r.expectedFiles(),
                r.expectedLedger(),
                r.files(),
                r.ledger(),
                r.message(),
                r.author(),
                r.when(),
                r.receipt());
    }

    @Override
    public void close() {
        store.close();
    }
}
