package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Content ids that a document refers to and has no record of. It stays without them when another document brings such a record, so that each
 * definition exports what was imported. Of kinds that may come in a document of their own ({@code only}) a document says nothing when it has no
 * record of any of them: then it takes what comes.
 */
final class Missing {
    private final Layout layout;
    private final JsonObject document;

    private Missing(Layout layout, JsonObject document) {
        this.layout = layout;
        this.document = document;
    }

    /** @param dangling names of the kinds that each id may be of; none: any */
    static Set<String> of(Layout layout, JsonObject document, Map<String, Set<String>> dangling) {
        Missing missing = new Missing(layout, document);
        Set<String> ids = new TreeSet<>();
        dangling.forEach((id, kinds) -> {
            if (kinds.isEmpty() || kinds.stream().anyMatch(missing::isSpokenOf)) {
                ids.add(id);
            }
        });
        return ids;
    }

    private boolean isSpokenOf(String kind) {
        return layout.wide().folders().stream()
                .filter(beside -> beside.kinds().contains(kind))
                .allMatch(beside -> beside.kinds().stream().anyMatch(this::hasListOf));
    }

    private boolean hasListOf(String kind) {
        return layout.kinds().get(kind).slotsIn(Layout.DOCUMENT).stream()
                .map(slot -> slot.at().parent())
                .anyMatch(at -> at.isLiteral()
                        && at.get(document).filter(list -> !list.isNull()).isPresent());
    }
}
