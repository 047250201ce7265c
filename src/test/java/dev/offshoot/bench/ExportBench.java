package dev.offshoot.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.StoreOptions;
import java.nio.file.Path;
import java.time.Clock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Exports, from the request to the last byte; beside reading the document with Jackson and writing it again. */
public class ExportBench {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    /** A folder that holds the document. */
    @State(Scope.Thread)
    public static class Stored {
        private final LayoutEngine engine = new LayoutEngine(Layouts.bundled());
        private final StoreOptions options = StoreOptions.of(Clock.systemUTC()).withoutCheckouts();
        private Path data;
        private TreePath address;

        @Setup(Level.Trial)
        public void store(Subject subject) {
            Warmth.warm();
            data = Folders.fresh("export");
            try (LocalService service = LocalService.open(data, engine, options)) {
                address = service.importDocument(subject.bytes()).plan().document();
            }
        }

        private LocalService open() {
            return LocalService.open(data, engine, options);
        }
    }

    /** A service that has just started. */
    @State(Scope.Thread)
    public static class Cold {
        private LocalService service;

        @Setup(Level.Invocation)
        public void start(Stored stored) {
            service = stored.open();
            System.gc();
        }

        @TearDown(Level.Invocation)
        public void close() {
            service.close();
        }
    }

    /** A service that has exported the document before one of its entities was changed. */
    @State(Scope.Thread)
    public static class Warm {
        private LocalService service;
        private int round;

        @Setup(Level.Trial)
        public void start(Stored stored) {
            service = stored.open();
            service.export(stored.address);
        }

        @Setup(Level.Invocation)
        public void change(Subject subject, Stored stored) {
            service.export(stored.address);
            service.importDocument(subject.changed(++round));
            System.gc();
        }

        @TearDown(Level.Trial)
        public void close() {
            service.close();
        }
    }

    @Benchmark
    public void cold(Subject subject, Stored stored, Cold cold, Duel duel) throws Exception {
        duel.fight(() -> cold.service.export(stored.address), () -> parseAndWrite(subject));
    }

    /** What was read before is known, the document has to be put together. */
    @Benchmark
    public void cached(Subject subject, Stored stored, Warm warm, Duel duel) throws Exception {
        duel.fight(() -> warm.service.export(stored.address), () -> parseAndWrite(subject));
    }

    /** The very document was sent before. */
    @Benchmark
    public void repeated(Subject subject, Stored stored, Warm warm, Duel duel) throws Exception {
        warm.service.export(stored.address);
        duel.fight(() -> warm.service.export(stored.address), () -> parseAndWrite(subject));
    }

    private static Object parseAndWrite(Subject subject) throws Exception {
        return JACKSON.writeValueAsBytes(JACKSON.readTree(subject.bytes()));
    }
}
