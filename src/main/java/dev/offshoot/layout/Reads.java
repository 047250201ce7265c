package dev.offshoot.layout;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The places of a record that decide about more than its own files: which records there are, who owns them, what they are called, in what order
 * they stand, what is withheld, what leads where. Derived from a layout; what is at none of them is a record's own affair, and can
 * change without a look at any other record.
 */
final class Reads {
    /** How far a look goes. */
    private enum Look {
        /** At one value: nothing changes for it when something inside that does. */
        VALUE,
        /** At all that is in the value. */
        INSIDE,
        /** The same, but for the records in it, which have reads of their own. */
        LIST
    }

    private record Place(Pointer at, Look look) {}

    private final Map<Kind, List<Place>> places = new IdentityHashMap<>();
    private final Layout layout;

    Reads(Layout layout) {
        this.layout = layout;
        places.put(layout.whole(), new ArrayList<>());
        layout.kinds().values().forEach(k -> places.put(k, new ArrayList<>()));
        own(layout.whole());
        slots(layout.whole(), Layout.DOCUMENT);
        for (Kind kind : layout.kinds().values()) {
            own(kind);
            slots(kind, kind.name());
            fit(kind);
            placed(kind);
            texts(kind).forEach(t -> t.when().forEach(this::hop));
            kind.anatomy().tree().ifPresent(tree -> tree.fold().forEach(this::hop));
            implied(kind);
        }
    }

    /** True when a change at a place of a record can have to do with more than its own files. */
    boolean touch(Kind kind, List<String> changed) {
        return places.get(kind).stream().anyMatch(p -> meets(p.at(), changed, p.look() != Look.VALUE));
    }

    /** The same for a change in a record that stands in a list of this one. */
    boolean touchFromInside(Kind container, List<String> changed) {
        return places.get(container).stream().anyMatch(p -> meets(p.at(), changed, p.look() == Look.INSIDE));
    }

    /** True when a place is nothing but a fact of the instance, which stands in no file. */
    static boolean isFact(Kind kind, List<String> changed) {
        return kind.ledger().stream().anyMatch(p -> covers(p.steps(), 0, changed, 0));
    }

    private void own(Kind kind) {
        kind.identity().at().ifPresent(p -> add(kind, p, Look.VALUE));
        Stream.of(kind.names(), kind.order(), kind.correlations(), kind.traits())
                .flatMap(List::stream)
                .forEach(p -> add(kind, p, Look.VALUE));
        kind.symbols().keySet().forEach(field -> add(kind, Pointer.parse(field), Look.VALUE));
        for (Kind.Withheld rule : kind.withheld()) {
            add(kind, rule.when().isEmpty() ? rule.at() : rule.at().parent(), Look.INSIDE);
        }
        for (Kind.Ref rule : kind.refs()) {
            add(kind, rule.at(), Look.INSIDE);
            rule.unless().forEach(t -> everywhere(t.at()));
        }
    }

    private void slots(Kind kind, String name) {
        layout.slotsOf(name).forEach((slot, kinds) -> {
            if (!slot.at().isSelf()) {
                add(kind, slot.at(), Look.LIST);
                Pointer list = slot.at().parent();
                kinds.stream()
                        .flatMap(k -> k.satellites().stream())
                        .forEach(s -> add(kind, s.map().in(list.parent()), Look.INSIDE));
            }
        });
    }

    /** What decides of which kind a record is: the tests of every kind that can stand in the same place. */
    private void fit(Kind kind) {
        for (String container : kind.containers()) {
            for (Kind.Slot slot : kind.slotsIn(container)) {
                for (Kind rival : layout.slotsOf(container).get(slot)) {
                    rival.when().forEach(t -> add(kind, t.at(), Look.VALUE));
                    rival.satellites().forEach(s -> add(kind, new Pointer(List.of(s.member())), Look.INSIDE));
                }
            }
        }
        kind.unless()
                .forEach((kinds, at) -> kinds.stream()
                        .map(layout::kind)
                        .filter(places::containsKey)
                        .forEach(k -> add(k, at, Look.VALUE)));
    }

    private void placed(Kind kind) {
        for (Placement place : kind.places()) {
            if (place.owner() instanceof Placement.Owner.ByField f) {
                f.fields().forEach(p -> add(kind, p, Look.VALUE));
            }
            if (place.owner() instanceof Placement.Owner.ByList l) {
                l.kinds().forEach(k -> l.lists().forEach(p -> add(layout.kind(k), p, Look.INSIDE)));
            }
            if (place.target() instanceof Placement.Target.Embed e) {
                e.by().ifPresent(by -> add(kind, by.field(), Look.VALUE));
            }
            if (place.target() instanceof Placement.Target.File f) {
                variables(kind, f.path());
            }
            if (place.target() instanceof Placement.Target.Folder f) {
                variables(kind, f.path());
            }
        }
    }

    private void variables(Kind kind, Template template) {
        template.segments().stream()
                .flatMap(s -> s.variables().stream())
                .flatMap(List::stream)
                .forEach(v -> add(kind, Pointer.parse(v), Look.VALUE));
    }

    private static Stream<Kind.Text> texts(Kind kind) {
        Anatomy anatomy = kind.anatomy();
        return Stream.of(
                        kind.texts(),
                        anatomy.outer().texts(),
                        anatomy.half().texts(),
                        anatomy.tree().map(TreeRule::texts).orElse(List.of()))
                .flatMap(List::stream);
    }

    /** A test that looks at the record which another one refers to can look at any. */
    private void hop(Test test) {
        test.hop().ifPresent(this::everywhere);
    }

    /** Fields made of the owner's. */
    private void implied(Kind kind) {
        for (Kind.Implied rule : kind.implied()) {
            if (rule.source() instanceof Kind.Implied.Source.Text text) {
                List<String> pieces = text.text().pieces();
                for (int i = 1; i < pieces.size(); i += 2) {
                    if (pieces.get(i).startsWith(ImpliedText.OWNER)) {
                        everywhere(Pointer.parse(pieces.get(i).substring(ImpliedText.OWNER.length())));
                    }
                }
            }
        }
    }

    private void everywhere(Pointer at) {
        layout.kinds().values().forEach(k -> add(k, at, Look.VALUE));
    }

    private void add(Kind kind, Pointer at, Look look) {
        places.get(kind).add(new Place(at, look));
    }

    /** Whether what stands at a pattern can be another after a change at a place: at it, around it, and inside it if that counts. */
    private static boolean meets(Pointer pattern, List<String> changed, boolean inside) {
        return meets(pattern.steps(), 0, changed, 0, inside);
    }

    private static boolean meets(List<String> pattern, int i, List<String> changed, int j, boolean inside) {
        if (j == changed.size()) {
            return true;
        }
        if (i == pattern.size()) {
            return inside;
        }
        String step = pattern.get(i);
        if (step.equals("**")) {
            return meets(pattern, i + 1, changed, j, inside) || meets(pattern, i, changed, j + 1, inside);
        }
        return fits(step, changed.get(j)) && meets(pattern, i + 1, changed, j + 1, inside);
    }

    /** True when a place is at or inside what a pattern means. */
    private static boolean covers(List<String> pattern, int i, List<String> changed, int j) {
        if (i == pattern.size()) {
            return true;
        }
        return j < changed.size()
                && !pattern.get(i).equals("**")
                && fits(pattern.get(i), changed.get(j))
                && covers(pattern, i + 1, changed, j + 1);
    }

    private static boolean fits(String step, String key) {
        return step.equals("*") || step.equals("?") || step.equals(key);
    }
}
