package dev.offshoot.bench;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.GeneratedApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.opentest4j.TestAbortedException;

/** The document that is measured: a generated app of so many entities, or one of the largest real exports. */
@State(Scope.Benchmark)
public class Subject {
    private static final String COMPONENTS = "/app/0/definition/appV2/components";
    private static final String TOOLJET = "tooljet";
    private static final int SEED = 11;

    /**
     * How many entities, or {@code tooljet-1} for the largest file of that folder of the corpus, {@code tooljet-2} for the next. Documents
     * of other platforms have no {@link #changed}.
     */
    @Param({"100", "1000", "10000"})
    public String size;

    private JsonValue document;
    private byte[] bytes;

    @Setup(Level.Trial)
    public void read() throws IOException {
        int dash = size.indexOf('-');
        document = dash < 0
                ? GeneratedApp.document(Integer.parseInt(size), SEED)
                : JsonReader.read(Files.readAllBytes(
                        real(size.substring(0, dash)).get(Integer.parseInt(size.substring(dash + 1)) - 1)));
        bytes = JsonWriter.compact(document);
    }

    /** Everything that can be measured here. */
    static String[] sizes() {
        return real(TOOLJET).isEmpty()
                ? new String[] {"100", "1000", "10000"}
                : new String[] {"100", "1000", "10000", "tooljet-1", "tooljet-2"};
    }

    /** Real exports, the largest first; none without a corpus. */
    private static List<Path> real(String folder) {
        try {
            return Corpus.json(folder).stream()
                    .sorted(Comparator.comparingLong((Path p) -> p.toFile().length())
                            .reversed()
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (TestAbortedException thereIsNoCorpus) {
            return List.of();
        }
    }

    /** As compact as platforms send it. */
    byte[] bytes() {
        return bytes;
    }

    /** The same with something changed in one component, another one each round. */
    byte[] changed(int round) {
        int count = ((JsonArray) Edits.get(document, COMPONENTS)).size();
        // Far apart from one round to the next.
        int component = Math.floorMod(round * 7919, count);
        return JsonWriter.compact(Edits.at(document, COMPONENTS + "/" + component, value -> {
            JsonObject c = (JsonObject) value;
            JsonObject properties = (JsonObject) c.get("properties").orElseThrow();
            return c.with("properties", properties.with("note", new JsonString("round " + round)));
        }));
    }
}
