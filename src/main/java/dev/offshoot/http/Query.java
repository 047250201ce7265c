package dev.offshoot.http;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The query parameters of a request. Those a route does not know, and repeated ones, are refused: they are typing errors. */
final class Query {
    /** A commit message may be long; what names something may not, and its own type says so. */
    private static final int MAX_LENGTH = 4000;

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    static Query of(Context ctx, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        for (Map.Entry<String, List<String>> e : ctx.queryParamMap().entrySet()) {
            String name = e.getKey();
            if (!known.contains(name)) {
                throw refused(
                        "query",
                        "unknown parameter",
                        known.isEmpty()
                                ? "this route takes none"
                                : "this route takes: "
                                        + String.join(
                                                ", ", known.stream().sorted().toList()));
            }
            if (e.getValue().size() > 1) {
                throw refused(name, "given more than once", "");
            }
            String value = e.getValue().get(0);
            if (value.length() > MAX_LENGTH) {
                throw refused(name, "longer than " + MAX_LENGTH + " characters", "");
            }
            values.put(name, value);
        }
        return new Query(values);
    }

    /** The parameter; empty when it is absent or has no value. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(v -> !v.isEmpty());
    }

    /** The parameter read by a type's own parser; the failure names the parameter. */
    <T> Optional<T> parse(String name, Function<String, T> parser) {
        return text(name).map(value -> named(name, value, parser));
    }

    Optional<Boolean> flag(String name) {
        return parse(name, value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(name, "neither true nor false", "");
        });
    }

    int number(String name, int otherwise, int min, int max) {
        return parse(name, value -> {
                    int n = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
                    if (n < min || n > max) {
                        throw refused(name, "not a number from " + min + " to " + max, "");
                    }
                    return n;
                })
                .orElse(otherwise);
    }

    /** Runs a parser so that its refusal says which parameter it was. */
    static <T> T named(String parameter, String value, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (Failure e) {
            throw new Failure(e.problems().stream()
                    .map(p -> new dev.offshoot.model.Problem(p.reason(), parameter, p.message(), p.hint()))
                    .toList());
        }
    }

    static Failure refused(String where, String message, String hint) {
        return Failure.of(Reason.INVALID_PARAMETER, where, message, hint);
    }
}
