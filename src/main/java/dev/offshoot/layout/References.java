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

    /** The same for every text and key of a value. */
    public JsonValue absolute(JsonValue value, UnaryOperator<String> moved) {
        return Symbols.map(value, text -> absolute(text, moved));
    }
}
