package dev.offshoot.layout;

import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.Optional;
import java.util.Set;

/** Fourth step of an explode: drops what follows from the place of a record. */
final class Implying {
    private Implying() {}

    /** Drops the owner's id and fields with the implied value, noting real absences. */
    static void imply(Rec r) {
        if (r.owner != null) {
            ownerField(r).ifPresent(field -> r.content = field.cut(r.content));
        }
        if (r.target instanceof Placement.Target.Embed e && e.by().isPresent()) {
            r.content = e.by().get().field().cut(r.content);
        }
        for (Kind.Implied rule : r.kind.implied()) {
            if (!r.kind.anatomy().halves().isParked(rule.field(), r.content)) {
                for (Pointer field : ImpliedFields.places(rule.field(), r.content)) {
                    imply(r, field, rule.source());
                }
            }
        }
    }

    private static void imply(Rec r, Pointer field, Kind.Implied.Source source) {
        Optional<JsonValue> actual = field.get(r.content);
        Optional<JsonValue> implied = source instanceof Kind.Implied.Source.Sibling sibling
                ? ImpliedFields.sibling(sibling, field, r.original)
                : implied(r, source);
        if (implied.isPresent() && actual.equals(implied)) {
            r.content = field.cut(r.content);
        } else if (implied.isPresent()
                && actual.isEmpty()
                && field.parent().get(r.content).isPresent()) {
            r.absent.add(field.toString());
        }
    }

    /** The foreign key that the place implies. */
    private static Optional<Pointer> ownerField(Rec r) {
        return r.placement != null && r.placement.owner() instanceof Placement.Owner.ByField f
                ? f.implied()
                : Optional.empty();
    }

    private static Optional<JsonValue> implied(Rec r, Kind.Implied.Source source) {
        if (source instanceof Kind.Implied.Source.Same same) {
            return same.other().get(r.content);
        }
        if (source instanceof Kind.Implied.Source.Text) {
            return ImpliedFields.text(
                    source,
                    r.kind,
                    r.original,
                    p -> Optional.ofNullable(r.owner).flatMap(o -> p.get(o.original)));
        }
        Set<String> kinds = ((Kind.Implied.Source.IdOf) source).kinds();
        if (kinds.contains(Kind.SELF)) {
            return r.id.isEmpty() ? Optional.empty() : Optional.of(new JsonString(r.id));
        }
        return r.around(kinds).filter(a -> !a.id.isEmpty()).map(a -> new JsonString(a.id));
    }

    /** Drops a position that only repeats the place among the embedded ones; addresses must be known. */
    static void position(Rec r) {
        if (r.target instanceof Placement.Target.Embed e) {
            e.position().ifPresent(field -> position(r, field));
        }
    }

    private static void position(Rec r, String field) {
        String place = r.address.substring(r.address.lastIndexOf('/') + 1);
        Optional<JsonValue> actual = r.content.get(field);
        if (actual.equals(Optional.of(new JsonNumber(place)))) {
            r.content = r.content.without(field);
        } else if (actual.isEmpty()) {
            r.absent.add("/" + field);
        }
    }
}
