package dev.offshoot.layout;

import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One condition on a record: what stands at a pointer. Written {@code pointer: expectation}, with {@code !} before the pointer to
 * turn it round, and {@code pointer>field} to look at a field of the record whose id stands at the pointer. A pointer with several matches
 * holds when one of them does.
 *
 * @param hop pointer inside the record referred to, when the test looks there
 */
record Test(Pointer at, Optional<Pointer> hop, boolean negated, Expectation expectation) {

    sealed interface Expectation {
        boolean holds(Optional<JsonValue> value);
    }

    record Present() implements Expectation {
        @Override
        public boolean holds(Optional<JsonValue> value) {
            return value.isPresent();
        }
    }

    record Absent() implements Expectation {
        @Override
        public boolean holds(Optional<JsonValue> value) {
            return value.isEmpty();
        }
    }

    /** The text of a string, number or boolean matches as a whole. */
    record Matches(Pattern pattern) implements Expectation {
        @Override
        public boolean holds(Optional<JsonValue> value) {
            return value.flatMap(Test::scalar)
                    .filter(s -> pattern.matcher(s).matches())
                    .isPresent();
        }
    }

    record Kinds(Class<? extends JsonValue> type) implements Expectation {
        @Override
        public boolean holds(Optional<JsonValue> value) {
            return value.filter(type::isInstance).isPresent();
        }
    }

    /** A text that is a date with the time of day. */
    record Time() implements Expectation {
        private static final Pattern FORM =
                Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:?\\d\\d)?");

        @Override
        public boolean holds(Optional<JsonValue> value) {
            return value.isPresent()
                    && value.get() instanceof JsonString s
                    && s.value().length() <= 40
                    && FORM.matcher(s.value()).matches();
        }
    }

    private static Optional<String> scalar(JsonValue value) {
        if (value instanceof JsonString s) {
            return Optional.of(s.value());
        }
        if (value instanceof JsonNumber n) {
            return Optional.of(n.literal());
        }
        return value instanceof JsonBoolean b ? Optional.of(b.toString()) : Optional.empty();
    }

    static Test parse(String subject, String expectation) {
        boolean negated = subject.startsWith("!");
        String text = negated ? subject.substring(1) : subject;
        int arrow = text.indexOf('>');
        return new Test(
                Pointer.parse(arrow < 0 ? text : text.substring(0, arrow)),
                arrow < 0 ? Optional.empty() : Optional.of(Pointer.parse(text.substring(arrow + 1))),
                negated,
                expectation(expectation));
    }

    static Expectation expectation(String text) {
        return switch (text) {
            case "$present" -> new Present();
            case "$absent" -> new Absent();
            case "$list" -> new Kinds(dev.offshoot.format.JsonArray.class);
            case "$map" -> new Kinds(dev.offshoot.format.JsonObject.class);
            case "$text" -> new Kinds(JsonString.class);
            case "$time" -> new Time();
            default -> new Matches(Pattern.compile(text));
        };
    }

    /** Without a hop: decides on the record alone. */
    boolean holds(JsonValue record) {
        return (at.isLiteral() ? expectation.holds(at.get(record)) : holdsSomewhere(record)) != negated;
    }

    private boolean holdsSomewhere(JsonValue record) {
        boolean[] found = {false};
        at.each(record, (pointer, value) -> found[0] |= expectation.holds(Optional.of(value)));
        return found[0];
    }

    boolean holdsFor(Optional<JsonValue> value) {
        return expectation.holds(value) != negated;
    }
}
