package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.FilePlace.Part;
import dev.offshoot.model.FileName;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Which entity a file belongs to, told by its path alone: the counterpart of {@link NodeReader} for trees that are not read. For one
 * thread.
 */
public final class Places {
    /** The member of a half's main file that lists texts it has not. */
    public static final String WITHOUT = AnatomyWriter.WITHOUT;

    private static final String YAML = ".yaml";

    private final Layouts layouts;
    private final Predicate<TreePath> exists;
    private final Map<String, PathWalk> walks = new HashMap<>();

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
        return walks.computeIfAbsent(layout.get().platform(), p -> new PathWalk(layout.get(), exists))
                .place(file);
    }

    /** The entity that would stand at an address; that of a file which no kind has a place for when nothing would. */
    public Entity at(TreePath address) {
        Entity single = of(address.parent().child(address.name() + YAML)).entity();
        if (single.address().equals(address)) {
            return single;
        }
        Optional<Entity> inside = Optional.of(of(address.child("any" + YAML)).entity());
        while (inside.isPresent() && !inside.get().address().equals(address)) {
            inside = inside.get().owner();
        }
        return inside.orElse(single);
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

    /** A line of an arrangement with the names that its neighbours have after some moves. */
    JsonObject movedLine(FilePlace lines, JsonObject line, Map<TreePath, TreePath> moves) {
        Optional<TreeRule> tree = kind(lines.entity()).flatMap(k -> k.anatomy().tree());
        if (tree.isEmpty() || !(lines.part() instanceof Part.Arrangement)) {
            return line;
        }
        TreePath folder = lines.entity().address().child(tree.get().folder());
        JsonObject found = line;
        for (String member : List.of(TreeRule.IN, TreeRule.AFTER)) {
            Optional<String> name = line.text(member).filter(FileName::isPortable);
            if (name.isPresent()) {
                TreePath was = folder.child(name.get());
                TreePath now = Renaming.moved(was, moves);
                found = now.equals(was) ? found : found.with(member, JsonValue.of(now.name()));
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
}
