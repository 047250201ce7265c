package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Puts a record together from its main content, its parallel files and its lines: the counterpart of {@link AnatomyWriter}. */
final class AnatomyReader {
    private final Node node;
    private final Anatomy anatomy;
    private final DefinitionFiles files;

    private AnatomyReader(Node node, DefinitionFiles files) {
        this.node = node;
        this.anatomy = node.kind.anatomy();
        this.files = files;
    }

    /** One half as it is written, before the base stands in for what is not. */
    private record HalfParts(Parts own, Optional<TreeParts> tree) {}

    /**
     * @param main the record's main content
     */
    static JsonObject join(Node node, JsonObject main, DefinitionFiles files) {
        return CanonicalOrder.sort(new AnatomyReader(node, files).join(main));
    }

    /** The file whose lines are the entries of a node. */
    static TreePath entries(Node owner, String file) {
        return TreePath.of(
                owner.isFolder() ? owner.address + "/" + file + ".yaml" : owner.address + "." + file + ".yaml");
    }

    private JsonObject join(JsonObject main) {
        Halves halves = anatomy.halves();
        SortedMap<String, JsonValue> line = members(line("", key()).orElse(JsonObject.EMPTY));
        if (!anatomy.arrangement().isEmpty()) {
            line.putAll(place());
        }
        boolean literal =
                halves.isNone() || !halves.fit(main) || halves.others().stream().anyMatch(h -> main.has(h.member()));
        if (literal) {
            node.absent.addAll(PartJoiner.absent(line));
            return PartJoiner.join(anatomy.outer(), new Parts(main, Map.of(), line));
        }
        String prefix = halves.base().member() + "/";
        SortedMap<String, JsonValue> outer = new TreeMap<>();
        SortedMap<String, JsonValue> inner = new TreeMap<>();
        line.forEach((k, v) -> {
            if (k.startsWith(prefix)) {
                inner.put(k.substring(prefix.length()), v);
            } else {
                outer.put(k, v);
            }
        });
        node.absent.addAll(PartJoiner.absent(outer));
        JsonObject result = PartJoiner.join(
                anatomy.outer(), new Parts(main.without(halves.base().member()), Map.of(), outer));
        Optional<HalfParts> base = main.object(halves.base().member())
                .map(b -> new HalfParts(
                        new Parts(b, texts("", Map.of(), List.of()), inner), tree("", b, new TreeParts())));
        if (base.isPresent()) {
            result = result.with(halves.base().member(), half(halves.base(), base.get()));
        }
        for (Halves.Half half : halves.others()) {
            Optional<JsonObject> other = other(half, base);
            if (other.isPresent()) {
                result = result.with(half.member(), other.get());
            }
        }
        return result;
    }

    private static SortedMap<String, JsonValue> members(JsonObject object) {
        SortedMap<String, JsonValue> map = new TreeMap<>();
        object.forEach(map::put);
        return map;
    }

    private JsonObject half(Halves.Half half, HalfParts parts) {
        PartJoiner.absent(parts.own().derived()).forEach(p -> node.absent.add("/" + Pointer.escape(half.member()) + p));
        JsonObject value = PartJoiner.join(anatomy.half(), parts.own());
        if (parts.tree().isPresent()) {
            TreeRule rule = anatomy.half().tree().orElseThrow();
            String folder = half == anatomy.halves().base() ? "" : half.folder();
            BiConsumer<String, String> finding = (name, message) -> files.finding(new Problem(
                    Reason.MISPLACED_RECORD, files.place(folder, path(Anatomy.ARRANGEMENT), name), message, ""));
            JsonObject root = (JsonObject) rule.at().get(value).orElse(JsonObject.EMPTY);
            value = (JsonObject) rule.at()
                    .put(value, TreeJoiner.join(rule, root, parts.tree().get(), finding));
        }
        return value;
    }

    private Optional<JsonObject> other(Halves.Half half, Optional<HalfParts> base) {
        Optional<JsonObject> line = line(half.folder(), key());
        if (line.flatMap(l -> l.object(Parts.PARKED)).isPresent()) {
            return line.get().object(Parts.PARKED);
        }
        Optional<JsonValue> main = main(half);
        if (main.isEmpty() && base.isEmpty()
                || main.filter(JsonNull.class::isInstance).isPresent()) {
            return Optional.empty();
        }
        Parts from = base.map(HalfParts::own).orElse(Parts.of(JsonObject.EMPTY));
        JsonObject own = main.map(m -> object(m, half)).orElse(JsonObject.EMPTY);
        JsonObject content = main.isPresent() ? Embedding.unescape(own.without(AnatomyWriter.WITHOUT)) : from.main();
        Parts parts = new Parts(
                content,
                texts(half.folder(), from.texts(), without(own)),
                line.map(AnatomyReader::members).orElse(from.derived()));
        TreeParts baseTree = base.flatMap(HalfParts::tree).orElseGet(TreeParts::new);
        return Optional.of(half(half, new HalfParts(parts, tree(half.folder(), content, baseTree))));
    }

    private JsonObject object(JsonValue value, Halves.Half half) {
        if (value instanceof JsonObject o) {
            return o;
        }
        throw Failure.of(
                Reason.MALFORMED_YAML,
                half.folder() + " of " + node.file.value(),
                "a map of fields is expected here, or null where there is none");
    }

    private static Set<String> without(JsonObject main) {
        Set<String> suffixes = new HashSet<>();
        main.array(AnatomyWriter.WITHOUT)
                .ifPresent(list -> list.forEach(v -> Values.text(v).ifPresent(suffixes::add)));
        return suffixes;
    }

    // Places.

    private Node folder() {
        Node at = node;
        while (!at.isFolder()) {
            at = at.owner;
        }
        return at;
    }

    private String key() {
        String folder = folder().address;
        return node.address.equals(folder) ? TreeRule.ROOT : node.address.substring(folder.length() + 1);
    }

    private TreePath path(String file) {
        return TreePath.of(folder().address + "/" + file + ".yaml");
    }

    private Optional<JsonObject> line(String folder, String key) {
        return Optional.ofNullable(files.lines(folder, path(Anatomy.DERIVED)).get(key))
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast);
    }

    /** What the arrangement says of the record; other members of its line say nothing. */
    private SortedMap<String, JsonValue> place() {
        SortedMap<String, JsonValue> found = new TreeMap<>();
        if (files.lines("", path(Anatomy.ARRANGEMENT)).get(key()) instanceof JsonObject line) {
            for (Pointer at : anatomy.arrangement()) {
                String name = at.toString().substring(1);
                line.get(name).ifPresent(v -> found.put(name, v));
            }
        }
        return found;
    }

    private Optional<JsonValue> main(Halves.Half half) {
        if (node.isEntry()) {
            return Optional.ofNullable(files.lines(half.folder(), node.file).get(node.lastSegment()));
        }
        return files.find(half.folder(), node.file).map(p -> files.source().yaml(p));
    }

    private Map<String, String> texts(String folder, Map<String, String> base, java.util.Collection<String> without) {
        Map<String, String> texts = new TreeMap<>(base);
        texts.keySet().removeAll(without);
        if (node.isEntry()) {
            return texts;
        }
        String stem = node.file.value().substring(0, node.file.value().length() - ".yaml".length());
        for (Kind.Text rule : anatomy.half().texts()) {
            files.find(folder, TreePath.of(stem + rule.suffix())).ifPresent(p -> texts.put(rule.suffix(), text(p)));
        }
        return texts;
    }

    private String text(TreePath path) {
        String value = files.source().read(path).utf8();
        return value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
    }

    // Trees.

    private Optional<TreeParts> tree(String folder, JsonObject half, TreeParts base) {
        Optional<TreeRule> rule = anatomy.half().tree();
        if (rule.isEmpty() || !(rule.get().at().get(half).orElse(null) instanceof JsonObject)) {
            return Optional.empty();
        }
        TreeParts found = new TreeParts();
        found.lines().putAll(base.lines());
        found.derived().putAll(base.derived());
        Set<String> gone = new TreeSet<>();
        files.lines(folder, path(Anatomy.ARRANGEMENT)).forEach((key, line) -> {
            if (line instanceof JsonObject o) {
                found.lines().put(key, o);
            } else {
                found.lines().remove(key);
                gone.add(key);
            }
        });
        String prefix = rule.get().folder() + "/";
        files.lines(folder, path(Anatomy.DERIVED)).forEach((key, line) -> {
            if (key.startsWith(prefix) && line instanceof JsonObject o) {
                found.derived().put(key.substring(prefix.length()), o);
            }
        });
        nodes(folder, rule.get(), base).forEach((name, parts) -> {
            if (!gone.contains(name)) {
                found.nodes().put(name, parts);
            }
        });
        return Optional.of(found);
    }

    private SortedMap<String, Parts> nodes(String folder, TreeRule rule, TreeParts base) {
        SortedMap<String, Parts> found = new TreeMap<>(base.nodes());
        Map<String, TreePath> inFolder = files.in(folder, node.address + "/" + rule.folder());
        List<String> names = new ArrayList<>(base.nodes().keySet());
        inFolder.forEach((file, path) -> {
            String name = file.endsWith(".yaml") ? file.substring(0, file.length() - ".yaml".length()) : "";
            if (!name.isEmpty() && name.indexOf('.') < 0 && !base.nodes().containsKey(name)) {
                names.add(name);
            }
        });
        for (String name : names) {
            Parts from = base.nodes().getOrDefault(name, Parts.of(JsonObject.EMPTY));
            TreePath path = inFolder.remove(name + ".yaml");
            JsonObject own = JsonObject.EMPTY;
            JsonObject content = from.main();
            if (path != null) {
                files.use(path);
                JsonValue value = files.source().yaml(path);
                if (!(value instanceof JsonObject o)) {
                    throw Failure.of(Reason.MALFORMED_YAML, path.value(), "this file must hold a map of fields");
                }
                own = o;
                content = Embedding.unescape(o.without(AnatomyWriter.WITHOUT));
            }
            Map<String, String> texts = new TreeMap<>(from.texts());
            texts.keySet().removeAll(without(own));
            for (Kind.Text text : rule.texts()) {
                TreePath at = inFolder.remove(name + text.suffix());
                if (at != null) {
                    files.use(at);
                    texts.put(text.suffix(), text(at));
                }
            }
            found.put(name, new Parts(content, texts, new TreeMap<>()));
        }
        if (folder.isEmpty()) {
            inFolder.values()
                    .forEach(p -> files.finding(new Problem(
                            Reason.UNKNOWN_FILE, p.value(), "nothing has a file of this name here", "it is left out")));
        }
        return found;
    }
}
