package dev.offshoot.testing;

import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FailureDetails;
import dev.offshoot.model.Person;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.DefinitionRequest;
import dev.offshoot.service.ExportDefinition;
import dev.offshoot.service.ImportRequest;
import dev.offshoot.service.ImportWishes;
import dev.offshoot.service.Plan;
import dev.offshoot.service.Receipt;
import dev.offshoot.service.RuleName;
import dev.offshoot.service.UseCases;
import dev.offshoot.store.FileRepositoryStore;
import dev.offshoot.store.StoreOptions;
import dev.offshoot.store.WorkspaceRepository;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** One workspace on the disk and the use cases over it, without HTTP. */
public final class LocalWorkspace implements AutoCloseable {
    /** The clock's only time. */
    public static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

    public static final WorkspaceName NAME = new WorkspaceName("team");
    public static final Person CALLER = new Person("Ada", "ada@example.com");

    private final FileRepositoryStore store;
    public final LayoutEngine engine = new LayoutEngine(Layouts.bundled());
    public final UseCases use;

    public LocalWorkspace(Path data) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        store = FileRepositoryStore.open(data, StoreOptions.of(clock).withoutCheckouts());
        use = UseCases.wire(store, engine, clock, () -> new UUID(0x4000L, 0x8000_0000_0000_0001L), 64 << 20);
        use.createWorkspace().run(NAME, CALLER);
    }

    public Receipt add(JsonValue document) {
        return add(document, r -> r);
    }

    /** Imports with some wishes, as somebody who agrees to the loss of data. */
    public Receipt add(JsonValue document, UnaryOperator<ImportWishes> wishes) {
        ImportRequest request = request(document).wishing(wishes);
        try {
            return use.importDocument().run(request);
        } catch (Failure e) {
            if (!(e.details() instanceof FailureDetails.DataLoss loss)) {
                throw e;
            }
            return use.importDocument().run(request.wishing(w -> w.confirming(Optional.of(loss.confirm()))));
        }
    }

    /** Imports with some wishes and nothing else. */
    public Receipt run(JsonValue document, UnaryOperator<ImportWishes> wishes) {
        return use.importDocument().run(request(document).wishing(wishes));
    }

    /** The workspace as it is stored. */
    public WorkspaceRepository repository() {
        return store.find(NAME).orElseThrow();
    }

    public Plan plan(JsonValue document, UnaryOperator<ImportWishes> wishes) {
        return use.importDocument().plan(request(document).wishing(wishes));
    }

    private static ImportRequest request(JsonValue document) {
        return ImportRequest.of(NAME, JsonWriter.compact(document), CALLER);
    }

    public JsonValue export(String address) {
        return export(TreePath.of(address));
    }

    public JsonValue export(TreePath address) {
        return export(address, Optional.empty());
    }

    /** Parts of a definition, as the rule takes them again. */
    public JsonValue parts(TreePath address, String rule, String part, Set<String> names) {
        return use.exportParts()
                .run(new DefinitionRequest(NAME, Revision.DEFAULT, address), new RuleName(rule), part, names);
    }

    /** Only one version. */
    public JsonValue export(TreePath address, String version) {
        return export(address, Optional.of(version));
    }

    private JsonValue export(TreePath address, Optional<String> version) {
        return use.exportDefinition()
                .run(
                        new DefinitionRequest(NAME, Revision.DEFAULT, address),
                        new ExportDefinition.Part(version, Optional.empty()),
                        tag -> false)
                .document()
                .orElseThrow()
                .value();
    }

    /** The document without what is stored nowhere. */
    public JsonValue stored(JsonValue document) {
        return engine.explode(document, dev.offshoot.layout.KnownDefinitions.NONE)
                .expected();
    }

    /** Addresses of all definitions. */
    public List<String> definitions() {
        return use.listDefinitions().run(NAME, Revision.DEFAULT).definitions().stream()
                .map(d -> d.address().value())
                .toList();
    }

    @Override
    public void close() {
        store.close();
    }
}
