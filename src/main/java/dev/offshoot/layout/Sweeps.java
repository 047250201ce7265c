package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads those items of {@code ledger} that find names at any depth. */
final class Sweeps {
    private Sweeps() {}

    static boolean isSweep(Spec ledger) {
        return ledger.value() instanceof JsonObject;
    }

    /** In {@code ledger}: {@code {at: [json/**}{@code /created_at, ...], is: $time}}. One pass finds all names below one place. */
    static List<Kind.Sweep> of(Spec kind) {
        List<Kind.Sweep> sweeps = new ArrayList<>();
        for (Spec spec : kind.items("ledger")) {
            if (!isSweep(spec)) {
                continue;
            }
            spec.allow(LayoutWords.SWEEP);
            Optional<Test.Expectation> expected =
                    spec.find("is").map(s -> LayoutReader.readable(s, () -> Test.expectation(s.text())));
            Map<Pointer, Set<String>> names = new LinkedHashMap<>();
            for (Spec at : spec.need("at").items()) {
                Pointer pointer = at.pointer();
                int deep = pointer.steps().indexOf("**");
                Pointer below =
                        deep < 0 ? Pointer.SELF : new Pointer(pointer.steps().subList(0, deep));
                if (deep < 0
                        || deep != pointer.steps().size() - 2
                        || !below.isLiteral()
                        || pointer.last().equals("*")) {
                    throw at.wrong("a place, ** and a name are expected here");
                }
                names.computeIfAbsent(below, b -> new LinkedHashSet<>()).add(pointer.last());
            }
            names.forEach((below, n) -> sweeps.add(new Kind.Sweep(below, n, expected)));
        }
        return sweeps;
    }
}
