package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Takes values apart by rules. {@link PartJoiner} is the way back. */
final class PartCutter {
    private PartCutter() {}

    /**
     * @param absent places of implied fields that the value does not have
     * @param holds decides the tests of texts
     */
    static Parts cut(Anatomy.Rules rules, JsonObject value, List<String> absent, Predicate<Test> holds) {
        SortedMap<String, JsonValue> derived = new TreeMap<>();
        JsonObject rest = value;
        for (Pointer at : rules.derived()) {
            rest = at.cut(rest, (p, v) -> derived.put(p.substring(1), v));
        }
        if (!absent.isEmpty()) {
            derived.put(
                    Parts.ABSENT,
                    JsonArray.of(absent.stream()
                            .map(p -> new JsonString(p.substring(1)))
                            .toList()));
        }
        Map<String, String> texts = new TreeMap<>();
        for (Kind.Text rule : rules.texts()) {
            Optional<JsonValue> text = rule.at().get(rest);
            if (text.isPresent()
                    && text.get() instanceof JsonString s
                    && PartWriter.isSource(s.value())
                    && !texts.containsKey(rule.suffix())
                    && rule.when().stream().allMatch(holds)) {
                texts.put(rule.suffix(), s.value());
                rest = rule.at().cut(rest);
            }
        }
        return new Parts(rest, texts, derived);
    }

    /** Those of some places that are below a member, without it. */
    static List<String> below(String member, List<String> places) {
        String prefix = "/" + Pointer.escape(member) + "/";
        List<String> found = new ArrayList<>();
        places.stream().filter(p -> p.startsWith(prefix)).forEach(p -> found.add(p.substring(prefix.length() - 1)));
        return found;
    }
}
