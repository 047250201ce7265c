package dev.offshoot.layout;

import static dev.offshoot.testing.Trees.differing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.Loose;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Shed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The laws of design.md section 2 over our own AppBuilder exports and over every real one at hand. */
class AppBuilderLawsTest {
    private static final Set<String> TIMES = Set.of("createdAt", "updatedAt", "created_at", "updated_at");

    /** What the server makes anew: docs/platforms/appbuilder.md. */
    private static final Set<String> FACTS =
            Set.of("createdAt", "updatedAt", "created_at", "updated_at", "date", "filename");

    private final LayoutEngine engine = new LayoutEngine(Layouts.bundled());

    @Test
    void everyDocumentComesBackExactly() throws Exception {
        for (Map.Entry<String, JsonObject> e : documents().entrySet()) {
            Exploded exploded = explode(e.getValue());
            Ledger ledger = Ledger.fromFiles(exploded.ledger().toFiles());
            assertThat(ledger).as(e.getKey()).isEqualTo(exploded.ledger());
            assertThat(SameJson.differences(exploded.expected(), assemble(exploded, ledger)))
                    .as(e.getKey())
                    .isEmpty();
        }
    }

    @Test
    void treeAloneGivesTheDocumentAndTheSameTreeAgain() throws Exception {
        for (Map.Entry<String, JsonObject> e : documents().entrySet()) {
            Exploded exploded = explode(e.getValue());
            JsonValue bare = assemble(exploded, Ledger.EMPTY);
            assertThat(SameJson.differences(Loose.of(exploded.expected(), FACTS), Loose.of(bare, FACTS)))
                    .as(e.getKey())
                    .isEmpty();
            assertThat(differing(explode((JsonObject) bare).files(), exploded.files()))
                    .as(e.getKey())
                    .isEmpty();
            assertThat(files(bare)).as(e.getKey()).isEqualTo(files(e.getValue()));
        }
    }

    /** Ids of the files, in their order. */
    private static List<String> files(JsonValue document) {
        return ((JsonObject) document).object("files").map(JsonObject::keys).orElse(List.of());
    }

    @Test
    void otherTimesAndAnotherOrderOfRowsGiveTheSameTree() throws Exception {
        for (Map.Entry<String, JsonObject> e : documents().entrySet()) {
            JsonObject twin = twin(e.getValue());
            assertThat(twin).as(e.getKey()).isNotEqualTo(e.getValue());
            Exploded one = explode(e.getValue());
            Exploded other = explode(twin);
            assertThat(differing(one.files(), other.files())).as(e.getKey()).isEmpty();
            assertThat(SameJson.differences(other.expected(), assemble(one, other.ledger())))
                    .as(e.getKey() + ", tree of one with the ledger of the other")
                    .isEmpty();
        }
    }

    @Test
    void changedRowTouchesItsOwnFilesOnly() throws Exception {
        for (JsonObject document : List.of(Shed.toolShed(), Shed.phone())) {
            Exploded before = explode(document);
            JsonArray rows = document.array("definitions").orElseThrow();
            for (int i = 0; i < rows.size(); i++) {
                JsonObject row = (JsonObject) rows.get(i);
                if (count(rows, row.text("id").orElseThrow()) > 1) {
                    continue;
                }
                JsonObject json = row.object("json").orElseThrow().with("remark", new JsonString("changed"));
                JsonObject changed = document.with("definitions", rows.with(i, row.with("json", json)));
                assertThat(differing(before.files(), explode(changed).files()))
                        .as(row.text("name").orElseThrow())
                        .hasSize(1)
                        .allMatch(path ->
                                path.contains(row.text("id").orElseThrow().substring(0, 8)));
            }
        }
    }

    private static long count(JsonArray rows, String id) {
        return rows.items().stream()
                .filter(r -> ((JsonObject) r).text("id").orElse("").equals(id))
                .count();
    }

    @Test
    void stepsOfRealSeriesTouchAsManyFilesAsRowsChanged() throws Exception {
        Map<String, JsonObject> real = real();
        String before = "";
        for (String name : real.keySet()) {
            if (!before.isEmpty() && series(before).equals(series(name))) {
                Map<String, JsonValue> old = rows(real.get(before));
                Map<String, JsonValue> now = rows(real.get(name));
                TreeSet<String> ids = new TreeSet<>(old.keySet());
                ids.addAll(now.keySet());
                ids.removeIf(id -> Optional.ofNullable(old.get(id)).equals(Optional.ofNullable(now.get(id))));
                TreeSet<String> starts = new TreeSet<>();
                ids.forEach(id -> starts.add(id.substring(0, 8)));
                TreeSet<String> touched = new TreeSet<>();
                for (String path : differing(
                        explode(real.get(before)).files(),
                        explode(real.get(name)).files())) {
                    entity(path).ifPresent(touched::add);
                }
                // A row that only changed the order of a set touches nothing; folders that move take along what is in
                // them.
                Set<String> moved = renamed(old, now);
                touched.removeIf(t -> !starts.contains(t) && !moved.isEmpty());
                assertThat(starts).as(name).containsAll(touched);
                assertThat(touched.isEmpty()).as(name).isEqualTo(starts.isEmpty());
            }
            before = name;
        }
    }

    /** Ids of rows with another name: their folder has another name, too. */
    private static Set<String> renamed(Map<String, JsonValue> old, Map<String, JsonValue> now) {
        Set<String> ids = new TreeSet<>(old.keySet());
        ids.removeIf(id -> now.containsKey(id)
                && ((JsonObject) old.get(id)).get("name").equals(((JsonObject) now.get(id)).get("name")));
        return ids;
    }

    private static String series(String name) {
        return name.replaceAll("__\\d{8}_.*", "");
    }

    private static Optional<String> entity(String path) {
        String[] parts = path.split("/");
        String last = parts[parts.length - 1];
        boolean main = last.matches("(app|object|page|process|hint)\\.(yaml|bpmn)");
        String name = main ? parts[parts.length - 2] : last.substring(0, last.indexOf('.'));
        boolean isRow = !path.startsWith("appbuilder/roles/")
                && !path.startsWith("appbuilder/scopes/")
                && !path.startsWith("appbuilder/files/");
        return isRow && name.indexOf('~') >= 0
                ? Optional.of(name.substring(name.lastIndexOf('~') + 1))
                : Optional.empty();
    }

    @Test
    void appsShareTheFilesOfTheRowsTheyShare() throws Exception {
        assertShared(Shed.toolShed(), Shed.phone());
        Map<String, JsonObject> real = real();
        JsonObject kitchen = find(real, "20260427");
        JsonObject pwa = find(real, "20260105");
        assertThat(assertShared(kitchen, pwa)).isEqualTo(118);
    }

    /** Returns how many rows both have. */
    private int assertShared(JsonObject one, JsonObject other) {
        FileTree a = explode(one).files();
        FileTree b = explode(other).files();
        Set<String> ids = new TreeSet<>(rows(one).keySet());
        ids.retainAll(rows(other).keySet());
        int shared = 0;
        for (TreePath path : a.files().keySet()) {
            Optional<String> entity = entity(path.value());
            if (entity.isPresent() && ids.stream().anyMatch(id -> id.startsWith(entity.get()))) {
                assertThat(b.find(path)).as(path.value()).isEqualTo(a.find(path));
                shared++;
            }
        }
        assertThat(shared).isEqualTo(ids.size());
        return shared;
    }

    private static JsonObject find(Map<String, JsonObject> documents, String part) {
        return documents.entrySet().stream()
                .filter(e -> e.getKey().contains(part))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private Exploded explode(JsonObject document) {
        return engine.explode(document, KnownDefinitions.NONE);
    }

    private JsonValue assemble(Exploded exploded, Ledger ledger) {
        return engine.assemble(
                        new MemorySource(exploded.files()), ledger, exploded.document(), new UUID(1, 2), Selection.ALL)
                .document();
    }

    private static Map<String, JsonObject> documents() throws Exception {
        Map<String, JsonObject> all = new LinkedHashMap<>();
        all.put("tool shed", Shed.toolShed());
        all.put("phone", Shed.phone());
        all.putAll(real());
        return all;
    }

    private static Map<String, JsonObject> real() throws Exception {
        List<Path> files = new ArrayList<>(Corpus.json("appbuilder"));
        files.addAll(Corpus.json("appbuilder-derived"));
        Map<String, JsonObject> all = new LinkedHashMap<>();
        for (Path file : files) {
            all.put(file.getFileName().toString(), (JsonObject) JsonReader.read(Files.readAllBytes(file)));
        }
        return all;
    }

    /** Rows by id, without times. */
    private static Map<String, JsonValue> rows(JsonObject document) {
        Map<String, JsonValue> rows = new LinkedHashMap<>();
        document.array("definitions")
                .orElseThrow()
                .forEach(r -> rows.put(((JsonObject) r).text("id").orElseThrow(), times(r, "")));
        return rows;
    }

    private static JsonObject twin(JsonObject document) {
        JsonObject twin = (JsonObject) times(document, "2031-05-06T07:08:09.000Z");
        for (String list : List.of("definitions", "roles", "scopes")) {
            Optional<JsonArray> rows = twin.array(list);
            if (rows.isPresent()) {
                List<JsonValue> shuffled = new ArrayList<>(rows.get().items());
                Collections.shuffle(shuffled, new Random(5));
                twin = twin.with(list, JsonArray.of(shuffled));
            }
        }
        return twin;
    }

    private static JsonValue times(JsonValue value, String time) {
        if (value instanceof JsonObject o) {
            JsonObject.Builder changed = JsonObject.builder();
            o.forEach((k, v) -> changed.put(
                    k, TIMES.contains(k) && v instanceof JsonString ? new JsonString(time) : times(v, time)));
            return changed.build();
        }
        return value instanceof JsonArray a
                ? JsonArray.of(a.items().stream().map(v -> times(v, time)).toList())
                : value;
    }
}
