package dev.offshoot.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text made of a record's own name, of its fields and of its owner's: {@code {name}}, {@code {/pointer}}, {@code {owner:/pointer}}.
 *
 * @param pieces in turn: literal text and variable; the first is literal
 */
record ImpliedText(List<String> pieces) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]*)}");
    static final String NAME = "name";
    static final String OWNER = "owner:";

    static ImpliedText parse(String text) {
        List<String> pieces = new ArrayList<>();
        Matcher m = VARIABLE.matcher(text);
        int done = 0;
        while (m.find()) {
            pieces.add(text.substring(done, m.start()));
            pieces.add(m.group(1));
            done = m.end();
        }
        pieces.add(text.substring(done));
        return new ImpliedText(List.copyOf(pieces));
    }

    ImpliedText map(UnaryOperator<String> variable) {
        List<String> mapped = new ArrayList<>(pieces);
        for (int i = 1; i < mapped.size(); i += 2) {
            mapped.set(i, variable.apply(mapped.get(i)));
        }
        return new ImpliedText(List.copyOf(mapped));
    }

    /** Empty when a variable has no value. */
    Optional<String> fill(Function<String, Optional<String>> value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            if (i % 2 == 0) {
                text.append(pieces.get(i));
                continue;
            }
            Optional<String> found = value.apply(pieces.get(i));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            text.append(found.get());
        }
        return Optional.of(text.toString());
    }
}
