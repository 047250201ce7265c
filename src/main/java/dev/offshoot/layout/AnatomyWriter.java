package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlWriter;
import dev.offshoot.model.Content;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Takes a record apart by its {@link Anatomy}: halves, trees and derived facts go to files and lines, the rest comes back as the record's main
 * content. {@link AnatomyReader} is the way back.
 */
final class AnatomyWriter {
    /** In a half's own file: source texts of the base that this half has not. */
    static final String WITHOUT = "~without";

    private final Rec r;
    private final Anatomy anatomy;
    private final Predicate<Test> holds;
    private final Written written;

    private AnatomyWriter(Rec r, Predicate<Test> holds, Written written) {
        this.r = r;
        this.anatomy = r.kind.anatomy();
        this.holds = holds;
        this.written = written;
    }

    /** One half, taken apart. */
    private record HalfParts(Parts own, Optional<TreeParts> tree) {
        static final HalfParts NONE = new HalfParts(Parts.of(JsonObject.EMPTY), Optional.empty());
    }

    static JsonObject write(Rec r, Predicate<Test> holds, Written written) {
        return new AnatomyWriter(r, holds, written).write();
    }

    private JsonObject write() {
        Halves halves = anatomy.halves();
        JsonObject content = r.content;
        List<String> absent = anatomy.hasDerived() ? new ArrayList<>(r.absent) : new ArrayList<>();
        SortedMap<String, JsonValue> line = new TreeMap<>();
        if (!halves.fit(content)) {
            Parts outer = PartCutter.cut(anatomy.outer(), content, absent, holds);
            line.putAll(outer.derived());
            line(line);
            return outer.main();
        }
        List<List<String>> names = names(halves, content);
        JsonObject outside = content;
        for (Halves.Half half : halves.all()) {
            outside = outside.without(half.member());
            absent.removeIf(p -> p.startsWith("/" + Pointer.escape(half.member()) + "/"));
        }
        Parts outer = PartCutter.cut(anatomy.outer(), outside, absent, holds);
        line.putAll(outer.derived());
        Optional<JsonObject> base = content.object(halves.base().member());
        HalfParts baseParts = base.map(b -> cut(halves.base(), b, names.get(0))).orElse(HalfParts.NONE);
        baseParts.own().derived().forEach((k, v) -> line.put(halves.base().member() + "/" + k, v));
        line(line);
        texts("", baseParts.own());
        baseParts.tree().ifPresent(this::tree);
        for (int i = 1; i < halves.all().size(); i++) {
            Halves.Half half = halves.all().get(i);
            other(half, content.object(half.member()), base.isPresent(), baseParts, names.get(i));
        }
        return base.isPresent()
                ? outer.main().with(halves.base().member(), baseParts.own().main())
                : outer.main();
    }

    private List<List<String>> names(Halves halves, JsonObject content) {
        Optional<TreeRule> rule = anatomy.half().tree();
        List<JsonObject> roots = new ArrayList<>();
        for (Halves.Half half : halves.all()) {
            roots.add(rule.flatMap(t -> content.get(half.member()).flatMap(h -> t.at().get(h)))
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast)
                    .orElse(JsonObject.EMPTY));
        }
        return rule.map(t -> TreeNames.allocate(t, roots))
                .orElseGet(() -> roots.stream().map(x -> List.<String>of()).toList());
    }

    private HalfParts cut(Halves.Half half, JsonObject value, List<String> names) {
        List<String> absent = anatomy.hasDerived() ? PartCutter.below(half.member(), r.absent) : List.of();
        Optional<TreeParts> tree = Optional.empty();
        JsonObject rest = value;
        if (anatomy.half().tree().isPresent()) {
            TreeRule rule = anatomy.half().tree().get();
            if (rule.at().get(value).orElse(null) instanceof JsonObject root) {
                TreeCutter.Cut cut = TreeCutter.cut(rule, root, names, holds);
                tree = Optional.of(cut.parts());
                rest = (JsonObject) rule.at().put(value, cut.root());
            }
        }
        return new HalfParts(PartCutter.cut(anatomy.half(), rest, absent, holds), tree);
    }

    // Places.

    /** The file whose lines are the entries of an owner. */
    static TreePath entries(Rec owner, Placement.Target.Entry target) {
        return TreePath.of(
                owner.isFolder()
                        ? owner.address + "/" + target.file() + ".yaml"
                        : owner.address + "." + target.file() + ".yaml");
    }

    static String entryKey(Rec r) {
        return r.address.substring(r.address.lastIndexOf('/') + 1);
    }

    /** A path in the parallel folder of a half; the base's when the folder has no name. */
    private TreePath at(String folder, TreePath path) {
        String definition = r.definition().address;
        return folder.isEmpty()
                ? path
                : TreePath.of(definition + "/" + folder + path.value().substring(definition.length()));
    }

    private TreePath line(String file) {
        return TreePath.of(r.folder().address + "/" + file + ".yaml");
    }

    /** What the record is called in the lines of its folder. */
    private String key() {
        String folder = r.folder().address;
        return r.address.equals(folder) ? TreeRule.ROOT : r.address.substring(folder.length() + 1);
    }

    private static String nodeKey(TreeRule rule, String name) {
        return rule.folder() + "/" + name;
    }

    private TreePath node(TreeRule rule, String name, String suffix) {
        return TreePath.of(r.address + "/" + rule.folder() + "/" + name + suffix);
    }

    // Writing.

    /** The line of what stands outside the halves; where a record stands for people has a line of its own. */
    private void line(Map<String, JsonValue> values) {
        Map<String, JsonValue> derived = new LinkedHashMap<>(values);
        Map<String, JsonValue> place = new LinkedHashMap<>();
        for (Pointer at : anatomy.arrangement()) {
            String name = at.toString().substring(1);
            JsonValue value = derived.remove(name);
            if (value != null) {
                place.put(name, value);
            }
        }
        if (!place.isEmpty()) {
            written.line(line(Anatomy.ARRANGEMENT), key(), CanonicalOrder.sort(JsonObject.of(place)));
        }
        derived("", key(), derived);
    }

    private void derived(String folder, String key, Map<String, JsonValue> values) {
        if (!values.isEmpty() || !folder.isEmpty()) {
            written.line(at(folder, line(Anatomy.DERIVED)), key, CanonicalOrder.sort(JsonObject.of(values)));
        }
    }

    private void texts(String folder, Parts parts) {
        parts.texts()
                .forEach((suffix, text) ->
                        written.files().put(at(folder, TreePath.of(r.stem() + suffix)), Content.utf8(text + "\n")));
    }

    private void tree(TreeParts tree) {
        TreeRule rule = anatomy.half().tree().orElseThrow();
        tree.nodes().forEach((name, parts) -> node("", rule, name, parts, Parts.of(JsonObject.EMPTY), true));
        tree.lines().forEach((key, line) -> written.line(line(Anatomy.ARRANGEMENT), key, line));
        tree.derived().forEach((key, line) -> derived("", nodeKey(rule, key), members(line)));
    }

    private static Map<String, JsonValue> members(JsonObject object) {
        Map<String, JsonValue> map = new LinkedHashMap<>();
        object.forEach(map::put);
        return map;
    }

    private void node(String folder, TreeRule rule, String name, Parts parts, Parts base, boolean always) {
        JsonObject main = main(parts, base);
        if (always || main.has(WITHOUT) || !parts.main().equals(base.main())) {
            yaml(at(folder, node(rule, name, ".yaml")), main);
        }
        parts.texts().forEach((suffix, text) -> {
            if (always || !text.equals(base.texts().get(suffix))) {
                written.files().put(at(folder, node(rule, name, suffix)), Content.utf8(text + "\n"));
            }
        });
    }

    /** Own fields, escaped, with a note of the base's texts that are not there. */
    private static JsonObject main(Parts parts, Parts base) {
        List<JsonValue> without = new ArrayList<>();
        base.texts().keySet().stream()
                .filter(s -> !parts.texts().containsKey(s))
                .forEach(s -> without.add(new JsonString(s)));
        JsonObject note = without.isEmpty() ? JsonObject.EMPTY : JsonObject.EMPTY.with(WITHOUT, JsonArray.of(without));
        return Embedding.join(java.util.Set.of(), parts.main(), note);
    }

    private void yaml(TreePath path, JsonValue value) {
        written.files().put(path, Content.of(YamlWriter.write(value)));
    }

    /** Writes the parts of a half that differ from the base's. */
    private void other(
            Halves.Half half, Optional<JsonObject> value, boolean hasBase, HalfParts base, List<String> names) {
        if (value.isEmpty()) {
            if (hasBase) {
                mainOf(half, JsonNull.NULL);
            }
            return;
        }
        if (anatomy.halves().isParked(half, value.get())) {
            derived(half.folder(), key(), Map.of(Parts.PARKED, value.get()));
            return;
        }
        HalfParts parts = cut(half, value.get(), names);
        JsonObject main = main(parts.own(), base.own());
        if (!hasBase
                || main.has(WITHOUT)
                || !parts.own().main().equals(base.own().main())) {
            mainOf(half, main);
        }
        parts.own().texts().forEach((suffix, text) -> {
            if (!text.equals(base.own().texts().get(suffix))) {
                written.files().put(at(half.folder(), TreePath.of(r.stem() + suffix)), Content.utf8(text + "\n"));
            }
        });
        if (!parts.own().derived().equals(base.own().derived())) {
            derived(half.folder(), key(), parts.own().derived());
        }
        parts.tree().ifPresent(tree -> tree(half, tree, base.tree().orElseGet(TreeParts::new)));
    }

    private void mainOf(Halves.Half half, JsonValue main) {
        if (r.target instanceof Placement.Target.Entry e) {
            written.line(at(half.folder(), entries(r.owner, e)), entryKey(r), CanonicalOrder.sort(main));
        } else {
            yaml(at(half.folder(), TreePath.of(r.stem() + ".yaml")), main);
        }
    }

    private void tree(Halves.Half half, TreeParts tree, TreeParts base) {
        TreeRule rule = anatomy.half().tree().orElseThrow();
        tree.nodes().forEach((name, parts) -> {
            Parts before = base.nodes().get(name);
            node(
                    half.folder(),
                    rule,
                    name,
                    parts,
                    before == null ? Parts.of(JsonObject.EMPTY) : before,
                    before == null);
        });
        TreeSet<String> keys = new TreeSet<>(tree.lines().keySet());
        keys.addAll(base.lines().keySet());
        TreePath file = at(half.folder(), line(Anatomy.ARRANGEMENT));
        for (String key : keys) {
            JsonObject own = tree.lines().get(key);
            if (own == null) {
                written.line(file, key, JsonNull.NULL);
            } else if (!same(own, base.lines().get(key))) {
                written.line(file, key, own);
            }
        }
        TreeSet<String> derived = new TreeSet<>(tree.derived().keySet());
        base.derived().keySet().stream().filter(tree.lines()::containsKey).forEach(derived::add);
        for (String key : derived) {
            JsonObject own = tree.derived().getOrDefault(key, JsonObject.EMPTY);
            if (!own.equals(base.derived().getOrDefault(key, JsonObject.EMPTY))) {
                derived(half.folder(), nodeKey(rule, key), members(own));
            }
        }
    }

    private static boolean same(JsonObject a, JsonObject b) {
        return a.equals(b);
    }
}
