package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import java.util.Set;

/** What is wrong with the words of one kind as they are written, before anything is made of them. */
final class KindLint {
    /** Words whose pointers may begin with {@code @}. */
    private static final Set<String> IN_HALVES =
            Set.of("sets", "ledger", "implied", "text", "withheld", "vault", "requires", "derived", "place", "tree");

    private KindLint() {}

    static void check(Spec kind) {
        kind.members().forEach((word, spec) -> pointers(word, spec, kind.has("halves")));
        if (kind.has("park") && !kind.has("halves")) {
            throw kind.need("park").wrong("there are no halves of which one could be parked");
        }
        if (kind.has("in") && kind.need("at").value() instanceof JsonObject at && !at.has("list")) {
            throw kind.need("in").wrong("at says for each container where the records are; in says it again");
        }
        if (kind.has("scope") && !kind.has("id")) {
            throw kind.need("scope").wrong("there is no id of which it could be the scope");
        }
        if (kind.has("tree") && kind.has("arrangement")) {
            throw kind.need("arrangement").wrong("the arrangement is that of the nodes; say it in tree");
        }
    }

    private static void pointers(String word, Spec spec, boolean halves) {
        if (spec.value() instanceof JsonString s) {
            pointer(word, spec, s.value(), halves);
        } else if (spec.value() instanceof JsonArray) {
            spec.items().forEach(item -> pointers(word, item, halves));
        } else if (spec.value() instanceof JsonObject) {
            spec.members().forEach((key, value) -> {
                pointer(word, value, key, halves);
                pointers(word, value, halves);
            });
        }
    }

    private static void pointer(String word, Spec spec, String text, boolean halves) {
        if (text.startsWith("@/") && !(halves && IN_HALVES.contains(word))) {
            throw spec.wrong(
                    halves
                            ? word + " cannot be said of a place in each half: " + text
                            : "there are no halves in which a place could be: " + text);
        }
    }
}
