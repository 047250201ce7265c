package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlReader;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Removal;
import dev.offshoot.model.TreePath;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Reads a layout file. A wrong one is refused with file, place and reason; {@link LayoutLint} checks what only shows in the whole. */
final class LayoutReader {
    private final String file;

    private LayoutReader(String file) {
        this.file = file;
    }

    static Layout read(String file, byte[] bytes) {
        try {
            Layout layout = new LayoutReader(file).layout(YamlReader.read(bytes, file));
            LayoutLint.check(file, layout);
            return layout;
        } catch (Failure e) {
            throw e.reason() == Reason.INVALID_LAYOUT ? withLines(e, file, bytes) : e;
        }
    }

    /** Says the line in the place of the pointer, which moves into the message. */
    private static Failure withLines(Failure failure, String file, byte[] bytes) {
        Map<String, Integer> lines = YamlReader.places(bytes, file);
        return new Failure(failure.problems().stream()
                .map(p -> {
                    String pointer = p.where().substring(file.length() + 1);
                    String at = pointer;
                    while (!lines.containsKey(at) && !at.isEmpty()) {
                        at = at.substring(0, at.lastIndexOf('/'));
                    }
                    String place = file + ":" + lines.getOrDefault(at, 1);
                    return new Problem(p.reason(), place, pointer + ": " + p.message(), p.hint());
                })
                .toList());
    }

    private Layout layout(JsonValue value) {
        Spec top = new Spec(file, "", value).allow(LayoutWords.TOP);
        Map<String, Spec> specs = top.need("kinds").members();
        Map<String, Kind> kinds = new LinkedHashMap<>();
        specs.forEach((name, spec) -> kinds.put(name, kind(name, inherit(spec, specs, 0))));
        String platform = top.need("platform").text();
        TreePath root = root(top, platform);
        return new Layout(
                platform,
                root,
                top.need("recognise").items().stream().map(LayoutReader::tests).toList(),
                top.find("ids").map(this::idShape),
                top.find("document").map(LayoutReader::documentFile).orElse(Layout.DOCUMENT),
                top.find("document")
                        .filter(s -> s.value() instanceof JsonObject)
                        .flatMap(s -> s.find("list"))
                        .map(Spec::text),
                top.find("document")
                        .filter(s -> s.value() instanceof JsonObject)
                        .flatMap(s -> s.find("repeated"))
                        .filter(LayoutReader::isLast)
                        .isPresent(),
                whole(top),
                top.find("document")
                        .filter(s -> s.value() instanceof JsonObject)
                        .map(s -> textMap(s, "apart"))
                        .orElse(Map.of()),
                top.find("document")
                        .filter(s -> s.value() instanceof JsonObject)
                        .map(s -> s.members("only", WideDocuments::folder))
                        .map(WideDocuments::new)
                        .orElse(WideDocuments.NONE),
                ImportRules.read(top),
                kinds);
    }

    private static TreePath root(Spec top, String platform) {
        Spec name = top.has("root") ? top.need("root") : top.need("platform");
        for (String segment : top.text("root", platform).split("/", -1)) {
            segment(segment, name);
        }
        return TreePath.of(top.text("root", platform));
    }

    /** {@code document} is the name of its file, or a map that says more of the document as a whole. */
    private static String documentFile(Spec spec) {
        String name = spec.value() instanceof JsonObject ? spec.text("file", Layout.DOCUMENT) : spec.text();
        return segment(name, spec);
    }

    private static boolean isLast(Spec spec) {
        if (spec.text().equals("last")) {
            return true;
        }
        throw spec.wrong("of several members with one key only the last can count: repeated: last");
    }

    private Kind whole(Spec top) {
        Spec spec = top.find("document")
                .filter(s -> s.value() instanceof JsonObject)
                .orElseGet(() -> new Spec(file, "/document", JsonObject.EMPTY))
                .allow(LayoutWords.DOCUMENT);
        return kind(Layout.DOCUMENT, spec, Map.of(), List.of());
    }

    private IdShape idShape(Spec spec) {
        return switch (spec.text()) {
            case "uuid" -> IdShape.UUID;
            case "uuid-upper" -> IdShape.UPPER_UUID;
            case "hex24" -> IdShape.HEX24;
            default -> throw spec.wrong("unknown shape of ids; known: uuid, uuid-upper, hex24");
        };
    }

    /** A kind says {@code like: other} to start from the other's words. */
    private Spec inherit(Spec spec, Map<String, Spec> all, int depth) {
        spec.allow(LayoutWords.KIND);
        Optional<Spec> like = spec.find("like");
        if (like.isEmpty()) {
            return spec;
        }
        Spec base = all.get(like.get().text());
        if (base == null || depth > 8) {
            throw like.get().wrong(base == null ? "no such kind" : "kinds are like each other in a circle");
        }
        JsonObject.Builder merged = JsonObject.builder();
        // What it costs when records go says each kind for itself.
        merged.putAll(inherit(base, all, depth + 1).object().without(Set.of("removal", "data")));
        merged.putAll(spec.object());
        return new Spec(spec.file(), spec.where(), merged.build().without("like"));
    }

    private Kind kind(String name, Spec spec) {
        if (name.equals(Layout.DOCUMENT) || name.equals(Kind.SELF) || name.indexOf('|') >= 0) {
            throw spec.wrong("'" + name + "' cannot be the name of a kind");
        }
        KindLint.check(spec);
        Halves halves = halves(spec);
        List<Placement> places = spec.need("place").items().stream()
                .map(p -> placement(p, halves))
                .toList();
        return kind(name, spec, slots(spec), places);
    }

    private Kind kind(String name, Spec spec, Map<String, List<Kind.Slot>> slots, List<Placement> places) {
        Halves halves = halves(spec);
        List<Vaulted> vaulted =
                spec.items("vault").stream().flatMap(s -> Vaulted.of(s, halves)).toList();
        return new Kind(
                name,
                slots,
                spec.find("when").map(LayoutReader::tests).orElse(List.of()),
                unless(spec),
                identity(spec),
                spec.pointers("name"),
                places,
                isDocumentOrder(spec) ? List.of() : spec.pointers("order"),
                each(halves, spec.pointers("sets")),
                new LinkedHashSet<>(spec.texts("own")),
                spec.items("ledger").stream()
                        .filter(s -> !Sweeps.isSweep(s))
                        .flatMap(s -> HalfPointers.each(halves, s.pointer()))
                        .toList(),
                Sweeps.of(spec),
                textMap(spec, "fresh"),
                textMap(spec, "symbols"),
                spec.members("implied", this::implied).stream()
                        .flatMap(i -> HalfPointers.each(halves, i))
                        .toList(),
                spec.find("same-as").map(Spec::text),
                texts(spec, false),
                spec.members("facets", (facet, s) -> facet(segment(facet, s), s)),
                spec.find("binary").map(LayoutReader::binary),
                Stream.concat(
                                spec.items("withheld").stream()
                                        .map(this::withheld)
                                        .flatMap(w -> each(halves, w)),
                                vaulted.stream().map(Vaulted::place))
                        .toList(),
                vaulted,
                spec.items("requires").stream()
                        .map(s -> Requirement.of(
                                s,
                                each(halves, s.pointers("at")),
                                s.find("when").map(LayoutReader::tests).orElse(List.of())))
                        .toList(),
                spec.items("refs").stream().map(this::ref).toList(),
                spec.pointers("correlation"),
                spec.pointers("traits"),
                flags(spec),
                spec.items("builtin").stream().map(LayoutReader::tests).toList(),
                losses(spec),
                spec.members("satellites", (member, s) -> new Kind.Satellite(member, s.pointer())),
                anatomy(spec, halves));
    }

    private static List<Pointer> each(Halves halves, List<Pointer> pointers) {
        return pointers.stream().flatMap(p -> HalfPointers.each(halves, p)).toList();
    }

    private static Stream<Kind.Withheld> each(Halves halves, Kind.Withheld rule) {
        return HalfPointers.each(halves, rule.at()).map(at -> new Kind.Withheld(at, rule.when()));
    }

    private List<Kind.Text> texts(Spec spec, boolean inHalf) {
        return spec.items("text").stream()
                .map(this::text)
                .filter(t -> HalfPointers.isInHalf(t.at()) == inHalf)
                .map(t -> inHalf ? new Kind.Text(HalfPointers.within(t.at()), t.suffix(), t.when()) : t)
                .toList();
    }

    private static Halves halves(Spec spec) {
        List<Halves.Half> halves = spec.members(
                "halves",
                (folder, member) -> new Halves.Half(
                        segment(folder, member), member.pointer().isMember() ? member.text() : wrongMember(member)));
        if (halves.size() == 1) {
            throw spec.need("halves").wrong("at least two halves are needed");
        }
        return new Halves(halves, spec.find("park").map(Spec::pointer));
    }

    private static String wrongMember(Spec spec) {
        throw spec.wrong("a half is a direct member of the record");
    }

    private Anatomy anatomy(Spec spec, Halves halves) {
        List<Pointer> derived = spec.pointers("derived");
        List<Pointer> arrangement = spec.pointers("arrangement");
        Optional<TreeRule> tree = spec.find("tree").map(this::tree);
        return new Anatomy(
                halves,
                new Anatomy.Rules(
                        List.of(),
                        Stream.concat(derived.stream().filter(p -> !HalfPointers.isInHalf(p)), arrangement.stream())
                                .toList(),
                        Optional.empty()),
                new Anatomy.Rules(
                        texts(spec, true),
                        derived.stream()
                                .filter(HalfPointers::isInHalf)
                                .map(HalfPointers::within)
                                .toList(),
                        tree),
                arrangement);
    }

    private TreeRule tree(Spec spec) {
        spec.allow(LayoutWords.TREE);
        Pointer at = spec.need("at").pointer();
        if (!HalfPointers.isInHalf(at) || !at.isLiteral()) {
            throw spec.need("at").wrong("a tree stands at one place of a half: @/…");
        }
        Map<String, Pointer> implied = new LinkedHashMap<>();
        spec.find("implied").ifPresent(s -> s.members().forEach((k, v) -> implied.put(k, v.pointer())));
        return new TreeRule(
                HalfPointers.within(at),
                spec.text("children", "children"),
                spec.pointers("name"),
                segment(spec.need("folder").text(), spec.need("folder")),
                spec.find("fold").map(LayoutReader::tests).orElse(List.of()),
                implied,
                textMap(spec, "arrangement"),
                texts(spec, false),
                spec.pointers("derived"));
    }

    private static Map<String, String> textMap(Spec spec, String key) {
        Map<String, String> map = new LinkedHashMap<>();
        spec.find(key).ifPresent(s -> s.members().forEach((k, v) -> map.put(k, v.text())));
        return map;
    }

    private static Kind.Facet facet(String file, Spec spec) {
        if (!(spec.value() instanceof JsonObject)) {
            return new Kind.Facet(file, spec.pointer(), Optional.empty());
        }
        spec.allow(LayoutWords.FACET);
        return new Kind.Facet(
                file, spec.need("at").pointer(), Optional.of(spec.need("by").text()));
    }

    private static Kind.Binary binary(Spec spec) {
        spec.allow(LayoutWords.BINARY);
        return new Kind.Binary(spec.need("at").pointer(), spec.find("name").map(Spec::pointer));
    }

    private Kind.Ref ref(Spec spec) {
        if (!(spec.value() instanceof JsonObject)) {
            return new Kind.Ref(spec.pointer(), Set.of(), List.of());
        }
        spec.allow(LayoutWords.REF);
        return new Kind.Ref(
                spec.need("at").pointer(),
                new LinkedHashSet<>(spec.texts("kind")),
                spec.find("unless").map(LayoutReader::tests).orElse(List.of()));
    }

    private static Losses losses(Spec spec) {
        Removal.Grade removal = spec.find("removal").map(LayoutReader::grade).orElse(Removal.Grade.BEHAVIOUR);
        return new Losses(
                removal, spec.items("data").stream().map(LayoutReader::data).toList());
    }

    private static Removal.Grade grade(Spec spec) {
        return Stream.of(Removal.Grade.values())
                .filter(grade -> grade.word().equals(spec.text()))
                .findFirst()
                .orElseThrow(() -> spec.wrong("unknown grade; known: cosmetic, behaviour, data-loss"));
    }

    private static Losses.Data data(Spec spec) {
        if (!(spec.value() instanceof JsonObject)) {
            return new Losses.Data(Optional.empty(), Optional.empty(), List.of(spec.pointer()));
        }
        spec.allow(LayoutWords.DATA);
        Pointer items = spec.need("at").pointer();
        if (!items.endsWithStar()) {
            throw spec.need("at").wrong("a list of values, with * at the end, is expected here");
        }
        return new Losses.Data(Optional.of(items), Optional.of(spec.need("name").pointer()), spec.pointers("change"));
    }

    private static boolean isDocumentOrder(Spec spec) {
        return spec.has("order") && spec.texts("order").equals(List.of("document"));
    }

    private static Set<Kind.Flag> flags(Spec spec) {
        Set<Kind.Flag> flags = EnumSet.noneOf(Kind.Flag.class);
        if (isDocumentOrder(spec)) {
            flags.add(Kind.Flag.ORDERED);
        }
        for (Kind.Flag flag : Kind.Flag.values()) {
            if (spec.flag(flag.name().toLowerCase(java.util.Locale.ROOT))) {
                flags.add(flag);
            }
        }
        return flags;
    }

    /** {@code at} is the same in every container of {@code in}, or a map that says it for each. */
    private Map<String, List<Kind.Slot>> slots(Spec spec) {
        Map<String, List<Kind.Slot>> slots = new LinkedHashMap<>();
        Spec at = spec.need("at");
        if (at.value() instanceof JsonObject o && !o.has("list")) {
            at.members()
                    .forEach((container, s) -> slots.put(
                            container, s.items().stream().map(this::slot).toList()));
            return slots;
        }
        List<Kind.Slot> same = at.items().stream().map(this::slot).toList();
        (spec.has("in") ? spec.texts("in") : List.of(Layout.DOCUMENT)).forEach(c -> slots.put(c, same));
        return slots;
    }

    private Kind.Slot slot(Spec spec) {
        if (spec.value() instanceof JsonObject) {
            spec.allow(LayoutWords.SLOT);
            Pointer list = spec.need("list").pointer();
            return new Kind.Slot(list, spec.need("wrapper").pointer());
        }
        return new Kind.Slot(spec.pointer(), Pointer.SELF);
    }

    static List<Test> tests(Spec spec) {
        return spec.members().entrySet().stream()
                .map(e -> readable(
                        e.getValue(), () -> Test.parse(e.getKey(), e.getValue().text())))
                .toList();
    }

    /** What is read from a pattern that may be none. */
    static <T> T readable(Spec pattern, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (PatternSyntaxException bad) {
            throw pattern.wrong("not a pattern: " + bad.getDescription());
        }
    }

    private static Map<Set<String>, Pointer> unless(Spec spec) {
        Map<Set<String>, Pointer> map = new LinkedHashMap<>();
        spec.find("unless").ifPresent(s -> s.members().forEach((k, v) -> map.put(alternatives(k), v.pointer())));
        return map;
    }

    private static Set<String> alternatives(String text) {
        return new LinkedHashSet<>(List.of(text.split("\\|")));
    }

    private static Kind.Identity identity(Spec spec) {
        String scope = spec.text("scope", "instance");
        if (!Set.of("instance", "content").contains(scope)) {
            throw spec.need("scope").wrong("instance or content is expected here");
        }
        boolean instance = scope.equals("instance");
        if (!spec.has("id")) {
            return Kind.Identity.NONE;
        }
        String id = spec.need("id").text();
        return id.equals("$key")
                ? new Kind.Identity(Optional.empty(), true, instance)
                : new Kind.Identity(Optional.of(Pointer.parse(id)), false, instance);
    }

    private Kind.Implied implied(String field, Spec spec) {
        if (spec.value() instanceof JsonObject) {
            spec.allow(LayoutWords.IMPLIED);
            return new Kind.Implied(Pointer.parse(field), source(spec), spec.flag("optional"));
        }
        return new Kind.Implied(Pointer.parse(field), new Kind.Implied.Source.IdOf(alternatives(spec.text())), false);
    }

    private static Kind.Implied.Source source(Spec spec) {
        if (spec.has("same")) {
            return new Kind.Implied.Source.Same(spec.need("same").pointer());
        }
        if (spec.has("text")) {
            Spec text = spec.need("text");
            boolean list = text.value() instanceof JsonArray;
            if (list && text.items().size() != 1) {
                throw text.wrong("one text is expected in this list");
            }
            return new Kind.Implied.Source.Text(
                    ImpliedText.parse(list ? text.items().get(0).text() : text.text()), list);
        }
        if (spec.has("sibling")) {
            return new Kind.Implied.Source.Sibling(spec.need("sibling").text(), spec.texts("beside"));
        }
        return new Kind.Implied.Source.IdOf(new LinkedHashSet<>(spec.texts("id-of")));
    }

    private Kind.Text text(Spec spec) {
        spec.allow(LayoutWords.TEXT);
        String suffix = spec.need("suffix").text();
        if (!suffix.startsWith(".") || suffix.endsWith(".yaml") || !FileName.isPortable("x" + suffix)) {
            throw spec.need("suffix").wrong("a suffix starts with a dot, is portable and is not .yaml");
        }
        return new Kind.Text(
                spec.need("at").pointer(),
                suffix,
                spec.find("when").map(LayoutReader::tests).orElse(List.of()));
    }

    private Kind.Withheld withheld(Spec spec) {
        if (!(spec.value() instanceof JsonObject)) {
            return new Kind.Withheld(spec.pointer(), List.of());
        }
        spec.allow(LayoutWords.WITHHELD);
        return new Kind.Withheld(
                spec.need("at").pointer(),
                spec.find("beside").map(LayoutReader::tests).orElse(List.of()));
    }

    private Placement placement(Spec spec, Halves halves) {
        PlaceLint.check(spec);
        return new Placement(owner(spec, halves), target(spec));
    }

    private Placement.Owner owner(Spec spec, Halves halves) {
        if (spec.has("field")) {
            spec.need("kind");
            return new Placement.Owner.ByField(each(halves, spec.pointers("field")), spec.texts("kind"));
        }
        if (spec.has("listed")) {
            spec.need("kind");
            return new Placement.Owner.ByList(spec.pointers("listed"), spec.texts("kind"));
        }
        return switch (spec.need("under").text()) {
            case "container" -> new Placement.Owner.Container();
            case "root" -> new Placement.Owner.Root();
            default -> throw spec.need("under").wrong("container or root is expected here");
        };
    }

    private Placement.Target target(Spec spec) {
        if (spec.has("embed")) {
            Optional<Placement.By> by = spec.find("by")
                    .map(b -> b.value() instanceof JsonObject
                            ? new Placement.By(
                                    b.need("field").pointer(), b.find("kind").map(Spec::text))
                            : new Placement.By(b.pointer(), Optional.empty()));
            return new Placement.Target.Embed(
                    spec.need("embed").text(), by, spec.find("position").map(Spec::text));
        }
        if (spec.has("entry")) {
            return new Placement.Target.Entry(segment(spec.need("entry").text(), spec.need("entry")));
        }
        if (spec.has("folder")) {
            return new Placement.Target.Folder(
                    template(spec.need("folder")), segment(spec.need("file").text(), spec.need("file")));
        }
        return new Placement.Target.File(
                template(spec.need("file")), spec.find("flatten").map(Spec::text));
    }

    private static String segment(String text, Spec at) {
        if (!FileName.isPortable(text) || text.indexOf('.') >= 0) {
            throw at.wrong("not a portable file name without a dot: " + text);
        }
        return text;
    }

    private static Template template(Spec spec) {
        Template template = Template.parse(spec.text());
        long variable = template.segments().stream().filter(s -> !s.isFixed()).count();
        if (variable > 1 || variable == 1 && template.last().isFixed()) {
            throw spec.wrong("only the last segment may be variable");
        }
        for (Template.Segment s : template.segments()) {
            if (s.isFixed()) {
                segment(s.text(), spec);
            }
        }
        return template;
    }
}
