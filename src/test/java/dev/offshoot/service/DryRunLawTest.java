package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import dev.offshoot.testing.AppsmithDocs;
import dev.offshoot.testing.FlowRunnerDocs;
import dev.offshoot.testing.LocalWorkspace;
import dev.offshoot.testing.Mutants;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.Shed;
import dev.offshoot.testing.TinyApp;
import dev.offshoot.testing.Twin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a dry run says is what the import does: on 500 pairs of a document and a target, made from our own documents of all platforms. Each
 * document is one of them, edited by chance or damaged; each target is what the pairs before it left.
 */
class DryRunLawTest {
    private static final int WORKSPACES = 20;
    private static final int PAIRS = 25;
    private static final long SEED = 20260504;

    /** Tables alone are no definition that could be exported. */
    private static final TreePath TREE_OF_TABLES = TreePath.of("tooljet");

    @TempDir
    Path data;

    /** What became of the pairs: a law that holds because nothing ever happens proves nothing. */
    private enum Outcome {
        CHANGED,
        NOTHING,
        MERGED,
        REFUSED,
        CONFLICT,
        LOSS
    }

    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

    @Test
    void dryRunEqualsEffect() throws IOException {
        List<JsonValue> pool = pool();
        for (int w = 0; w < WORKSPACES; w++) {
            Random random = new Random(SEED + w);
            try (LocalWorkspace workspace = new LocalWorkspace(data.resolve("w" + w))) {
                // Few documents for many pairs, so that they meet what came from them.
                List<JsonValue> some = List.of(any(pool, random), any(pool, random), any(pool, random));
                List<ObjectName> past = new ArrayList<>(List.of(head(workspace).commit()));
                for (int i = 0; i < PAIRS; i++) {
                    String label = "workspace " + w + ", pair " + i;
                    JsonValue document = edited(some, random, workspace);
                    UnaryOperator<ImportWishes> wishes = wishes(past, random);
                    outcomes.merge(pair(workspace, document, wishes, label), 1, Integer::sum);
                    past.add(head(workspace).commit());
                }
            }
        }
        assertThat(outcomes.values().stream().mapToInt(n -> n).sum()).isEqualTo(WORKSPACES * PAIRS);
        assertThat(outcomes).as("what happened").containsOnlyKeys(Outcome.values());
        assertThat(outcomes.get(Outcome.CHANGED)).as("changes of " + outcomes).isGreaterThan(100);
    }

    private Outcome pair(
            LocalWorkspace workspace, JsonValue document, UnaryOperator<ImportWishes> wishes, String label) {
        Snapshot before = head(workspace);
        Plan plan;
        try {
            plan = workspace.plan(document, wishes);
        } catch (Failure e) {
            assertThat(refusal(workspace, document, wishes).problems())
                    .as(label)
                    .isEqualTo(e.problems());
            assertUnmoved(workspace, before, label);
            return e.reason() == Reason.CONFLICT ? Outcome.CONFLICT : Outcome.REFUSED;
        }
        assertUnmoved(workspace, before, label);
        boolean loses = plan.consent().token().isPresent();
        if (loses) {
            assertThat(refusal(workspace, document, wishes).reason()).as(label).isEqualTo(Reason.DATA_LOSS);
            assertUnmoved(workspace, before, label);
        }
        Receipt receipt = workspace.run(
                document,
                w -> wishes.apply(w).confirming(plan.consent().token()).expecting(plan.fingerprint()));
        Snapshot after = head(workspace);
        assertThat(said(PlanJson.receipt(receipt.plan()))).as(label).isEqualTo(said(PlanJson.receipt(plan)));
        assertThat(receipt.plan().message()).as(label).isEqualTo(plan.message());
        assertThat(changes(before.files(), after.files())).as(label).isEqualTo(names(plan.files(), before.files()));
        assertThat(changes(before.ledger(), after.ledger())).as(label).isEqualTo(names(plan.ledger(), before.ledger()));
        assertThat(receipt.commit()).as(label).isEqualTo(after.commit());
        assertThat(receipt.before()).as(label).isEqualTo(before.commit());
        assertDefinitions(plan, before, after, label);
        boolean moved = !after.commit().equals(before.commit());
        assertThat(receipt.moved()).as(label).isEqualTo(moved);
        return loses
                ? Outcome.LOSS
                : !moved ? Outcome.NOTHING : plan.since().isPresent() ? Outcome.MERGED : Outcome.CHANGED;
    }

    private static Failure refusal(LocalWorkspace workspace, JsonValue document, UnaryOperator<ImportWishes> wishes) {
        try {
            workspace.run(document, wishes);
        } catch (Failure e) {
            return e;
        }
        throw new AssertionError("not refused");
    }

    private static void assertUnmoved(LocalWorkspace workspace, Snapshot before, String label) {
        Snapshot now = head(workspace);
        assertThat(now.commit()).as(label).isEqualTo(before.commit());
        assertThat(now.ledgerCommit()).as(label).isEqualTo(before.ledgerCommit());
    }

    /** What the plan says of each definition shows in the tree. */
    private static void assertDefinitions(Plan plan, Snapshot before, Snapshot after, String label) {
        for (Plan.Step step : plan.definitions()) {
            boolean was = exists(before, step.address());
            boolean is = exists(after, step.address());
            boolean same = files(before, step.address()).equals(files(after, step.address()));
            switch (step.action()) {
                case CREATED ->
                    assertThat(!was && is).as(label + ", created " + step).isTrue();
                case UPDATED ->
                    assertThat(was && is && !same)
                            .as(label + ", updated " + step)
                            .isTrue();
                case UNCHANGED, LINKED ->
                    assertThat(same).as(label + ", " + step).isTrue();
                case DELETED ->
                    assertThat(was && !is).as(label + ", deleted " + step).isTrue();
            }
        }
    }

    private static boolean exists(Snapshot state, TreePath address) {
        return !files(state, address).isEmpty();
    }

    private static Map<TreePath, ObjectName> files(Snapshot state, TreePath address) {
        Map<TreePath, ObjectName> found = new TreeMap<>(state.files().list(address));
        state.files().entries(address.parent()).forEach((name, isFolder) -> {
            TreePath path = address.parent().child(name);
            if (!isFolder && name.startsWith(address.name() + ".")) {
                found.put(path, state.files().objectAt(path).orElseThrow());
            }
        });
        return found;
    }

    /** Dependents are only told beforehand. */
    private static JsonValue said(JsonObject receipt) {
        return receipt.with(
                "removals",
                JsonArray.of(receipt.array("removals").orElseThrow().items().stream()
                        .map(r -> ((JsonObject) r).without("dependents"))
                        .toList()));
    }

    private static Map<TreePath, Optional<ObjectName>> changes(Snapshot.Files before, Snapshot.Files after) {
        return new TreeMap<>(after.changedSince(before));
    }

    private static Map<TreePath, Optional<ObjectName>> names(TreeEdit edit, Snapshot.Files before) {
        Map<TreePath, Optional<ObjectName>> names = new TreeMap<>();
        edit.changes().forEach((path, content) -> {
            Optional<ObjectName> name = content.map(Content::blobName);
            if (!before.objectAt(path).equals(name)) {
                names.put(path, name);
            }
        });
        return names;
    }

    private static Snapshot head(LocalWorkspace workspace) {
        return workspace.repository().snapshot(Revision.DEFAULT).orElseThrow();
    }

    private static UnaryOperator<ImportWishes> wishes(List<ObjectName> past, Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> {
                DefinitionName name = new DefinitionName("Copy " + random.nextInt(1000));
                yield w -> w.as(ImportMode.CREATE).named(name);
            }
            case 1 -> w -> w.as(ImportMode.MERGE);
            case 2, 3, 4 -> {
                ObjectName base = past.get(Math.max(0, past.size() - 1 - random.nextInt(4)));
                yield w -> w.startingFrom(new Revision.Commit(base));
            }
            default -> w -> w;
        };
    }

    // Documents.

    private static List<JsonValue> pool() throws IOException {
        List<JsonValue> pool = new ArrayList<>(List.of(
                Sample.crm(),
                Twin.ofToolJet(Sample.crm(), 7),
                TinyApp.of("Shop", 1, "Go"),
                TinyApp.of("Shop", 2, "Go"),
                TinyApp.of("Stock", 3, "Count"),
                Shed.toolShed(),
                Shed.phone(),
                AppsmithDocs.workshop(),
                AppsmithDocs.twin(AppsmithDocs.workshop(), 3),
                FlowRunnerDocs.flow(1),
                FlowRunnerDocs.full(2),
                FlowRunnerDocs.full(3)));
        for (Path folder : List.of(Path.of("src/test/resources/sample"), Path.of("src/test/resources/golden"))) {
            try (var files = Files.walk(folder, 2)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".json"))
                        .sorted()
                        .toList()) {
                    pool.add(JsonReader.read(Files.readAllBytes(file)));
                }
            }
        }
        return pool;
    }

    /** One of the documents, or what the workspace exports of one, mostly edited. */
    private static JsonValue edited(List<JsonValue> some, Random random, LocalWorkspace workspace) {
        JsonValue document = any(some, random);
        if (random.nextBoolean()) {
            List<TreePath> documents =
                    workspace
                            .engine
                            .documents(new SnapshotSource(head(workspace).files(), new BoundedCache<>(1 << 20)))
                            .stream()
                            .filter(address -> !address.equals(TREE_OF_TABLES))
                            .toList();
            if (!documents.isEmpty()) {
                document = workspace.export(any(documents, random));
            }
        }
        return switch (random.nextInt(8)) {
            case 0 -> document;
            case 1 -> Mutants.of(document, random.nextLong()).document();
            default -> {
                JsonValue result = document;
                for (int n = 1 + random.nextInt(3); n > 0; n--) {
                    result = changed(result, random, 0);
                }
                yield result;
            }
        };
    }

    private static <T> T any(List<T> items, Random random) {
        return items.get(random.nextInt(items.size()));
    }

    /** Something deep inside is another text or number, is gone, or is there no more than once. */
    private static JsonValue changed(JsonValue value, Random random, int depth) {
        if (value instanceof JsonObject object && !object.isEmpty()) {
            String key = any(object.keys(), random);
            return object.with(key, changed(object.get(key).orElseThrow(), random, depth + 1));
        }
        if (value instanceof JsonArray array && !array.isEmpty()) {
            int i = random.nextInt(array.size());
            if (random.nextInt(4) == 0 && array.get(i) instanceof JsonObject) {
                List<JsonValue> rest = new ArrayList<>(array.items());
                rest.remove(i);
                return JsonArray.of(rest);
            }
            return array.with(i, changed(array.get(i), random, depth + 1));
        }
        if (value instanceof JsonString text) {
            return depth < 2 || text.value().length() == 36 ? text : new JsonString(text.value() + random.nextInt(100));
        }
        return value instanceof JsonNumber ? JsonValue.of(random.nextInt(1000)) : value;
    }
}
