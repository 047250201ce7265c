package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * How a platform imports: the words {@code needs}, {@code newest} and {@code imports} of a layout.
 *
 * @param needs what every document must have that is imported without a rule
 * @param newest the newest known version, by the place where a document says its own
 */
record ImportRules(List<ImportRule.Need> needs, Map<Pointer, String> newest, Map<String, ImportRule> rules) {
    static ImportRules read(Spec top) {
        Map<Pointer, String> newest = new LinkedHashMap<>();
        top.find("newest").ifPresent(s -> s.members().forEach((at, v) -> newest.put(Pointer.parse(at), v.text())));
        Map<String, ImportRule> rules = new LinkedHashMap<>();
        top.find("imports").ifPresent(s -> s.members().forEach((name, rule) -> rules.put(name, rule(name, rule))));
        return new ImportRules(needs(top), newest, rules);
    }

    private static ImportRule rule(String name, Spec spec) {
        spec.allow(LayoutWords.RULE);
        return new ImportRule(
                name,
                word(spec, "does", ImportRule.Does.values()).orElse(ImportRule.Does.UPDATE),
                spec.flag("target"),
                needs(spec),
                word(spec, "newer", ImportRule.Newer.values()).orElse(ImportRule.Newer.WARN),
                sets(spec),
                spec.pointers("keeps").stream().map(Pointer::toString).toList(),
                spec.find("taken").map(Spec::text),
                word(spec, "shared", Shares.values()).isPresent(),
                renames(spec),
                word(spec, "version", ImportRule.Version.values()),
                spec.find("through").map(Spec::text));
    }

    private enum Shares {
        KEEP
    }

    private static <E extends Enum<E>> Optional<E> word(Spec spec, String key, E[] known) {
        return spec.find(key).map(s -> {
            for (E value : known) {
                if (value.name().toLowerCase(Locale.ROOT).equals(s.text())) {
                    return value;
                }
            }
            throw s.wrong("unknown word; known here: "
                    + String.join(
                            ", ",
                            List.of(known).stream()
                                    .map(k -> k.name().toLowerCase(Locale.ROOT))
                                    .toList()));
        });
    }

    private static List<ImportRule.Need> needs(Spec spec) {
        List<ImportRule.Need> needs = new ArrayList<>();
        for (Spec need : spec.items("needs")) {
            need.allow(LayoutWords.NEED);
            List<String> at = need.need("at").items().stream().map(Spec::text).toList();
            Set<Test> tests = new LinkedHashSet<>();
            if (at.isEmpty()) {
                throw need.need("at").wrong("a place is expected here");
            }
            try {
                at.forEach(a -> tests.add(Test.parse(a, need.text("is", "$present"))));
            } catch (PatternSyntaxException bad) {
                throw need.wrong("not a pattern: " + bad.getDescription());
            }
            needs.add(new ImportRule.Need(at, need.need("say").text(), tests));
        }
        return needs;
    }

    private static Map<String, Map<String, ImportRule.Value>> sets(Spec spec) {
        Map<String, Map<String, ImportRule.Value>> sets = new LinkedHashMap<>();
        spec.find("set")
                .ifPresent(s -> s.members().forEach((kind, fields) -> {
                    Map<String, ImportRule.Value> values = new LinkedHashMap<>();
                    fields.members()
                            .forEach((at, v) -> values.put(Pointer.parse(at).toString(), value(v)));
                    sets.put(kind, values);
                }));
        return sets;
    }

    private static ImportRule.Value value(Spec spec) {
        if (spec.value() instanceof dev.offshoot.format.JsonString s) {
            return switch (s.value()) {
                case "$id" -> new ImportRule.Value.Id();
                case "$slug" -> new ImportRule.Value.Slug();
                default -> new ImportRule.Value.Literal(s);
            };
        }
        return new ImportRule.Value.Literal(spec.value());
    }

    private static Map<String, ImportRule.Rename> renames(Spec spec) {
        Map<String, ImportRule.Rename> renames = new LinkedHashMap<>();
        spec.find("renames")
                .ifPresent(s -> s.members()
                        .forEach((kind, r) -> renames.put(
                                kind,
                                new ImportRule.Rename(
                                        r.allow(LayoutWords.RENAME).need("as").text(),
                                        r.find("follows").map(ImportRules::follow)))));
        return renames;
    }

    private static ImportRule.Rename.Follow follow(Spec spec) {
        spec.allow(LayoutWords.FOLLOWS);
        return new ImportRule.Rename.Follow(
                spec.need("at").text(),
                spec.need("name").text(),
                spec.need("id").text());
    }

    /** The rule of a name. */
    ImportRule rule(String name, String platform) {
        if (!rules.containsKey(name)) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "rule",
                    platform + " has no import rule " + name,
                    rules.isEmpty() ? "it has none" : "there are: " + String.join(", ", rules.keySet()));
        }
        return rules.get(name);
    }

    /** What the document lacks. */
    List<Problem> missing(Optional<ImportRule> rule, JsonObject document) {
        List<ImportRule.Need> wanted =
                rule.map(ImportRule::needs).filter(n -> !n.isEmpty()).orElse(needs);
        return wanted.stream().flatMap(n -> n.missingIn(document).stream()).toList();
    }

    /** Where the document says that it is of a newer version than is known. */
    List<Problem> newer(JsonObject document) {
        List<Problem> found = new ArrayList<>();
        newest.forEach((at, known) -> at.get(document)
                .flatMap(ImportRules::scalar)
                .ifPresent(said -> {
                    if (isNewer(said, known)) {
                        found.add(new Problem(
                                Reason.NEWER_VERSION,
                                at.toString(),
                                "the document is of version " + said.strip() + ", known here is everything up to "
                                        + known,
                                "what is new is carried along as it stands"));
                    }
                }));
        return found;
    }

    private static Optional<String> scalar(JsonValue value) {
        if (value instanceof dev.offshoot.format.JsonNumber n) {
            return Optional.of(n.literal());
        }
        return Values.text(value);
    }

    /** Compares as many parts as the known version has; what follows a dash or is no number counts for nothing. */
    private static boolean isNewer(String said, String known) {
        String[] parts = said.strip().split("-", 2)[0].split("\\.");
        String[] limit = known.split("\\.");
        for (int i = 0; i < limit.length; i++) {
            int c = Long.compare(number(i < parts.length ? parts[i] : "0"), number(limit[i]));
            if (c != 0) {
                return c > 0;
            }
        }
        return false;
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : 0;
    }
}
