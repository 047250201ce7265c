package dev.offshoot.bench;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.Person;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.DefinitionRequest;
import dev.offshoot.service.ExportDefinition;
import dev.offshoot.service.ImportRequest;
import dev.offshoot.service.Receipt;
import dev.offshoot.service.UseCases;
import dev.offshoot.store.FileRepositoryStore;
import dev.offshoot.store.StoreOptions;
import dev.offshoot.store.WorkspaceRepository;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** The whole service without its HTTP front, with storage in a folder: everything durable, every round trip proven. */
final class LocalService implements AutoCloseable {
    static final WorkspaceName WORKSPACE = new WorkspaceName("team");
    private static final Person CALLER = new Person("Bench", "bench@example.org");
    private static final long CACHE_SHARE = 5;

    private final Path data;
    private final FileRepositoryStore store;
    private final UseCases use;

    private LocalService(Path data, FileRepositoryStore store, UseCases use) {
        this.data = data;
        this.store = store;
        this.use = use;
    }

    /** Opens a folder with nothing cached; makes the workspace when there is none. */
    static LocalService open(Path data, LayoutEngine engine, StoreOptions options) {
        FileRepositoryStore store = FileRepositoryStore.open(data, options);
        UseCases use = UseCases.wire(
                store,
                engine,
                Clock.systemUTC(),
                UUID::randomUUID,
                Runtime.getRuntime().maxMemory() / CACHE_SHARE);
        if (store.find(WORKSPACE).isEmpty()) {
            use.createWorkspace().run(WORKSPACE, CALLER);
        }
        return new LocalService(data, store, use);
    }

    static LocalService open(Path data) {
        return open(
                data,
                new LayoutEngine(Layouts.bundled()),
                StoreOptions.of(Clock.systemUTC()).withoutCheckouts());
    }

    WorkspaceRepository workspace() {
        return store.find(WORKSPACE).orElseThrow();
    }

    Path repository() {
        return data.resolve("repositories").resolve(WORKSPACE + ".git");
    }

    Receipt importDocument(byte[] document) {
        return use.importDocument().run(ImportRequest.of(WORKSPACE, document, CALLER));
    }

    /** Writes the document as the HTTP front does and tells its length. */
    long export(TreePath address) {
        Counting out = new Counting();
        ExportDefinition.Export export = use.exportDefinition()
                .run(
                        new DefinitionRequest(WORKSPACE, Revision.DEFAULT, address),
                        new ExportDefinition.Part(Optional.empty(), Optional.empty()),
                        tag -> false);
        try {
            export.document().orElseThrow().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.bytes;
    }

    private static final class Counting extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int off, int len) {
            bytes += len;
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
