package dev.offshoot.layout;

import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Collects, while a document is put together, every reference to nothing, and what each record gets that no ledger knows. */
final class Checkup {
    private final Set<Problem> problems = ConcurrentHashMap.newKeySet();
    private final Map<String, Ledger.Entry> made = new ConcurrentHashMap<>();

    void found(Problem problem) {
        problems.add(problem);
    }

    /** A record that is new here, with the value it got. */
    void made(Node node, JsonValue value, String id) {
        Map<String, JsonValue> facts = new LinkedHashMap<>();
        Kind.Identity identity = node.kind.identity();
        if (identity.isKey() && !node.kind.writesKey()) {
            facts.put("$key", new JsonString(id));
        }
        if (identity.instance()) {
            identity.at().ifPresent(at -> facts.put(at.toString(), new JsonString(id)));
        }
        node.kind.fresh().forEach((pointer, rule) -> {
            if (!rule.startsWith("=")) {
                Pointer at = Pointer.parse(pointer);
                at.get(value).ifPresent(v -> facts.put(at.toString(), v));
            }
        });
        List<String> absent = new ArrayList<>();
        for (Kind.Implied rule : node.kind.implied()) {
            if (rule.optional() && !rule.field().isIn(value)) {
                absent.add(rule.field().toString());
            }
        }
        made.put(node.address, new Ledger.Entry(facts, List.copyOf(absent), Map.of(), Map.of()));
    }

    List<Problem> problems() {
        return problems.stream()
                .sorted(Comparator.comparing(Problem::where).thenComparing(Problem::message))
                .toList();
    }

    Ledger ledger() {
        return new Ledger(Map.copyOf(made));
    }
}
