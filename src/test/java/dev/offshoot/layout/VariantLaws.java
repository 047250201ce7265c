package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileNames;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.Trees;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The laws of design.md section 2, and what an outsider would check of them, for any document. */
final class VariantLaws {
    private static final UUID NAMESPACE = new UUID(11, 12);
    private static final Pattern FLAG = Pattern.compile(
            "(?m)^( *(?:visible|isHidden|enabled|hidden|isPublic|isVisible|isDisabled|checked|required|isRequired|showViewerNavigation|isImported|disabled): )(true|false)$");
    private static final Pattern ID = Pattern.compile(
            "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|\\b[0-9a-f]{24}(?:_[0-9a-f]{24}|_ID)?\\b");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:?\\d\\d)?");
    private static final Set<String> VAULT = Set.of("decryptedFields", "workflowApiToken", "callbackUrl");
    private static final Set<String> PEOPLE = Set.of("users__relation", "users", "keys", "keys__relation");
    private static final Set<String> FACTS = Set.of("date", "filename", "gitSyncId");
    /** Facts of the instance, of which a variant can have some that do not look like any. */
    private static final Map<String, Set<String>> OWN_FACTS = Map.of(
            "appbuilder", Set.of("createdAt", "updatedAt", "created_at", "updated_at"),
            "tooljet",
                    Set.of(
                            "id",
                            "createdAt",
                            "updatedAt",
                            "organizationId",
                            "userId",
                            "currentVersionId",
                            "currentEnvironmentId",
                            "promotedFrom",
                            "parentVersionId",
                            "publishedAt",
                            "releasedAt",
                            "createdBy",
                            "pulledAt",
                            "credential_id"),
            "flowrunner", Set.of("id", "flowId", "flowGroupId"),
            "n8n", Set.of("id", "versionId", "createdAt", "updatedAt"),
            "lowcoder", Set.of("applicationId", "id"),
            "appsmith", Set.of("createdAt", "updatedAt"));

    private final LayoutEngine engine;

    VariantLaws(LayoutEngine engine) {
        this.engine = engine;
    }

    /** A law that does not hold, and how. */
    record Broken(String law, String how) {
        /** The same for all documents with the same fault. */
        String cause() {
            return law + ": "
                    + how.replaceAll("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "ID")
                            .replaceAll("/\\d+", "/*")
                            .replaceAll("\\d+", "N");
        }
    }

    /** What the document's outcome was: refused with a reason, fine, or a broken law. */
    record Outcome(Optional<Reason> refused, Optional<Broken> broken) {}

    /** @param likely also what the files alone must give back */
    Outcome check(JsonValue sent, long seed, boolean likely) {
        JsonValue document;
        Exploded exploded;
        try {
            byte[] bytes = JsonWriter.compact(sent);
            document = JsonReader.read(bytes);
            if (!document.equals(sent)) {
                return broken("json", "reading back what was written gives another document");
            }
            exploded = engine.explode(document, KnownDefinitions.NONE);
        } catch (Failure refused) {
            return new Outcome(Optional.of(refused.reason()), Optional.empty());
        } catch (RuntimeException | StackOverflowError e) {
            return broken("explode", told(e));
        }
        try {
            return new Outcome(Optional.empty(), laws(document, exploded, seed, likely));
        } catch (Failure e) {
            return broken(
                    "refused later",
                    e.problems().get(0).reason() + " " + e.problems().get(0));
        } catch (RuntimeException | StackOverflowError e) {
            return broken("crash", told(e));
        }
    }

    private static Outcome broken(String law, String how) {
        return new Outcome(Optional.empty(), Optional.of(new Broken(law, how)));
    }

    static String told(Throwable e) {
        StringBuilder at = new StringBuilder();
        for (int i = 0, n = 0; i < e.getStackTrace().length && n < 4; i++) {
            StackTraceElement s = e.getStackTrace()[i];
            if (s.getClassName().startsWith("dev.offshoot")) {
                at.append(' ').append(s.getFileName()).append(':').append(s.getLineNumber());
                n++;
            }
        }
        return e.getClass().getSimpleName() + " "
                + (e.getMessage() == null
                        ? ""
                        : e.getMessage().lines().findFirst().orElse("")) + at;
    }

    private Optional<Broken> laws(JsonValue document, Exploded exploded, long seed, boolean likely) {
        Ledger ledger = Ledger.fromFiles(exploded.ledger().toFiles());
        if (!ledger.equals(exploded.ledger())) {
            return of("ledger", "comes back from its files as another");
        }
        Set<String> folded = new HashSet<>();
        for (TreePath path : exploded.files().files().keySet()) {
            if (!folded.add(FileNames.fold(path.value()))) {
                return of("names", "two files " + path);
            }
        }
        JsonValue back = assemble(exploded.files(), ledger, exploded);
        List<String> found = differences(exploded.expected(), back);
        if (!found.isEmpty()) {
            return of("round trip", found.get(0));
        }
        found = differences(mask(document), mask(back));
        // Secrets that an outsider does not know to be any.
        found.removeIf(d -> exploded.withheld().contains(d.substring(0, Math.max(0, d.indexOf(" lost ")))));
        if (!found.isEmpty()) {
            return of("round trip of the whole", found.get(0));
        }
        Exploded second = engine.explode(document, KnownDefinitions.NONE);
        if (!second.files().equals(exploded.files()) || !second.ledger().equals(exploded.ledger())) {
            return of("determinism", first(exploded.files(), second.files()));
        }
        List<TreePath> documents = engine.documents(new MemorySource(exploded.files()));
        if (!documents.equals(List.of(exploded.document()))) {
            return of("documents", documents + " instead of " + exploded.document());
        }
        JsonValue bare = assemble(exploded.files(), Ledger.EMPTY, exploded);
        // Of two records with one id, references lead to the first: then only the ledger tells the rest.
        if (!likely || exploded.findings().stream().anyMatch(f -> f.reason() == Reason.DUPLICATE_ID)) {
            return Optional.empty();
        }
        FileTree again = engine.explode(bare, KnownDefinitions.NONE).files();
        if (!again.equals(exploded.files())) {
            return of("same tree without ledger", first(exploded.files(), again));
        }
        Set<String> facts = new HashSet<>(FACTS);
        facts.addAll(OWN_FACTS.getOrDefault(exploded.document().segments().get(0), Set.of()));
        found = differences(loose(mask(exploded.expected()), facts), loose(mask(bare), facts));
        if (!found.isEmpty()) {
            return of("without ledger", found.get(0));
        }
        return edits(exploded, ledger, new Random(seed)).or(() -> permuted(document, exploded, seed));
    }

    private static String first(FileTree a, FileTree b) {
        List<String> paths = Trees.differing(a, b);
        if (paths.isEmpty()) {
            return "the ledger alone";
        }
        TreePath path = TreePath.of(paths.get(0));
        String how = !b.contains(path) ? "gone " : !a.contains(path) ? "new " : "changed ";
        String detail = "";
        if (a.contains(path) && b.contains(path)) {
            List<String> x = a.find(path).orElseThrow().utf8().lines().toList();
            List<String> y = b.find(path).orElseThrow().utf8().lines().toList();
            for (int i = 0; i < Math.max(x.size(), y.size()); i++) {
                String l = i < x.size() ? x.get(i) : "(end)";
                String m = i < y.size() ? y.get(i) : "(end)";
                if (!l.equals(m)) {
                    detail = ": " + cut(l) + " -> " + cut(m);
                    break;
                }
            }
        }
        return how + paths.get(0) + detail + " of " + paths.size();
    }

    private static Optional<Broken> of(String law, String how) {
        return Optional.of(new Broken(law, how));
    }

    private JsonValue assemble(FileTree files, Ledger ledger, Exploded exploded) {
        return engine.assemble(new MemorySource(files), ledger, exploded.document(), NAMESPACE, Selection.ALL)
                .document();
    }

    // A flag in one file and a line of one source, changed by hand.

    private Optional<Broken> edits(Exploded exploded, Ledger ledger, Random random) {
        List<TreePath> flags = new ArrayList<>();
        List<TreePath> sources = new ArrayList<>();
        exploded.files().forEach((path, content) -> {
            if (path.value().endsWith(".yaml") && FLAG.matcher(content.utf8()).find()) {
                flags.add(path);
            } else if (path.value().matches(".*\\.(sql|js|py|bpmn)")) {
                sources.add(path);
            }
        });
        JsonValue before = mask(exploded.expected());
        if (!flags.isEmpty()) {
            for (TreePath path : List.of(flags.get(0), flags.get(random.nextInt(flags.size())))) {
                String text = exploded.files().find(path).orElseThrow().utf8();
                Matcher m = FLAG.matcher(text);
                m.find();
                String edited = text.substring(0, m.start(2))
                        + (m.group(2).equals("true") ? "false" : "true")
                        + text.substring(m.end(2));
                JsonValue after = mask(assemble(
                        exploded.files().with(FileTree.of(Map.of(path, Content.utf8(edited)))), ledger, exploded));
                List<String> found = differences(before, after);
                if (found.isEmpty()
                        || found.size() > 3
                        || found.stream().anyMatch(d -> !d.matches("(?s).*(true became false|false became true)"))) {
                    return of(
                            "flag edited",
                            found.size() + " differences in " + path.name() + " " + m.group() + " "
                                    + found.stream().limit(2).toList());
                }
            }
        }
        if (!sources.isEmpty()) {
            for (TreePath path : List.of(sources.get(0), sources.get(random.nextInt(sources.size())))) {
                String text = exploded.files().find(path).orElseThrow().utf8();
                JsonValue after = mask(assemble(
                        exploded.files().with(FileTree.of(Map.of(path, Content.utf8(text + "\n-- edited by hand")))),
                        ledger,
                        exploded));
                List<String> found = differences(before, after);
                if (found.isEmpty() || found.size() > 3 || found.stream().anyMatch(d -> !d.contains(" became "))) {
                    return of(
                            "source edited",
                            found.size() + " differences in " + path.name() + " "
                                    + found.stream().limit(2).toList());
                }
            }
        }
        return Optional.empty();
    }

    // The order of members means nothing.

    private Optional<Broken> permuted(JsonValue document, Exploded exploded, long seed) {
        boolean maps = engine.rows(document).stream()
                .anyMatch(r -> engine.layouts()
                        .recognise(document)
                        .kind(r.kind())
                        .identity()
                        .isKey());
        if (maps) {
            return Optional.empty();
        }
        FileTree other = engine.explode(shuffled(document, new Random(seed)), KnownDefinitions.NONE)
                .files();
        return other.equals(exploded.files())
                ? Optional.empty()
                : of("order of members", first(exploded.files(), other));
    }

    private static JsonValue shuffled(JsonValue v, Random random) {
        if (v instanceof JsonObject o) {
            List<String> keys = new ArrayList<>(o.keys());
            if (keys.stream()
                    .noneMatch(k -> k.startsWith("@{") || ID.matcher(k).find())) { // else it is a list of records
                Collections.shuffle(keys, random);
            }
            JsonObject.Builder b = JsonObject.builder();
            keys.forEach(k -> b.put(k, shuffled(o.get(k).orElseThrow(), random)));
            return b.build();
        }
        return v instanceof JsonArray a
                ? JsonArray.of(a.items().stream().map(x -> shuffled(x, random)).toList())
                : v;
    }

    // What an outsider compares.

    private static JsonValue mask(JsonValue v) {
        if (v instanceof JsonObject o) {
            boolean person = o.has("uuid");
            Set<String> gone = new HashSet<>();
            o.keys().forEach(k -> {
                if (VAULT.contains(k) || person && PEOPLE.contains(k)) {
                    gone.add(k);
                }
            });
            return o.without(gone).map(VariantLaws::mask);
        }
        return v instanceof JsonArray a
                ? JsonArray.of(a.items().stream().map(VariantLaws::mask).toList())
                : v;
    }

    private static JsonValue loose(JsonValue v, Set<String> facts) {
        if (v instanceof JsonObject o) {
            // Keys that are ids become one key: what stands under them is a bag.
            Map<String, List<JsonValue>> bags = new TreeMap<>();
            o.forEach((k, x) -> {
                JsonValue inner = loose(x, facts);
                if (!facts.contains(k) && !saysNothing(inner)) {
                    bags.computeIfAbsent(ID.matcher(k).replaceAll("ID"), i -> new ArrayList<>())
                            .add(inner);
                }
            });
            Map<String, JsonValue> kept = new TreeMap<>();
            bags.forEach((k, bag) -> kept.put(
                    k,
                    bag.size() == 1
                            ? bag.get(0)
                            : JsonArray.of(bag.stream()
                                    .sorted(Comparator.comparing(VariantLaws::text))
                                    .toList())));
            return JsonObject.of(kept);
        }
        if (v instanceof JsonArray a) {
            return JsonArray.of(a.items().stream()
                    .map(x -> loose(x, facts))
                    .sorted(Comparator.comparing(VariantLaws::text))
                    .toList());
        }
        return v instanceof JsonString s
                ? new JsonString(
                        TIME.matcher(ID.matcher(s.value()).replaceAll("ID")).replaceAll("TIME"))
                : v;
    }

    private static boolean saysNothing(JsonValue v) {
        return v == JsonNull.NULL
                || v.equals(JsonArray.EMPTY)
                || v.equals(JsonObject.EMPTY)
                || v.equals(new JsonString("ID"))
                || v.equals(new JsonString("TIME"));
    }

    private static String text(JsonValue v) {
        return new String(JsonWriter.compact(CanonicalOrder.sort(v)), StandardCharsets.UTF_8);
    }

    static List<String> differences(JsonValue a, JsonValue b) {
        List<String> found = new ArrayList<>();
        compare(a, b, "", found);
        return found;
    }

    private static void compare(JsonValue a, JsonValue b, String at, List<String> found) {
        if (found.size() > 10 || a.equals(b)) {
            return;
        }
        if (a instanceof JsonObject x && b instanceof JsonObject y) {
            x.forEach((k, v) -> y.get(k)
                    .ifPresentOrElse(
                            w -> compare(v, w, at + "/" + cut(k), found),
                            () -> found.add(at + "/" + cut(k) + " lost " + cut(v.toString()))));
            y.keys().stream()
                    .filter(k -> !x.has(k))
                    .forEach(k -> found.add(at + "/" + cut(k) + " appeared "
                            + cut(y.get(k).orElseThrow().toString())));
        } else if (a instanceof JsonArray x && b instanceof JsonArray y && x.size() == y.size()) {
            for (int i = 0; i < x.size(); i++) {
                compare(x.get(i), y.get(i), at + "/" + i, found);
            }
        } else {
            found.add(at + ": " + cut(a.toString()) + " became " + cut(b.toString()));
        }
    }

    private static String cut(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
