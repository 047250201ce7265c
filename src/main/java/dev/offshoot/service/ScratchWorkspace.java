package dev.offshoot.service;

import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FailureDetails;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Person;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Removal;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.platform.NativeDocument;
import dev.offshoot.store.FileRepositoryStore;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A workspace for the length of one command: what several documents share is settled in it by the rules of every import. */
final class ScratchWorkspace implements AutoCloseable {
    private static final WorkspaceName NAME = new WorkspaceName("scratch");
    private static final int MOST_NAMES = 100;
    private static final Person NOBODY = new Person("Offshoot", "");

    private final LayoutEngine engine;
    private final Path data;
    private final FileRepositoryStore store;
    private final UseCases use;

    ScratchWorkspace(LayoutEngine engine) {
        this.engine = engine;
        try {
            this.data = Files.createTempDirectory("offshoot-");
        } catch (IOException e) {
            throw new Failure(
                    Problem.of(
                            Reason.STORAGE, System.getProperty("java.io.tmpdir"), "no room for a temporary workspace"),
                    e);
        }
        this.store = FileRepositoryStore.open(
                data, StoreOptions.of(Clock.systemUTC()).withoutCheckouts());
        this.use = UseCases.wire(store, engine, Clock.systemUTC(), () -> ExplodeToFolder.NAMESPACE, 64L << 20);
        use.createWorkspace().run(NAME, NOBODY);
    }

    /** Imports the documents in order and gives what was found on the way. */
    Result take(List<NativeDocument> documents) {
        List<TreePath> addresses = new ArrayList<>();
        List<Problem> findings = new ArrayList<>();
        List<String> withheld = new ArrayList<>();
        for (NativeDocument document : documents) {
            findings.addAll(document.findings());
            Plan plan = use.importDocument()
                    .run(ImportRequest.of(NAME, JsonWriter.compact(document.document()), NOBODY)
                            .wishing(w -> w.as(ImportMode.CREATE)))
                    .plan();
            addresses.add(plan.document());
            plan.findings().stream()
                    .filter(f -> f.reason() != Reason.SHARED_CHANGED)
                    .forEach(findings::add);
            plan.withheld().forEach(pointer -> withheld.add(plan.document() + pointer));
        }
        Snapshot state =
                store.find(NAME).orElseThrow().snapshot(Revision.DEFAULT).orElseThrow();
        List<TreePath> roots =
                engine.layouts().platforms().stream().map(TreePath::of).toList();
        return new Result(addresses, state.files().load(roots), state.ledger().load(roots), findings, withheld);
    }

    /** Imports one state of a definition, whatever is lost by that. */
    Taken take(NativeDocument document, Optional<TreePath> known) {
        byte[] bytes = JsonWriter.compact(document.document());
        UnaryOperator<ImportWishes> where =
                wishes -> known.map(wishes::into).orElseGet(() -> wishes.as(ImportMode.CREATE));
        UnaryOperator<ImportWishes> named = where;
        Optional<ConfirmToken> confirm = Optional.empty();
        for (int number = 2; ; number++) {
            Optional<ConfirmToken> agreed = confirm;
            UnaryOperator<ImportWishes> wishes = named;
            try {
                Plan plan = use.importDocument()
                        .run(ImportRequest.of(NAME, bytes, NOBODY)
                                .wishing(w -> wishes.apply(w).confirming(agreed)))
                        .plan();
                List<Removal> lost =
                        plan.removals().stream().filter(Removal::losesData).toList();
                return new Taken(plan.document(), lost);
            } catch (Failure e) {
                if (confirm.isEmpty() && e.details() instanceof FailureDetails.DataLoss loss) {
                    confirm = Optional.of(loss.confirm());
                } else if (e.reason() == Reason.NAME_TAKEN && number < MOST_NAMES) {
                    DefinitionName free = new DefinitionName(document.name() + " (" + number + ")");
                    named = w -> where.apply(w).named(free);
                } else {
                    throw e;
                }
            }
        }
    }

    /** What became of a state of a definition, and what it took away. */
    record Taken(TreePath address, List<Removal> lost) {}

    /** Everything that the documents became. */
    record Result(
            List<TreePath> documents, FileTree files, FileTree ledger, List<Problem> findings, List<String> withheld) {}

    @Override
    public void close() {
        store.close();
        try (Stream<Path> all = Files.walk(data)) {
            all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        } catch (IOException e) {
            // It is in the system's folder for what may be thrown away.
        }
    }
}
