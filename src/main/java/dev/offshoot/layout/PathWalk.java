package dev.offshoot.layout;

import dev.offshoot.layout.FilePlace.Part;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the entities of paths, from the platform's folder down. For one thread. */
final class PathWalk {
    private static final String YAML = ".yaml";

    private final Layout layout;
    private final Predicate<TreePath> exists;
    /** Folders that were met: many files are in one. */
    private final Map<TreePath, Entity> folders = new HashMap<>();
    /** Folders such as {@code components}, in which all files are records of one kind. */
    private final Map<TreePath, Shelf> shelves = new HashMap<>();

    private record Shelf(Kind kind, Optional<Entity> owner) {}

    PathWalk(Layout layout, Predicate<TreePath> exists) {
        this.layout = layout;
        this.exists = exists;
    }

    /** What a file in the platform's folder is. */
    FilePlace place(TreePath file) {
        Shelf shelf = shelves.get(file.parent());
        return shelf != null && !file.name().endsWith(OrderFiles.SUFFIX)
                ? single(shelf.kind(), shelf.owner(), file)
                : walk(file);
    }

    private FilePlace walk(TreePath file) {
        List<String> segments = new ArrayList<>(file.segments());
        List<String> below = segments.subList(1, segments.size());
        List<Layout.Owned> candidates = candidates(layout.shared(), layout.root(), below);
        if (!candidates.isEmpty()) {
            Layout.Owned owned = candidates.get(0);
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
            return owned(candidates, Optional.empty(), layout.root(), below, file);
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
            List<Layout.Owned> candidates, Optional<Entity> owner, TreePath folder, List<String> rest, TreePath file) {
        Layout.Owned owned = candidates.get(0);
        if (owned.place().target() instanceof Placement.Target.Folder f) {
            int size = f.path().size();
            TreePath address = folder.child(String.join("/", rest.subList(0, size)));
            Entity entity = folders.computeIfAbsent(
                    address,
                    a -> new Entity(
                            a, owned.kind().name(), a.child(f.file() + YAML), owner, layout.scopeNames(owned.kind())));
            return below(entity, owned.kind(), f.file(), rest.subList(size, rest.size()), file);
        }
        if (candidates.size() == 1 && rest.size() > 1) {
            shelves.put(file.parent(), new Shelf(owned.kind(), owner));
        }
        return single(owned.kind(), owner, file);
    }

    /** A record that is a file, with those beside it that have its stem. */
    private FilePlace single(Kind kind, Optional<Entity> owner, TreePath file) {
        String stem = stem(file.name());
        TreePath folder = file.parent();
        Entity entity = new Entity(folder.child(stem), kind.name(), folder.child(stem + YAML), owner, Set.of());
        return new FilePlace(entity, part(kind, file.name().substring(stem.length())), Optional.empty());
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
        List<Layout.Owned> candidates = candidates(layout.ownedBy(kind), entity.address(), rest);
        if (!candidates.isEmpty()) {
            return owned(candidates, Optional.of(entity), entity.address(), rest, file);
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
        return name.startsWith(main + ".") ? Optional.of(part(kind, name.substring(main.length()))) : Optional.empty();
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
