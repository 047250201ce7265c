package dev.offshoot.diff;

import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.Entity;
import dev.offshoot.layout.FilePlace.Part;
import dev.offshoot.layout.Places;
import dev.offshoot.model.Content;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What changed inside one entity that is there before and after. */
final class EntityDiff {
    private final Side before;
    private final Side after;
    private final Places places;
    private final Folding folding;
    private final Entity was;
    private final Entity is;
    private final Budget budget;
    private final List<Detail> details = new ArrayList<>();

    EntityDiff(Side before, Side after, Places places, Folding folding, Entity was, Entity is, Budget budget) {
        this.before = before;
        this.after = after;
        this.places = places;
        this.folding = folding;
        this.was = was;
        this.is = is;
        this.budget = budget;
    }

    /**
     * One piece of the entity.
     *
     * @param before its file, empty when it was not there
     * @param after its file, empty when it is gone
     */
    record Piece(Part part, Optional<String> half, Optional<TreePath> before, Optional<TreePath> after) {}

    List<Detail> compare(List<Piece> pieces) {
        for (Piece piece : pieces) {
            if (piece.half().isEmpty()) {
                one(piece);
            }
        }
        Set<String> halves = new TreeSet<>();
        pieces.forEach(p -> p.half().ifPresent(halves::add));
        for (String half : halves) {
            half(
                    half,
                    pieces.stream()
                            .filter(p -> p.half().equals(Optional.of(half)))
                            .toList(),
                    pieces);
        }
        return details;
    }

    private void one(Piece piece) {
        int found = details.size();
        int folded = folding.folded();
        if (piece.part() instanceof Part.Main) {
            yaml(piece, "", Optional.empty());
        } else if (piece.part() instanceof Part.Side side && !side.lines()) {
            yaml(piece, "/" + FieldDiff.escape(side.name()), Optional.empty());
        } else if (piece.part() instanceof Part.Side side) {
            items(piece, "/" + FieldDiff.escape(side.name()));
        } else if (piece.part() instanceof Part.Entries entries) {
            lines(piece, "/" + FieldDiff.escape(entries.name()));
        } else if (piece.part() instanceof Part.Order order) {
            order(piece, order.folder());
        } else if (piece.part() instanceof Part.Text text) {
            text(text.suffix(), Optional.empty(), text(before, piece.before()), text(after, piece.after()));
        } else if (piece.part() instanceof Part.Attachment attachment) {
            attachment(piece, attachment.suffix());
        }
        boolean onlyMoved =
                piece.before().flatMap(before::find).equals(piece.after().flatMap(after::find));
        if (details.size() == found && budget.more() == 0 && !onlyMoved) {
            int n = folding.folded() - folded;
            details.add(
                    n > 0 ? new Detail.References(piece.half(), n) : new Detail.Formatting(piece.half(), name(piece)));
        }
    }

    private static String name(Piece piece) {
        return piece.after().or(piece::before).map(TreePath::name).orElse("");
    }

    private void yaml(Piece piece, String pointer, Optional<String> half) {
        Optional<JsonValue> a = piece.before().flatMap(before::yaml);
        Optional<JsonValue> b = piece.after().flatMap(after::yaml);
        boolean unreadable =
                piece.before().isPresent() && a.isEmpty() || piece.after().isPresent() && b.isEmpty();
        if (unreadable) {
            text(".yaml", half, text(before, piece.before()), text(after, piece.after()));
        } else {
            fields(half, pointer, a, b);
        }
    }

    private void fields(Optional<String> half, String pointer, Optional<JsonValue> a, Optional<JsonValue> b) {
        FieldDiff fields = new FieldDiff(half, budget, value -> folding.folded(was, value));
        fields.compare(pointer, a.map(v -> folding.before(was, v)), b.map(v -> folding.after(is, v)));
        details.addAll(fields.found());
    }

    /** A file of lines whose order means something. */
    private void items(Piece piece, String pointer) {
        Map<String, JsonValue> a = piece.before().map(before::lines).orElse(Map.of());
        Map<String, JsonValue> b = piece.after().map(after::lines).orElse(Map.of());
        if (a.isEmpty() || b.isEmpty()) {
            yaml(piece, pointer, Optional.empty());
            return;
        }
        // Names of items may be references: those that moved are the same items.
        List<String> was =
                a.keySet().stream().map(k -> folding.before(this.was, k)).toList();
        List<String> is =
                b.keySet().stream().map(k -> folding.after(this.is, k)).toList();
        List<String> kept = was.stream().filter(is::contains).toList();
        List<String> now = is.stream().filter(was::contains).toList();
        if (!kept.equals(now) && budget.takeDetail()) {
            details.add(new Detail.Order(Optional.empty(), pointer, List.copyOf(a.keySet()), List.copyOf(b.keySet())));
        }
        fields(Optional.empty(), pointer, Optional.of(sorted(a)), Optional.of(sorted(b)));
    }

    private void lines(Piece piece, String pointer) {
        Map<String, JsonValue> a = piece.before().map(before::lines).orElse(Map.of());
        Map<String, JsonValue> b = piece.after().map(after::lines).orElse(Map.of());
        fields(Optional.empty(), pointer, Optional.of(sorted(a)), Optional.of(sorted(b)));
    }

    private static JsonValue sorted(Map<String, JsonValue> lines) {
        return JsonObject.of(new TreeMap<>(lines));
    }

    private void order(Piece piece, String folder) {
        List<String> a = names(text(before, piece.before()));
        List<String> b = names(text(after, piece.after()));
        List<String> was = a.stream().map(name -> movedName(folder, name)).toList();
        List<String> kept = was.stream().filter(b::contains).toList();
        List<String> now = b.stream().filter(was::contains).toList();
        boolean whole = piece.before().isEmpty() || piece.after().isEmpty();
        if ((whole || !kept.equals(now)) && budget.takeDetail()) {
            details.add(new Detail.Order(piece.half(), folder, a, b));
        }
    }

    private String movedName(String folder, String name) {
        String from = was.address() + "/" + folder + "/" + name;
        String to = folding.moved(from);
        return to.equals(from) ? name : to.substring(to.lastIndexOf('/') + 1);
    }

    private static List<String> names(Optional<String> order) {
        return order.stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .distinct()
                .toList();
    }

    private void text(String suffix, Optional<String> half, Optional<String> a, Optional<String> b) {
        String one = a.orElse("");
        String other = b.orElse("");
        String comparedOne = folding.before(was, one);
        String comparedOther = folding.after(is, other);
        if (comparedOne.equals(comparedOther)) {
            if (!one.equals(other)) {
                folding.folded(was, one);
            }
            return;
        }
        if (budget.takeDetail()) {
            Detail.Text text = budget.text(half, suffix, comparedOne, comparedOther, one, other);
            if (text.added() + text.removed() > 0) { // else only line ends
                details.add(text);
            }
        }
    }

    private void attachment(Piece piece, String suffix) {
        Optional<Content> a = piece.before().flatMap(before::find);
        Optional<Content> b = piece.after().flatMap(after::find);
        if (a.filter(c -> !c.isText()).isPresent() || b.filter(c -> !c.isText()).isPresent()) {
            details.add(new Detail.Attachment(piece.half(), suffix, a.map(Content::size), b.map(Content::size)));
        } else {
            text(suffix, piece.half(), a.map(Content::utf8), b.map(Content::utf8));
        }
    }

    private static Optional<String> text(Side side, Optional<TreePath> file) {
        return file.flatMap(side::find).map(Content::utf8);
    }

    // Halves: what is not written is as in the base.

    private void half(String half, List<Piece> own, List<Piece> all) {
        List<Detail> base = List.copyOf(details);
        int folded = folding.folded();
        List<Piece> lists = own.stream()
                .filter(p -> !(p.part() instanceof Part.Main) && !(p.part() instanceof Part.Text))
                .toList();
        for (Piece piece : lists) {
            yaml(piece, "/" + name(piece), Optional.of(half));
        }
        int found = details.size();
        boolean deployed = true;
        if (own.size() > lists.size()) {
            fields(Optional.of(half), "", main(before, was, half), main(after, is, half));
            deployed = same(main(after, is, half), main(after, is, ""));
            Set<String> suffixes = new TreeSet<>();
            for (Piece piece : all) {
                if (piece.part() instanceof Part.Text text) {
                    suffixes.add(text.suffix());
                }
            }
            for (String suffix : suffixes) {
                Optional<String> now = text(after, is, half, suffix);
                text(suffix, Optional.of(half), text(before, was, half, suffix), now);
                deployed &= now.equals(text(after, is, "", suffix));
            }
        }
        if (details.size() > found && deployed) {
            details.subList(found, details.size()).clear();
            details.add(new Detail.Deployed(Optional.of(half)));
        }
        boolean onlyMoved = own.stream()
                .allMatch(p -> p.before().flatMap(before::find).equals(p.after().flatMap(after::find)));
        if (details.isEmpty() && !onlyMoved) {
            int n = folding.folded() - folded;
            details.add(
                    n > 0
                            ? new Detail.References(Optional.of(half), n)
                            : new Detail.Formatting(Optional.of(half), is.main().name()));
        }
    }

    private static boolean same(Optional<JsonValue> a, Optional<JsonValue> b) {
        return a.map(FieldDiff::text).equals(b.map(FieldDiff::text));
    }

    private static TreePath at(Entity entity, String half, TreePath file) {
        TreePath definition = entity.definition().address();
        return half.isEmpty() ? file : definition.child(half + "/" + file.relativeTo(definition));
    }

    private static Optional<JsonValue> main(Side side, Entity entity, String half) {
        TreePath file = at(entity, half, entity.main());
        Optional<JsonValue> main = half.isEmpty() || !side.has(file) ? side.base(entity) : side.yaml(file);
        return main.filter(v -> !(v instanceof JsonNull))
                .map(v -> v instanceof JsonObject o ? o.without(Places.WITHOUT) : v);
    }

    private static Optional<String> text(Side side, Entity entity, String half, String suffix) {
        String stem = entity.main().value().substring(0, entity.main().value().length() - ".yaml".length());
        TreePath base = TreePath.of(stem + suffix);
        TreePath file = at(entity, half, base);
        if (half.isEmpty() || side.has(file)) {
            return side.find(file).map(Content::utf8);
        }
        boolean left = side.yaml(at(entity, half, entity.main()))
                .filter(main -> Places.without(main).contains(suffix))
                .isPresent();
        return left ? Optional.empty() : side.find(base).map(Content::utf8);
    }
}
