package dev.offshoot.layout;

import dev.offshoot.format.JsonValue;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The references in the files of one entity, made comparable: each says the whole address that it means, wherever it stands. */
public final class References {
    private final Scope scope;

    References(Scope scope) {
        this.scope = scope;
    }

    /**
     * A text with whole addresses.
     *
     * @param moved where the thing at an address stands now; the address itself when it has not moved
     */
    public String absolute(String text, UnaryOperator<String> moved) {
        return Symbols.decode(text, reference -> {
            if (reference.startsWith(":")) {
                return "@{" + reference + "}";
            }
            boolean left = reference.startsWith("-"); // what a document refers to and does not carry
            Optional<String> address = scope.read(left ? reference.substring(1) : reference);
            return "@{" + (left ? "-" : "")
                    + address.map(moved).map(a -> "=" + a).orElse(reference) + "}";
        });
    }

    /**
     * A text of a file with references as they are written from another place.
     *
     * @param to references in the files of the same entity, where it stands then
     */
    String rewritten(String text, UnaryOperator<String> moved, References to) {
        return Symbols.rewrite(text, reference -> {
            if (reference.startsWith(":")) {
                return reference;
            }
            String left = reference.startsWith("-") ? "-" : "";
            String plain = reference.substring(left.length());
            Optional<String> now = scope.read(plain).map(moved);
            return now.isEmpty() || to.scope.read(plain).equals(now) ? reference : left + to.scope.write(now.get());
        });
    }

    /** The same for every text and key of a value. */
    public JsonValue absolute(JsonValue value, UnaryOperator<String> moved) {
        return Symbols.map(value, text -> absolute(text, moved));
    }
}
