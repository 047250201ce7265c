package dev.offshoot.layout;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be wrong with a layout as a whole: names that do not exist, paths that two kinds claim, texts that nobody could put back. */
final class LayoutLint {
    private final String file;
    private final Layout layout;

    private LayoutLint(String file, Layout layout) {
        this.file = file;
        this.layout = layout;
    }

    static void check(String file, Layout layout) {
        LayoutLint lint = new LayoutLint(file, layout);
        if (layout.recognise().isEmpty()) {
            throw lint.wrong("/recognise", "at least one test is needed, or no document is ever recognised");
        }
        layout.apart().forEach((at, k) -> {
            lint.known("/document/apart/" + Pointer.escape(at), k);
            if (!Pointer.parse(at).isLiteral() || !layout.kind(k).isIn(Layout.DOCUMENT)) {
                throw lint.wrong(
                        "/document/apart/" + Pointer.escape(at), "one place, and a kind that is cut from the document");
            }
        });
        layout.wide().folders().forEach(f -> f.kinds().forEach(k -> lint.known("/document/only/" + f.name(), k)));
        lint.listDocument();
        layout.kinds().values().forEach(lint::kind);
        layout.imports().rules().forEach((name, rule) -> {
            rule.sets().keySet().forEach(k -> lint.known("/imports/" + name + "/set", k));
            rule.renames().keySet().forEach(k -> lint.known("/imports/" + name + "/renames", k));
        });
        lint.paths("the platform's folder", layout.shared());
        layout.kinds().values().forEach(k -> lint.paths("the folder of " + k.name(), layout.ownedBy(k)));
        if (!layout.isByContent()) {
            lint.scopes();
        }
    }

    private Failure wrong(String where, String reason) {
        return Failure.of(Reason.INVALID_LAYOUT, file + ":" + where, reason);
    }

    /** Of a document that is a list, kinds see a map with one member. */
    private void listDocument() {
        layout.list()
                .ifPresent(list -> layout.slotsOf(Layout.DOCUMENT).forEach((slot, kinds) -> {
                    if (slot.at().isSelf() || !slot.at().first().equals(list)) {
                        throw wrong(
                                "/kinds/" + kinds.get(0).name() + "/at",
                                "the document is a list, and kinds find it under '" + list + "'");
                    }
                }));
    }

    private void kind(Kind kind) {
        String where = "/kinds/" + kind.name();
        for (String container : kind.containers()) {
            if (!container.equals(Layout.DOCUMENT)) {
                known(where + "/in", container);
            }
        }
        for (Placement place : kind.places()) {
            if (place.owner() instanceof Placement.Owner.ByField f) {
                f.kinds().forEach(k -> known(where + "/place", k));
            }
            if (place.owner() instanceof Placement.Owner.ByList l) {
                l.kinds().forEach(k -> known(where + "/place", k));
            }
            if (place.target() instanceof Placement.Target.File f) {
                f.flatten().ifPresent(k -> known(where + "/place", k));
            }
            if (place.target() instanceof Placement.Target.Embed e && e.by().isPresent()) {
                e.by().get().kind().ifPresent(k -> known(where + "/place", k));
            }
        }
        kind.sameAs().ifPresent(k -> known(where + "/same-as", k));
        Map<String, Pointer> suffixes = new HashMap<>();
        for (Kind.Text text : kind.texts()) {
            Pointer before = suffixes.putIfAbsent(text.suffix(), text.at());
            if (before != null && !before.equals(text.at())) {
                throw wrong(
                        where + "/text",
                        "suffix " + text.suffix() + " stands for both " + before + " and " + text.at());
            }
            if (!text.at().isLiteral()) {
                throw wrong(where + "/text", "a source file needs one place, not a pattern: " + text.at());
            }
        }
        for (Kind.Facet facet : kind.facets()) {
            if (!facet.at().isLiteral() || facet.at().isSelf()) {
                throw wrong(where + "/facets", "a side file needs one place, not a pattern: " + facet.at());
            }
        }
        kind.refs().forEach(r -> r.kinds().forEach(k -> known(where + "/refs", k)));
        kind.requires().forEach(r -> r.kinds().forEach(k -> known(where + "/requires", k)));
        kind.binary().ifPresent(b -> {
            if (!b.at().isLiteral() || b.at().isSelf()) {
                throw wrong(where + "/binary", "a side file needs one place, not a pattern: " + b.at());
            }
        });
        PartsLint.check(layout, kind, (word, reason) -> wrong(where + word, reason));
        impliedInACircle(kind, where);
        openPlaces(kind, where);
    }

    private void openPlaces(Kind kind, String where) {
        kind.slots()
                .values()
                .forEach(slots -> slots.forEach(slot -> {
                    int any = slot.at().steps().indexOf("?");
                    if (any >= 0 && (any != 0 || slot.at().steps().size() > 1)) {
                        throw wrong(
                                where + "/at",
                                "? stands for one member of the container itself, not for a place deeper: "
                                        + slot.at());
                    }
                }));
        boolean isRest = layout.slotsOf(kind.name()).keySet().stream()
                .anyMatch(slot -> slot.at().isSelf());
        if (!kind.own().isEmpty() && !isRest) {
            throw wrong(where + "/own", "no kind is the rest of this one: none in it has an empty at");
        }
    }

    private void impliedInACircle(Kind kind, String where) {
        Map<Pointer, Set<Pointer>> from = new LinkedHashMap<>();
        kind.implied()
                .forEach(i -> from.computeIfAbsent(i.field(), f -> new LinkedHashSet<>())
                        .addAll(sources(i.source())));
        from.keySet().forEach(start -> follow(start, start, from, new HashSet<>(), where));
    }

    private static Set<Pointer> sources(Kind.Implied.Source source) {
        if (source instanceof Kind.Implied.Source.Same same) {
            return Set.of(same.other());
        }
        Set<Pointer> fields = new LinkedHashSet<>();
        if (source instanceof Kind.Implied.Source.Text text) {
            List<String> pieces = text.text().pieces();
            for (int i = 1; i < pieces.size(); i += 2) {
                if (!pieces.get(i).equals(ImpliedText.NAME) && !pieces.get(i).startsWith(ImpliedText.OWNER)) {
                    fields.add(Pointer.parse(pieces.get(i)));
                }
            }
        }
        return fields;
    }

    private void follow(Pointer start, Pointer at, Map<Pointer, Set<Pointer>> from, Set<Pointer> seen, String where) {
        for (Pointer next : from.getOrDefault(at, Set.of())) {
            if (next.equals(start)) {
                throw wrong(where + "/implied", start + " is implied by itself");
            }
            if (seen.add(next)) {
                follow(start, next, from, seen, where);
            }
        }
    }

    private void known(String where, String kind) {
        if (!layout.kinds().containsKey(kind)) {
            throw wrong(where, "no such kind: " + kind);
        }
    }

    /** No two placements in one folder may make the same path. */
    private void paths(String folder, List<Layout.Owned> owned) {
        List<String> shapes = new ArrayList<>();
        for (Layout.Owned o : owned) {
            String shape = shape(o.place().target());
            if (!shape.isEmpty()) {
                String claimed = o.kind().name() + " " + shape;
                for (String other : shapes) {
                    if (other.substring(other.indexOf(' ') + 1).equals(shape)
                            && !other.startsWith(o.kind().name() + " ")) {
                        throw wrong(
                                "/kinds/" + o.kind().name() + "/place",
                                "in " + folder + " the path " + shape + " is also that of "
                                        + other.substring(0, other.indexOf(' ')));
                    }
                }
                shapes.add(claimed);
            }
        }
    }

    private static String shape(Placement.Target target) {
        if (target instanceof Placement.Target.File f) {
            return variable(f.path()) + ".yaml";
        }
        return target instanceof Placement.Target.Folder d ? variable(d.path()) + "/" + d.file() + ".yaml" : "";
    }

    private static String variable(Template path) {
        return String.join(
                "/",
                path.segments().stream().map(s -> s.isFixed() ? s.text() : "*").toList());
    }

    /** A reference starts with the name of a child folder, which must tell the folder it stands in. */
    private void scopes() {
        for (Kind outer : layout.kinds().values()) {
            for (Layout.Owned owned : layout.ownedBy(outer)) {
                if (owned.place().target() instanceof Placement.Target.Folder && owned.kind() != outer) {
                    Set<String> shared = new HashSet<>(layout.scopeNames(outer));
                    shared.retainAll(layout.scopeNames(owned.kind()));
                    if (!shared.isEmpty()) {
                        throw wrong(
                                "/kinds/" + owned.kind().name() + "/place",
                                "the folders " + shared + " stand both in "
                                        + owned.kind().name() + " and in " + outer.name() + " around it");
                    }
                }
            }
        }
    }
}
