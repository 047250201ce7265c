package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * FlowRunner exports from a seed: no real one is public, so they are as different as what is known allows. Flows of no to nine blocks whose
 * names repeat, with and without groups, schedule, goals, calendars, sub flows, ids and wrapper.
 */
public final class FlowRunnerDocs {
    private static final List<String> NAMES = List.of(
            "Start",
            "Start",
            "Send mail",
            "send mail",
            "Wait",
            "",
            "CON",
            "Größe prüfen",
            "Bestellung → ok?",
            "a/b: c",
            "@{elements/Start}");
    private static final List<String> TYPES = List.of(
            "TRIGGER", "ACTION", "CONDITION", "DATA_TRANSFORMER", "COMPOSE_RESULT", "VALUE_ROUTER", "WAIT", "BREAK");
    private static final List<String> WRAPPERS = List.of("", "", "flow", "version", "data", "?", "a/b", "@{x}");
    private static final Set<String> IDS = Set.of("id", "flowId", "flowGroupId");

    private final Random random;

    private FlowRunnerDocs(long seed) {
        random = new Random(seed);
    }

    /** An export; the same for the same seed. */
    public static JsonObject flow(long seed) {
        FlowRunnerDocs docs = new FlowRunnerDocs(seed);
        return docs.wrapped(docs.version());
    }

    /** An export of a flow with every thing in it, not wrapped. */
    public static JsonObject full(long seed) {
        FlowRunnerDocs docs = new FlowRunnerDocs(seed);
        JsonObject version = docs.version();
        while (version.size() < 15 || version.array("elements").orElseThrow().size() < 4) {
            version = docs.version();
        }
        return version;
    }

    /** The same flow in another workspace: every id that the document declares is another one, everything else is equal. */
    public static JsonObject twin(JsonObject document, long seed) {
        RowIds ids = new RowIds(seed);
        declare(document, ids);
        return (JsonObject) exchanged(document, ids);
    }

    private static void declare(JsonValue value, RowIds ids) {
        if (value instanceof JsonObject o) {
            o.forEach((key, member) -> {
                if (IDS.contains(key) && member instanceof JsonString id) {
                    ids.declare(id.value());
                }
                declare(member, ids);
            });
        } else if (value instanceof JsonArray a) {
            a.forEach(item -> declare(item, ids));
        }
    }

    private static JsonValue exchanged(JsonValue value, RowIds ids) {
        if (value instanceof JsonObject o) {
            JsonObject.Builder all = JsonObject.builder();
            o.forEach((k, v) -> all.put(ids.exchange(k), exchanged(v, ids)));
            return all.build();
        }
        if (value instanceof JsonArray a) {
            return JsonArray.of(a.items().stream().map(v -> exchanged(v, ids)).toList());
        }
        return value instanceof JsonString s ? new JsonString(ids.exchange(s.value())) : value;
    }

    private JsonObject wrapped(JsonObject version) {
        String wrapper = pick(WRAPPERS);
        if (wrapper.isEmpty()) {
            return version;
        }
        JsonObject outer = JsonObject.EMPTY.with(wrapper, version);
        return random.nextBoolean()
                ? outer
                : outer.with("exportedBy", JsonValue.of("console")).with("meta", JsonObject.EMPTY);
    }

    private JsonObject version() {
        List<String> ids = ids(random.nextInt(10));
        List<String> groups = ids(random.nextInt(3));
        JsonObject.Builder version = JsonObject.builder();
        String flow = id();
        maybe(() -> version.put("id", id()));
        maybe(() -> version.put("flowId", flow));
        maybe(() -> version.put("flowGroupId", random.nextInt(4) > 0 ? flow : id()));
        maybe(() -> version.put("name", pick(List.of("Order approval", "Nachtlauf", "a/b", " x "))));
        maybe(() -> version.put("version", pick(List.of("1", "2", "10", "1.1"))));
        maybe(() -> version.put("sourceVersion", "1"));
        maybe(() -> version.put("description", textOrNull()));
        maybe(() -> version.put("status", pick(List.of("READY", "LIVE", "PAUSED", "NOT READY"))));
        maybe(() -> version.put("errorMessage", textOrNull()));
        maybe(() -> version.put(
                "clientValidationState", JsonObject.EMPTY.with("valid", JsonValue.of(random.nextBoolean()))));
        maybe(() -> version.put("firstElementId", link(ids)));
        version.put("elements", elements(ids, groups));
        maybe(() -> version.put(
                "groups",
                JsonArray.of(groups.stream().map(g -> (JsonValue) group(g, ids)).toList())));
        maybe(() -> version.put(
                "metaInfo", random.nextInt(4) == 0 ? JsonObject.EMPTY : JsonObject.EMPTY.with("schedule", schedule())));
        maybe(() -> version.put("clientMetadata", editor(ids)));
        maybe(() -> version.put("placeholderData", JsonObject.EMPTY.with("order", new JsonNumber("1.0"))));
        maybe(() ->
                version.put(pick(List.of("slaGoals", "slaGoals", "goals", "sla")), named(random.nextInt(3), "target")));
        maybe(() -> version.put("slaCalendars", named(random.nextInt(3), "workWeek")));
        maybe(() -> version.put(
                "subFlows",
                JsonArray.of(ids(random.nextInt(3)).stream()
                        .map(s -> (JsonValue) subFlow(s, ids))
                        .toList())));
        maybe(() -> version.put("newInTheNextRelease", JsonObject.EMPTY.with("of", JsonValue.of(id()))));
        return version.build();
    }

    private JsonArray elements(List<String> ids, List<String> groups) {
        List<JsonValue> all = new ArrayList<>();
        ids.forEach(i -> all.add(element(i, ids, groups)));
        return JsonArray.of(all);
    }

    private JsonObject element(String id, List<String> ids, List<String> groups) {
        JsonObject.Builder element = JsonObject.builder();
        if (random.nextInt(20) > 0) {
            element.put("id", id);
        }
        element.put("type", pick(TYPES)).put("name", pick(NAMES));
        maybe(() -> element.put("description", textOrNull()));
        maybe(() -> element.put("groupId", groups.isEmpty() ? JsonNull.NULL : JsonValue.of(link(groups))));
        element.put("nextElementIds", links(ids));
        maybe(() -> element.put("nextGroupIds", links(groups)));
        JsonObject.Builder meta =
                JsonObject.builder().put("type", pick(List.of("SYSTEM", "HTTP", "AI_AGENT", "CALLBACK")));
        maybe(() -> meta.put("operation", "run"));
        maybe(() -> meta.put("systemPrompt", tokens(ids)));
        maybe(() -> meta.put("userPrompt", tokens(ids)));
        maybe(() -> meta.put("body", random.nextBoolean() ? JsonNull.NULL : tokens(ids)));
        maybe(() -> meta.put(
                "callbackUrl",
                random.nextBoolean() ? JsonNull.NULL : JsonValue.of("https://example.invalid/secret-" + id())));
        maybe(() -> meta.put("thenComponent", JsonObject.EMPTY.with("elementId", JsonValue.of(link(ids)))));
        maybe(() -> meta.put("onFailElemId", link(ids)));
        maybe(() -> meta.put("arguments", JsonObject.EMPTY.with(link(ids), tokens(ids))));
        return element.put("metaInfo", meta.build()).build();
    }

    private JsonObject group(String id, List<String> ids) {
        return JsonObject.EMPTY
                .with("id", JsonValue.of(id))
                .with("type", JsonValue.of(pick(List.of("LOOP", "ACTIONS", "TRIGGERS", "SUBFLOW"))))
                .with("name", JsonValue.of(pick(NAMES)))
                .with("firstElementId", JsonValue.of(link(ids)))
                .with("elementIds", links(ids))
                .with("metaInfo", JsonObject.EMPTY.with("list", tokens(ids)));
    }

    private JsonObject subFlow(String id, List<String> outside) {
        List<String> ids = ids(random.nextInt(4));
        List<String> groups = ids(random.nextInt(2));
        JsonObject flow = JsonObject.EMPTY.with("id", JsonValue.of(id)).with("name", JsonValue.of(pick(NAMES)));
        List<String> all = new ArrayList<>(ids);
        all.addAll(outside);
        return flow.with("elements", elements(ids, groups))
                .with(
                        "groups",
                        JsonArray.of(groups.stream()
                                .map(g -> (JsonValue) group(g, all))
                                .toList()));
    }

    private JsonArray named(int count, String member) {
        List<JsonValue> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JsonObject one = JsonObject.EMPTY
                    .with("name", JsonValue.of(pick(NAMES)))
                    .with(member, JsonObject.EMPTY.with("hours", number()));
            all.add(random.nextBoolean() ? one.with("id", JsonValue.of(id())) : one);
        }
        return JsonArray.of(all);
    }

    private JsonObject schedule() {
        JsonObject repeat =
                JsonObject.EMPTY.with("every", number()).with("on", JsonArray.of(List.of(number(), number())));
        JsonObject frequency = JsonObject.EMPTY
                .with("schedule", JsonValue.of(pick(List.of("once", "daily", "weekly", "cron"))))
                .with("repeat", repeat);
        return JsonObject.EMPTY
                .with("enabled", JsonValue.of(random.nextBoolean()))
                .with("frequency", frequency)
                .with("endDate", JsonNull.NULL);
    }

    private JsonObject editor(List<String> ids) {
        JsonObject positions = JsonObject.EMPTY;
        JsonObject descriptions = JsonObject.EMPTY;
        for (String id : ids) {
            positions = positions.with(id, JsonObject.EMPTY.with("x", number()).with("y", number()));
            descriptions = random.nextInt(3) == 0 ? descriptions.with(id, JsonValue.of("about " + id)) : descriptions;
        }
        JsonObject editor = JsonObject.EMPTY.with("autoSave", JsonValue.of(random.nextBoolean()));
        editor = random.nextBoolean() ? editor.with("positions", positions) : editor;
        return random.nextBoolean() ? editor.with("descriptions", descriptions) : editor;
    }

    private JsonValue tokens(List<String> ids) {
        return switch (random.nextInt(6)) {
            case 0 -> JsonArray.EMPTY;
            case 1 -> JsonArray.of(List.of(token("short")));
            case 2 -> JsonArray.of(List.of(token("You check orders.\nAnswer with JSON only.\n")));
            case 3 ->
                JsonArray.of(List.of(token("A long line. ".repeat(10) + id()).with("more", number())));
            case 4 -> JsonArray.of(List.of(token("several\nlines"), element(ids)));
            default -> JsonArray.of(List.of(element(ids)));
        };
    }

    private static JsonObject token(String text) {
        return JsonObject.EMPTY.with("id", JsonValue.of("TEXT")).with("value", JsonValue.of(text));
    }

    private JsonObject element(List<String> ids) {
        return JsonObject.EMPTY
                .with("id", JsonValue.of("ELEMENT_LINK"))
                .with("elementId", JsonValue.of(link(ids)))
                .with("label", JsonValue.of(pick(NAMES)));
    }

    /** An id of one of these, or one that leads nowhere. */
    private String link(List<String> ids) {
        return ids.isEmpty() || random.nextInt(10) == 0 ? id() : pick(ids);
    }

    private JsonArray links(List<String> ids) {
        List<JsonValue> all = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            all.add(JsonValue.of(link(ids)));
        }
        return JsonArray.of(all);
    }

    private JsonValue textOrNull() {
        return random.nextBoolean() ? JsonNull.NULL : JsonValue.of("Checks an order.\nAsks " + id());
    }

    private JsonNumber number() {
        return new JsonNumber(pick(List.of("0", "2", "1.0", "1e3", "12345678901234567890")));
    }

    private List<String> ids(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(id());
        }
        return ids;
    }

    private String id() {
        return upper(random);
    }

    private static String upper(Random random) {
        // Never one of those that lead nowhere.
        return "A"
                + new UUID(random.nextLong(), random.nextLong())
                        .toString()
                        .substring(1)
                        .toUpperCase(Locale.ROOT);
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void maybe(Runnable put) {
        if (random.nextInt(4) > 0) {
            put.run();
        }
    }
}
