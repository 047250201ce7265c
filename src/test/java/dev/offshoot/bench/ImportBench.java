package dev.offshoot.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.service.Receipt;
import dev.offshoot.store.CheckoutState;
import dev.offshoot.store.StoreOptions;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Imports, from the bytes of the document to the durable commit. */
public class ImportBench {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    /** A workspace that is made anew for each round, and the stream that Git imports instead. */
    @State(Scope.Thread)
    public static class Empty {
        private final LayoutEngine engine = new LayoutEngine(Layouts.bundled());
        private final StoreOptions options;
        private FastImport git;
        private String tree;
        private LocalService service;
        private Path repository;

        public Empty() {
            this(StoreOptions.of(Clock.systemUTC()).withoutCheckouts());
        }

        Empty(StoreOptions options) {
            this.options = options;
        }

        @Setup(Level.Trial)
        public void stream(Subject subject) throws Exception {
            Warmth.warm();
            try (LocalService once = LocalService.open(Folders.fresh("stream"))) {
                tree = once.importDocument(subject.bytes()).tree().value();
                FileTree files = once.workspace()
                        .snapshot(Revision.DEFAULT)
                        .orElseThrow()
                        .files()
                        .load(List.of(TreePath.ROOT));
                git = FastImport.of(files, Folders.fresh("stream").resolve("all"));
            }
            if (!FastImport.tree(git.into(FastImport.repository())).equals(tree)) {
                throw new IllegalStateException("Git's tree is not ours");
            }
        }

        @Setup(Level.Invocation)
        public void fresh() throws Exception {
            service = LocalService.open(Folders.fresh("import"), engine, options);
            repository = FastImport.repository();
            System.gc();
        }

        @TearDown(Level.Invocation)
        public void close() {
            service.close();
        }

        private Receipt importOurs(byte[] document) {
            Receipt receipt = service.importDocument(document);
            if (!receipt.tree().value().equals(tree)) {
                throw new IllegalStateException("the tree is not that of the last round");
            }
            return receipt;
        }

        private CheckoutState importAndFollow(byte[] document) {
            importOurs(document);
            CheckoutState state = service.workspace().awaitCheckout(Duration.ofMinutes(5));
            if (state.status() != CheckoutState.Status.CURRENT) {
                throw new IllegalStateException("the checkout did not follow: " + state);
            }
            return state;
        }

        private Object importGits(byte[] document) throws Exception {
            JACKSON.readTree(document);
            return git.into(repository);
        }
    }

    /** Beside a tree parse and an import of the finished files by Git, which explodes and proves nothing. */
    @Benchmark
    public void first(Subject subject, Empty state, Duel duel) throws Exception {
        duel.fight(() -> state.importOurs(subject.bytes()), () -> state.importGits(subject.bytes()));
    }

    /** The same with a checkout beside the repository. */
    @State(Scope.Thread)
    public static class WithCheckout extends Empty {
        public WithCheckout() {
            super(StoreOptions.of(Clock.systemUTC()));
        }
    }

    /** The first import again, until the working tree shows it. */
    @Benchmark
    public void followed(Subject subject, WithCheckout state, Duel duel) throws Exception {
        Empty empty = state;
        duel.fight(() -> empty.importAndFollow(subject.bytes()), () -> empty.importGits(subject.bytes()));
    }

    /** A workspace that has the document. */
    @State(Scope.Thread)
    public static class Filled {
        private LocalService service;
        private int round;
        private byte[] changed;

        @Setup(Level.Trial)
        public void fill(Subject subject) {
            Warmth.warm();
            service = LocalService.open(Folders.fresh("again"));
            service.importDocument(subject.bytes());
        }

        @Setup(Level.Invocation)
        public void change(Subject subject) {
            changed = subject.changed(++round);
            System.gc();
        }

        @TearDown(Level.Trial)
        public void close() {
            service.close();
        }

        private Receipt importChanged() {
            Receipt receipt = service.importDocument(changed);
            if (!receipt.moved() || receipt.plan().files().changes().size() > 2) {
                throw new IllegalStateException("not one changed component");
            }
            return receipt;
        }

        private Receipt importSame(byte[] document) {
            Receipt receipt = service.importDocument(document);
            if (receipt.moved()) {
                throw new IllegalStateException("something changed");
            }
            return receipt;
        }
    }

    /** Beside a look at every token and every byte of the document. */
    @Benchmark
    public void oneChanged(Filled state, Duel duel) throws Exception {
        duel.fight(state::importChanged, () -> scan(state.changed));
    }

    /** Beside a tree parse. */
    @Benchmark
    public void identical(Subject subject, Filled state, Duel duel) throws Exception {
        duel.fight(() -> state.importSame(subject.bytes()), () -> JACKSON.readTree(subject.bytes()));
    }

    private static final JsonFactory TOKENS = new JsonFactory();

    private static Object scan(byte[] document) throws Exception {
        try (JsonParser parser = TOKENS.createParser(document)) {
            while (parser.nextToken() != null) {}
        }
        return MessageDigest.getInstance("SHA-1").digest(document);
    }
}
