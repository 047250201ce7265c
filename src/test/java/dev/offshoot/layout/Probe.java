package dev.offshoot.layout;

import dev.offshoot.format.*;
import dev.offshoot.model.*;
import java.nio.file.*;
import java.util.*;

/** Runs the round trip over files and prints what differs: a tool for writing layouts. */
final class Probe {
    public static void main(String[] args) throws Exception {
        LayoutEngine engine = new LayoutEngine(Layouts.bundled());
        int bad = 0, n = 0;
        UUID ns = new UUID(1, 2);
        for (String a : args) {
            JsonValue doc;
            try {
                doc = JsonReader.read(Files.readAllBytes(Path.of(a)), Limits.DEFAULT);
            } catch (Failure f) {
                System.out.println("REFUSED " + a + " " + f.getMessage());
                continue;
            }
            n++;
            try {
                Exploded e = engine.explode(doc, KnownDefinitions.NONE);
                Ledger ledger = Ledger.fromFiles(e.ledger().toFiles());
                if (!ledger.equals(e.ledger())) {
                    System.out.println("LEDGER " + a);
                    bad++;
                }
                Assembled back = engine.assemble(new MemorySource(e.files()), ledger, e.document(), ns, Selection.ALL);
                List<String> d = new ArrayList<>();
                diff("", e.expected(), back.document(), d);
                if (!d.isEmpty()) {
                    bad++;
                    System.out.println("DIFF " + a + " " + d.size() + " " + d.subList(0, Math.min(4, d.size())));
                }
                Assembled bare =
                        engine.assemble(new MemorySource(e.files()), Ledger.EMPTY, e.document(), ns, Selection.ALL);
                Exploded again = engine.explode(bare.document(), KnownDefinitions.NONE);
                if (!again.files().equals(e.files())) {
                    bad++;
                    List<String> p = new ArrayList<>();
                    Set<TreePath> all = new TreeSet<>(e.files().files().keySet());
                    all.addAll(again.files().files().keySet());
                    for (TreePath t : all)
                        if (!e.files().find(t).equals(again.files().find(t)))
                            p.add((e.files().contains(t) ? again.files().contains(t) ? "~" : "-" : "+") + t.value());
                    if (System.getenv("BARE") != null)
                        for (TreePath t : all)
                            if (!e.files().find(t).equals(again.files().find(t))) {
                                try {
                                    e.files()
                                            .find(t)
                                            .ifPresent(c -> write(Path.of(System.getenv("BARE"), "a", t.value()), c));
                                    again.files()
                                            .find(t)
                                            .ifPresent(c -> write(Path.of(System.getenv("BARE"), "b", t.value()), c));
                                } catch (Exception x) {
                                    x.printStackTrace();
                                }
                            }
                    System.out.println("BARE " + a + " " + p.size() + " " + p.subList(0, Math.min(4, p.size())));
                }
                if (System.getenv("FINDINGS") != null)
                    e.findings().stream().limit(5).forEach(f -> System.out.println("   " + f));
                if (System.getenv("OUT") != null) {
                    Path out = Path.of(System.getenv("OUT"));
                    for (FileTree t : List.of(e.files())) t.forEach((p, c) -> write(out.resolve(p.value()), c));
                    e.ledger().toFiles().forEach((p, c) -> write(out.resolve(".offshoot/" + p.value()), c));
                }
            } catch (Throwable t) {
                bad++;
                System.out.println("CRASH " + a + " " + t);
                StackTraceElement[] st = t.getStackTrace();
                for (int i = 0; i < Math.min(8, st.length); i++) System.out.println("     " + st[i]);
            }
        }
        System.out.println(n + " documents, " + bad + " bad");
    }

    static void write(Path p, Content c) {
        try {
            Files.createDirectories(p.getParent());
            Files.write(p, c.bytes());
        } catch (Exception x) {
            throw new RuntimeException(x);
        }
    }

    static void diff(String at, JsonValue a, JsonValue b, List<String> out) {
        if (a.equals(b)) return;
        if (a instanceof JsonObject x && b instanceof JsonObject y) {
            x.forEach((k, v) -> {
                if (!y.has(k)) out.add(at + "/" + k + " lost");
                else diff(at + "/" + k, v, y.get(k).get(), out);
            });
            y.forEach((k, v) -> {
                if (!x.has(k)) out.add(at + "/" + k + " appeared");
            });
        } else if (a instanceof JsonArray x && b instanceof JsonArray y) {
            if (x.size() != y.size()) out.add(at + " " + x.size() + "->" + y.size());
            else for (int i = 0; i < x.size(); i++) diff(at + "/" + i, x.get(i), y.get(i), out);
        } else {
            String s = a.toString(), t = b.toString();
            out.add(at + " " + s.substring(0, Math.min(60, s.length())) + " -> "
                    + t.substring(0, Math.min(60, t.length())));
        }
    }
}
