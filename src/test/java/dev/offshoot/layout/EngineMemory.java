package dev.offshoot.layout;

import dev.offshoot.format.*;
import dev.offshoot.model.*;
import dev.offshoot.testing.GeneratedApp;
import java.util.*;

final class EngineMemory {
    static long used() {
        for (int i = 0; i < 3; i++) System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    public static void main(String[] args) {
        byte[] body = JsonWriter.compact(GeneratedApp.document(Integer.parseInt(args[0]), 7));
        LayoutEngine engine = new LayoutEngine(Layouts.bundled());
        long a = used();
        JsonValue doc = JsonReader.read(body, Limits.DEFAULT);
        long b = used();
        Exploded e = engine.explode(doc, KnownDefinitions.NONE);
        long c = used();
        FileTree lf = e.ledger().toFiles();
        long d = used();
        MemorySource src = new MemorySource(e.files());
        Assembled back = engine.assemble(src, e.ledger(), e.document(), new UUID(0, 1), Selection.ALL);
        long f = used();
        src = null;
        long g = used();
        System.out.printf(
                "body %d base %d doc %d exploded %d (files %d bytes in %d, ledger entries %d) ledgerfiles %d assembled+source %d assembled %d%n",
                body.length / 1000,
                a / 1000,
                (b - a) / 1000,
                (c - b) / 1000,
                e.files().files().values().stream().mapToLong(Content::size).sum() / 1000,
                e.files().size(),
                e.ledger().entries().size(),
                (d - c) / 1000,
                (f - d) / 1000,
                (g - d) / 1000);
        if (doc == null || lf == null || back == null) throw new Error();
    }
}
