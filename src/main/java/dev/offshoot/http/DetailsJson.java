package dev.offshoot.http;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Conflict;
import dev.offshoot.model.Conflict.Place;
import dev.offshoot.model.FailureDetails;
import dev.offshoot.service.PlanJson;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Members of a problem document that a program may act on. */
final class DetailsJson {
    /** Conflicts beyond this are counted, not shown. */
    static final int MOST_CONFLICTS = 200;
    /** A text of a conflict is cut after so many characters: it may be a whole file. */
    static final int LONGEST_TEXT = 8192;

    private DetailsJson() {}

    static JsonObject of(FailureDetails details) {
        if (details instanceof FailureDetails.Conflicts c) {
            return conflicts(c.conflicts());
        }
        if (details instanceof FailureDetails.DataLoss loss) {
            return JsonObject.builder()
                    .put("confirm", loss.confirm().value())
                    .put("losses", PlanJson.removals(loss.losses()))
                    .build();
        }
        return JsonObject.EMPTY;
    }

    private static JsonObject conflicts(List<Conflict> conflicts) {
        return JsonObject.builder()
                .put("conflictsInAll", JsonValue.of(conflicts.size()))
                .put(
                        "conflicts",
                        JsonArray.of(conflicts.stream()
                                .limit(MOST_CONFLICTS)
                                .map(DetailsJson::conflict)
                                .toList()))
                .build();
    }

    private static JsonObject conflict(Conflict conflict) {
        JsonObject.Builder json = JsonObject.builder()
                .put("path", conflict.path().value())
                .put("what", word(conflict.what()))
                .put("message", conflict.what().words());
        if (conflict.place() instanceof Place.Field field) {
            json.put("field", field.pointer());
        } else if (conflict.place() instanceof Place.Lines lines) {
            json.put(
                    "lines",
                    JsonObject.builder()
                            .put("base", JsonValue.of(lines.base()))
                            .put("ours", JsonValue.of(lines.ours()))
                            .put("theirs", JsonValue.of(lines.theirs()))
                            .build());
        }
        text(json, "base", conflict.base());
        text(json, "ours", conflict.ours());
        text(json, "theirs", conflict.theirs());
        return json.put("suggestion", word(conflict.suggestion()))
                .put("hint", conflict.suggestion().words())
                .build();
    }

    private static void text(JsonObject.Builder json, String member, Optional<String> text) {
        text.ifPresent(t -> {
            if (t.length() <= LONGEST_TEXT) {
                json.put(member, t);
            } else {
                // No half of a character that two units stand for.
                int end = Character.isHighSurrogate(t.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
                json.put(member, t.substring(0, end)).put(member + "Cut", JsonBoolean.TRUE);
            }
        });
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
