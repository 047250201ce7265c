package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.FilePlace.Part;
import dev.offshoot.model.FileName;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Which entity a file belongs to, told by its path alone: the counterpart of {@link NodeReader} for trees that are not read. */
public final class Places {
    /** The member of a half's main file that lists texts it has not. */
    public static final String WITHOUT = AnatomyWriter.WITHOUT;

    private static final String YAML = ".yaml";

    private final Layouts layouts;
    private final Predicate<TreePath> exists;

    /** @param exists tells two kinds with places of one shape apart: the one whose main file is there is meant */
    public Places(Layouts layouts, Predicate<TreePath> exists) {
        this.layouts = layouts;
        this.exists = exists;
    }

    /** What a file is. Total: what no kind has a place for is an entity of its own. */
    public FilePlace of(TreePath file) {
        Optional<Layout> layout = layouts.at(file);
        if (layout.isEmpty() || file.equals(layout.get().root())) {
            return new FilePlace(Entity.file(file), new Part.Attachment(""), Optional.empty());
        }
        return new Walk(layout.get()).place(file);
    }

    /** The entity that a line of a line file speaks of. */
    public Entity ofLine(FilePlace lines, String key) {
        Entity folder = lines.entity();
        String file = key.indexOf('#') < 0 ? key : key.substring(0, key.indexOf('#'));
        if (file.equals(TreeRule.ROOT) || file.isEmpty()) {
            return folder;
        }
        Optional<TreeRule> tree = kind(folder).flatMap(k -> k.anatomy().tree());
        String below = tree.isPresent() && lines.part() instanceof Part.Arrangement && file.indexOf('/') < 0
                ? tree.get().folder() + "/" + file
                : file;
        boolean portable = List.of(below.split("/", -1)).stream().allMatch(FileName::isPortable);
        if (!portable) {
            return folder;
        }
        Entity found = of(folder.address().child(below + YAML)).entity();
        return found.kind().equals(Entity.FILE) ? folder : found;
    }

    /**
     * A line of an arrangement with whole addresses for the names of neighbours.
     *
     * @param moved where the thing at an address stands now
     */
    public JsonObject absoluteLine(FilePlace lines, JsonObject line, UnaryOperator<String> moved) {
        Optional<TreeRule> tree = kind(lines.entity()).flatMap(k -> k.anatomy().tree());
        if (tree.isEmpty() || !(lines.part() instanceof Part.Arrangement)) {
            return line;
        }
        String folder = lines.entity().address() + "/" + tree.get().folder() + "/";
        JsonObject found = line;
        for (String member : List.of(TreeRule.IN, TreeRule.AFTER)) {
            Optional<String> name = line.text(member);
            if (name.isPresent()) {
                found = found.with(member, JsonValue.of(moved.apply(folder + name.get())));
            }
        }
        return found;
    }

    /** True for a member of an arrangement's line that changes when a neighbour comes or goes. */
    public static boolean isNeighbour(String member) {
        return member.equals(TreeRule.AFTER);
    }

    /** The name of an entity, as its main file says it. */
    public Optional<String> name(Entity entity, JsonValue main) {
        Optional<TreeRule> tree = treeOf(entity);
        List<Pointer> names = tree.map(TreeRule::names)
                .or(() -> kind(entity)
                        .map(k -> k.names().stream()
                                .flatMap(p -> HalfPointers.each(k.anatomy().halves(), p))
                                .toList()))
                .orElse(List.of());
        return names.stream()
                .flatMap(p -> p.get(main).flatMap(Values::text).stream())
                .filter(t -> !t.isBlank())
                .map(Symbols::plain)
                .findFirst();
    }

    /** Pointers at which the main file of an entity may hold its name. */
    public List<String> nameFields(Entity entity) {
        return treeOf(entity)
                .map(TreeRule::names)
                .or(() -> kind(entity)
                        .map(k -> k.names().stream()
                                .flatMap(p -> HalfPointers.each(k.anatomy().halves(), p))
                                .toList()))
                .orElse(List.of())
                .stream()
                .map(Pointer::toString)
                .toList();
    }

    /** The id of an entity where ids are content, as its main file says it. */
    public Optional<String> contentId(Entity entity, JsonValue main) {
        Optional<Kind> kind = kind(entity);
        if (kind.isEmpty() || kind.get().identity().instance()) {
            return Optional.empty();
        }
        if (kind.get().writesKey()) {
            return main instanceof JsonObject o ? o.text(Embedding.KEY).map(Symbols::plain) : Optional.empty();
        }
        return kind.get().identity().at().flatMap(p -> p.get(main)).flatMap(Values::text);
    }

    /** The id that a ledger has for an entity. */
    public Optional<String> id(Entity entity, Ledger ledger) {
        Optional<Kind.Identity> identity = kind(entity).map(Kind::identity).filter(Kind.Identity::instance);
        if (identity.isEmpty()) {
            return Optional.empty();
        }
        if (identity.get().isKey()) {
            return Optional.ofNullable(
                            ledger.entry(entity.address().value()).facts().get("$key"))
                    .flatMap(Values::text);
        }
        return identity.get().at().flatMap(at -> ledger.idOf(entity.address(), at));
    }

    /** The member of a main file in which its base half stands; empty where the kind has no halves. */
    public Optional<String> baseHalf(Entity entity) {
        return kind(entity)
                .map(k -> k.anatomy().halves())
                .filter(h -> !h.isNone())
                .map(h -> h.base().member());
    }

    /** Suffixes of texts that a half's main file says it has not. */
    public static List<String> without(JsonValue halfMain) {
        List<String> found = new ArrayList<>();
        if (halfMain instanceof JsonObject o) {
            o.array(WITHOUT).ifPresent(list -> list.forEach(v -> Values.text(v).ifPresent(found::add)));
        }
        return found;
    }

    /** References in the files of an entity. */
    public References references(Entity from) {
        List<Scope.Folder> folders = new ArrayList<>();
        for (Optional<Entity> at = Optional.of(from);
                at.isPresent();
                at = at.get().owner()) {
            if (at.get().isFolder()) {
                folders.add(
                        new Scope.Folder(at.get().address().value(), at.get().children()));
            }
        }
        String root = layouts.at(from.address()).map(l -> l.root().value()).orElse("");
        return new References(new Scope(root, from.address().value(), folders));
    }

    private Optional<Kind> kind(Entity entity) {
        return layouts.at(entity.address()).map(l -> l.kind(entity.kind()));
    }

    /** The rule of the tree that an entity is a node of. */
    private Optional<TreeRule> treeOf(Entity entity) {
        return kind(entity).isPresent()
                ? Optional.empty()
                : entity.owner().flatMap(this::kind).flatMap(k -> k.anatomy().tree());
    }

    /** One path, from the platform's folder down. */
    private final class Walk {
        private final Layout layout;

        Walk(Layout layout) {
            this.layout = layout;
        }

        FilePlace place(TreePath file) {
            List<String> segments = new ArrayList<>(file.segments());
            for (Layout.Owned owned :
                    candidates(layout.shared(), layout.root(), segments.subList(1, segments.size()))) {
                int size = Shared.template(owned).size();
                List<String> rest = segments.subList(1 + size, segments.size());
                // Of a definition's halves, all but the base are parallel folders in it.
                if (rest.size() > 1 && layout.halfFolders().contains(rest.get(0))) {
                    String half = rest.get(0);
                    TreePath address = at(segments.subList(0, 1 + size));
                    TreePath base = address.child(String.join("/", rest.subList(1, rest.size())));
                    FilePlace place = place(base);
                    return new FilePlace(place.entity(), place.part(), Optional.of(half));
                }
                return owned(owned, Optional.empty(), layout.root(), segments.subList(1, segments.size()), file);
            }
            return outside(file);
        }

        private FilePlace outside(TreePath file) {
            String name = file.name();
            if (name.equals(layout.document() + YAML)) {
                return new FilePlace(document(file.parent(), file), new Part.Main(), Optional.empty());
            }
            if (name.endsWith(OrderFiles.SUFFIX)) {
                return new FilePlace(
                        document(file.parent(), file.parent().child(layout.document() + YAML)),
                        new Part.Order(cut(name, OrderFiles.SUFFIX)),
                        Optional.empty());
            }
            return new FilePlace(Entity.file(file), new Part.Attachment(""), Optional.empty());
        }

        private Entity document(TreePath address, TreePath main) {
            return new Entity(address, Entity.DOCUMENT, main, Optional.empty(), Set.of());
        }

        /** The file belongs to a record of this placement, or to one below it. */
        private FilePlace owned(
                Layout.Owned owned, Optional<Entity> owner, TreePath folder, List<String> rest, TreePath file) {
            if (owned.place().target() instanceof Placement.Target.Folder f) {
                int size = f.path().size();
                TreePath address = folder.child(String.join("/", rest.subList(0, size)));
                Entity entity = new Entity(
                        address,
                        owned.kind().name(),
                        address.child(f.file() + YAML),
                        owner,
                        layout.scopeNames(owned.kind()));
                return below(entity, owned.kind(), f.file(), rest.subList(size, rest.size()), file);
            }
            String stem = stem(file.name());
            TreePath address = file.parent().child(stem);
            Entity entity =
                    new Entity(address, owned.kind().name(), file.parent().child(stem + YAML), owner, Set.of());
            return new FilePlace(entity, part(owned.kind(), file.name().substring(stem.length())), Optional.empty());
        }

        private FilePlace below(Entity entity, Kind kind, String main, List<String> rest, TreePath file) {
            if (rest.size() == 1) {
                Optional<Part> own = ownPart(kind, main, rest.get(0), entity.isDefinition());
                if (own.isPresent()) {
                    return new FilePlace(entity, own.get(), Optional.empty());
                }
            }
            Optional<TreeRule> tree = kind.anatomy().tree();
            if (tree.isPresent()
                    && rest.size() == 2
                    && rest.get(0).equals(tree.get().folder())) {
                return node(entity, tree.get(), file);
            }
            for (Layout.Owned owned : candidates(layout.ownedBy(kind), entity.address(), rest)) {
                return owned(owned, Optional.of(entity), entity.address(), rest, file);
            }
            if (file.name().endsWith(OrderFiles.SUFFIX)) {
                String folder = cut(file.relativeTo(entity.address()), OrderFiles.SUFFIX);
                return new FilePlace(entity, new Part.Order(folder), Optional.empty());
            }
            return new FilePlace(
                    new Entity(file, Entity.FILE, file, Optional.of(entity), Set.of()),
                    new Part.Attachment(""),
                    Optional.empty());
        }

        private FilePlace node(Entity folder, TreeRule rule, TreePath file) {
            String stem = stem(file.name());
            Entity node = new Entity(
                    file.parent().child(stem),
                    singular(rule.folder()),
                    file.parent().child(stem + YAML),
                    Optional.of(folder),
                    Set.of());
            String suffix = file.name().substring(stem.length());
            Part part = suffix.equals(YAML) ? new Part.Main() : new Part.Text(suffix);
            return new FilePlace(node, part, Optional.empty());
        }

        /** A file directly in the folder of a record that is its own. */
        private Optional<Part> ownPart(Kind kind, String main, String name, boolean definition) {
            if (name.equals(main + YAML)) {
                return Optional.of(new Part.Main());
            }
            if (layout.hasLines() && name.equals(Anatomy.DERIVED + YAML)) {
                return Optional.of(new Part.Derived());
            }
            if (layout.hasLines() && name.equals(Anatomy.ARRANGEMENT + YAML)) {
                return Optional.of(new Part.Arrangement());
            }
            if (definition && name.equals(layout.document() + YAML)) {
                return Optional.of(new Part.Side(layout.document(), false));
            }
            for (Kind.Facet facet : kind.facets()) {
                if (name.equals(facet.file() + YAML)) {
                    return Optional.of(new Part.Side(facet.file(), facet.by().isPresent()));
                }
            }
            for (Layout.Owned entries : layout.entriesOf(kind)) {
                if (name.equals(RecordReader.entryFile(entries) + YAML)) {
                    return Optional.of(new Part.Entries(RecordReader.entryFile(entries)));
                }
            }
            return name.startsWith(main + ".")
                    ? Optional.of(part(kind, name.substring(main.length())))
                    : Optional.empty();
        }

        /** What a file with the stem of a record is, by what follows. */
        private Part part(Kind kind, String suffix) {
            if (suffix.equals(YAML)) {
                return new Part.Main();
            }
            for (Kind.Facet facet : kind.facets()) {
                if (suffix.equals("." + facet.file() + YAML)) {
                    return new Part.Side(facet.file(), facet.by().isPresent());
                }
            }
            for (Layout.Owned entries : layout.entriesOf(kind)) {
                if (suffix.equals("." + RecordReader.entryFile(entries) + YAML)) {
                    return new Part.Entries(RecordReader.entryFile(entries));
                }
            }
            boolean text = kind.texts().stream().anyMatch(t -> t.suffix().equals(suffix))
                    || kind.anatomy().half().texts().stream()
                            .anyMatch(t -> t.suffix().equals(suffix));
            return text ? new Part.Text(suffix) : new Part.Attachment(suffix);
        }

        /** Placements that a path fits; those whose main file is there come first. */
        private List<Layout.Owned> candidates(List<Layout.Owned> all, TreePath folder, List<String> rest) {
            List<Layout.Owned> there = new ArrayList<>();
            List<Layout.Owned> others = new ArrayList<>();
            for (Layout.Owned owned : all) {
                mainFile(owned, folder, rest).ifPresent(main -> (exists.test(main) ? there : others).add(owned));
            }
            there.addAll(others);
            return there;
        }

        private Optional<TreePath> mainFile(Layout.Owned owned, TreePath folder, List<String> rest) {
            if (owned.place().target() instanceof Placement.Target.Folder f) {
                int size = f.path().size();
                return rest.size() > size && f.path().matches(rest.subList(0, size))
                        ? Optional.of(folder.child(String.join("/", rest.subList(0, size)) + "/" + f.file() + YAML))
                        : Optional.empty();
            }
            if (owned.place().target() instanceof Placement.Target.File f
                    && rest.size() == f.path().size()) {
                String last = rest.get(rest.size() - 1);
                List<String> named = new ArrayList<>(rest.subList(0, rest.size() - 1));
                named.add(stem(last));
                boolean order = last.endsWith(OrderFiles.SUFFIX);
                return !order && f.path().matches(named)
                        ? Optional.of(folder.child(String.join("/", named) + YAML))
                        : Optional.empty();
            }
            return Optional.empty();
        }
    }

    private static TreePath at(List<String> segments) {
        return TreePath.of(String.join("/", segments));
    }

    /** A name up to its first dot, which is never its first character. */
    private static String stem(String fileName) {
        int dot = fileName.indexOf('.', 1);
        return dot < 0 ? fileName : fileName.substring(0, dot);
    }

    private static String cut(String text, String end) {
        return text.substring(0, text.length() - end.length());
    }

    private static String singular(String folder) {
        return folder.endsWith("s") ? folder.substring(0, folder.length() - 1) : folder;
    }
}
