package dev.offshoot.layout;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offshoot.format.*;
import dev.offshoot.model.*;
import dev.offshoot.testing.GeneratedApp;
import java.util.*;

/** Where the time of an explode and an assemble goes: a tool for tuning, not a benchmark. */
final class EngineTimes {
    /** Time of all threads of the process: what other work on the machine does not disturb. */
    static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    public static void main(String[] args) throws Exception {
        int n = Integer.parseInt(args[0]);
        byte[] body = JsonWriter.compact(GeneratedApp.document(n, 7));
        System.out.println(body.length + " bytes");
        ObjectMapper mapper = new ObjectMapper();
        LayoutEngine engine = new LayoutEngine(Layouts.bundled());
        TreeMap<String, List<Double>> times = new TreeMap<>();
        int rounds = Integer.parseInt(args[1]);
        for (int r = 0; r < rounds; r++) {
            long t0 = cpu();
            mapper.readTree(body);
            long t1 = cpu();
            JsonValue doc = JsonReader.read(body, Limits.DEFAULT);
            long t2 = cpu();
            Exploded e = engine.explode(doc, KnownDefinitions.NONE);
            long t3 = cpu();
            FileTree lf = e.ledger().toFiles();
            long t4 = cpu();
            Ledger ledger = Ledger.fromFiles(lf);
            long t5 = cpu();
            MemorySource source = new MemorySource(e.files());
            Assembled back = engine.assemble(source, ledger, e.document(), new UUID(0, 1), Selection.ALL);
            long t6 = cpu();
            boolean same = back.document().equals(e.expected());
            long t7 = cpu();
            byte[] out = JsonWriter.pretty(back.document());
            long t8 = cpu();
            if (!same || out.length == 0) throw new IllegalStateException("not lossless");
            long[] t = {t0, t1, t2, t3, t4, t5, t6, t7, t8};
            String[] names = {
                "0 jackson", "1 parse", "2 explode", "3 ledger out", "4 ledger in", "5 assemble", "6 equals", "7 write"
            };
            for (int i = 0; i < names.length; i++)
                times.computeIfAbsent(names[i], k -> new ArrayList<>()).add((t[i + 1] - t[i]) / 1e6);
        }
        times.forEach((k, v) -> {
            List<Double> last = new ArrayList<>(v.subList(v.size() / 2, v.size()));
            Collections.sort(last);
            System.out.printf("%-14s min %7.1f median %7.1f%n", k, last.get(0), last.get(last.size() / 2));
        });
    }
}
