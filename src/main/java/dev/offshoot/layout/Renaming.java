package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlLine;
import dev.offshoot.format.YamlReader;
import dev.offshoot.format.YamlWriter;
import dev.offshoot.layout.FilePlace.Part;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Files as they read when what stands at some addresses stands at others: their paths, the references in them, the names in order files, and
 * in files of lines the keys and the neighbours. What a file says of itself, its name above all, is content and stays.
 */
public final class Renaming {
    private final Places places;
    private final Map<TreePath, TreePath> moves;

    /** @param moves new addresses by old ones; what stands below goes along, unless it has a move of its own */
    public Renaming(Layouts layouts, Map<TreePath, TreePath> moves) {
        this.places = new Places(layouts, path -> true);
        this.moves = Map.copyOf(moves);
    }

    /** Where the thing at an address stands then. */
    public static TreePath moved(TreePath address, Map<TreePath, TreePath> moves) {
        for (TreePath at = address; !at.isRoot(); at = at.parent()) {
            TreePath to = moves.get(at);
            if (to != null) {
                return at.equals(address) ? to : to.child(address.relativeTo(at));
            }
        }
        return address;
    }

    /** Where a file is then. */
    public TreePath path(TreePath file) {
        if (moves.isEmpty()) {
            return file;
        }
        FilePlace place = places.of(file);
        if (place.half().isEmpty()) {
            return path(file, place.entity().address());
        }
        TreePath definition = place.entity().definition().address();
        TreePath half = definition.child(place.half().get());
        if (!file.isWithin(half)) {
            return path(file, place.entity().address());
        }
        TreePath plain =
                path(definition.child(file.relativeTo(half)), place.entity().address());
        TreePath now = moved(definition, moves);
        return plain.isWithin(now) ? now.child(place.half().get()).child(plain.relativeTo(now)) : file;
    }

    private TreePath path(TreePath file, TreePath own) {
        TreePath to = moved(own, moves);
        if (file.equals(own)) {
            return to;
        }
        if (file.isWithin(own)) {
            return to.child(file.relativeTo(own));
        }
        boolean beside = file.parent().equals(own.parent()) && file.name().startsWith(own.name() + ".");
        return beside ? sibling(to, to.name() + file.name().substring(own.name().length())) : file;
    }

    private static TreePath sibling(TreePath path, String name) {
        return path.parent().child(name);
    }

    /** What a file says then. */
    public Content content(TreePath file, Content content) {
        if (moves.isEmpty() || !content.isText()) {
            return content;
        }
        FilePlace place = places.of(file);
        if (place.part() instanceof Part.Order) {
            return order(file, place, content);
        }
        if (place.part() instanceof Part.Derived || place.part() instanceof Part.Arrangement) {
            return lines(file, place, content);
        }
        String text = content.utf8();
        return Symbols.isIn(text) ? same(content, rewritten(place, text)) : content;
    }

    private static Content same(Content content, String text) {
        return text.equals(content.utf8()) ? content : Content.utf8(text);
    }

    private String rewritten(FilePlace place, String text) {
        TreePath now = moved(place.entity().address(), moves);
        Entity there = now.equals(place.entity().address()) ? place.entity() : places.at(now);
        return places.references(place.entity()).rewritten(text, this::moved, places.references(there));
    }

    /** Of an address with what is inside the file behind {@code #}. */
    private String moved(String address) {
        int hash = address.indexOf('#');
        String file = hash < 0 ? address : address.substring(0, hash);
        try {
            return moved(TreePath.of(file), moves) + (hash < 0 ? "" : address.substring(hash));
        } catch (Failure e) {
            return address; // somebody may have written anything into a reference
        }
    }

    private Content order(TreePath file, FilePlace place, Content content) {
        String name = file.name();
        String folder = name.substring(0, name.length() - OrderFiles.SUFFIX.length());
        TreePath base = place.entity().isFolder() ? place.entity().address().child(folder) : sibling(file, folder);
        String text = content.utf8()
                .lines()
                .map(line -> line.isBlank() ? line : name(base, line))
                .collect(Collectors.joining("\n", "", "\n"));
        return same(content, text);
    }

    private String name(TreePath folder, String line) {
        try {
            TreePath address = folder.child(line.strip());
            TreePath now = moved(address, moves);
            return now.equals(address) ? line : now.name();
        } catch (Failure e) {
            return line;
        }
    }

    private Content lines(TreePath file, FilePlace place, Content content) {
        List<YamlLine> before;
        try {
            before = YamlReader.lines(content.bytes(), file.value());
        } catch (Failure e) {
            return content; // whoever merges it will say so
        }
        Map<String, JsonValue> after = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>();
        boolean changed = false;
        for (YamlLine line : before) {
            String key = key(place, line.key());
            JsonValue value = line.value() instanceof JsonObject o ? places.movedLine(place, o, moves) : line.value();
            changed |= !key.equals(line.key()) || !value.equals(line.value());
            after.put(key, value);
            keys.add(line.key());
        }
        if (!changed) {
            return content;
        }
        List<String> order = new ArrayList<>(after.keySet());
        List<String> sorted = new ArrayList<>(keys);
        sorted.sort(CanonicalOrder.KEYS);
        if (keys.equals(sorted)) {
            Collections.sort(order, CanonicalOrder.KEYS);
        }
        StringBuilder text = new StringBuilder();
        order.forEach(key -> text.append(YamlWriter.line(key, CanonicalOrder.sort(after.get(key))))
                .append('\n'));
        return Content.utf8(text.toString());
    }

    private String key(FilePlace place, String key) {
        Entity entity = places.ofLine(place, key);
        if (entity.equals(place.entity())) {
            return key;
        }
        int hash = key.indexOf('#');
        String file = hash < 0 ? key : key.substring(0, hash);
        TreePath was = entity.address();
        TreePath now = moved(was, moves);
        TreePath folder = moved(place.entity().address(), moves);
        if (now.equals(was) && folder.equals(place.entity().address()) || !now.isWithin(folder)) {
            return key;
        }
        // Of a node of a tree the line has the name alone, of everything else the way from the folder.
        String shown = file.indexOf('/') < 0 ? now.name() : now.relativeTo(folder);
        return shown + (hash < 0 ? "" : key.substring(hash));
    }
}
