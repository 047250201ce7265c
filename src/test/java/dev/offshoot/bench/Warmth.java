package dev.offshoot.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.testing.GeneratedApp;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Runs what will be measured until the compiler has seen enough of it: services are measured as they are after a while. */
final class Warmth {
    private static final int TIMES = 40;
    private static final int ENTITIES = 600;

    private Warmth() {}

    static void warm() {
        ObjectMapper jackson = new ObjectMapper();
        try (LocalService service = LocalService.open(Folders.fresh("warm"))) {
            for (int i = 0; i < TIMES; i++) {
                byte[] document = JsonWriter.compact(GeneratedApp.document(ENTITIES, i, "warm" + i));
                JsonNode tree = jackson.readTree(document);
                if (jackson.writeValueAsBytes(tree).length == 0
                        || service.export(
                                        service.importDocument(document).plan().document())
                                == 0) {
                    throw new IllegalStateException("nothing came out");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
