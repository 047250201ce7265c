package dev.offshoot.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Pointers that begin with {@code @}: a place inside each half of a record, said once. */
final class HalfPointers {
    private static final String EACH = "@";

    private HalfPointers() {}

    static boolean isInHalf(Pointer pointer) {
        return !pointer.isSelf() && pointer.first().equals(EACH);
    }

    /** The pointer inside the half. */
    static Pointer within(Pointer pointer) {
        return new Pointer(pointer.steps().subList(1, pointer.steps().size()));
    }

    /** The pointer in each half of a record; itself when it is in none. */
    static Stream<Pointer> each(Halves halves, Pointer pointer) {
        return isInHalf(pointer) ? halves.all().stream().map(h -> in(h, pointer)) : Stream.of(pointer);
    }

    private static Pointer in(Halves.Half half, Pointer pointer) {
        if (!isInHalf(pointer)) {
            return pointer;
        }
        List<String> steps = new ArrayList<>(pointer.steps());
        steps.set(0, half.member());
        return new Pointer(steps);
    }

    static Stream<Kind.Implied> each(Halves halves, Kind.Implied rule) {
        return isInHalf(rule.field())
                ? halves.all().stream()
                        .map(h -> new Kind.Implied(in(h, rule.field()), in(h, rule.source()), rule.optional()))
                : Stream.of(rule);
    }

    private static Kind.Implied.Source in(Halves.Half half, Kind.Implied.Source source) {
        if (source instanceof Kind.Implied.Source.Same same) {
            return new Kind.Implied.Source.Same(in(half, same.other()));
        }
        if (source instanceof Kind.Implied.Source.Text text) {
            return new Kind.Implied.Source.Text(
                    text.text()
                            .map(v -> v.startsWith(EACH)
                                    ? in(half, Pointer.parse(v)).toString()
                                    : v),
                    text.list());
        }
        return source;
    }
}
