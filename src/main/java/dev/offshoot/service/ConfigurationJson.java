package dev.offshoot.service;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.List;
import java.util.Locale;

/** What is needed, as JSON. */
public final class ConfigurationJson {
    private static final int MOST_USERS = 20;

    private ConfigurationJson() {}

    /** The configuration of a definition. */
    public static JsonObject of(ShowConfiguration.View view) {
        return JsonObject.builder()
                .put("definition", view.definition().value())
                .put("commit", view.commit().value())
                .put("vault", JsonValue.of(view.hasKey()))
                .put("open", JsonValue.of(view.configuration().open().size()))
                .put("needs", needs(view.configuration().needs()))
                .build();
    }

    /** An answer to an import, with what is left to do. */
    public static JsonObject with(Configuration configuration, JsonObject answer) {
        return JsonObject.builder()
                .putAll(answer)
                .put("needs", needs(configuration.open()))
                .build();
    }

    private static JsonArray needs(List<Need> needs) {
        return JsonArray.of(needs.stream().map(ConfigurationJson::need).toList());
    }

    private static JsonObject need(Need need) {
        JsonObject.Builder json = JsonObject.builder()
                .put("kind", need.kind())
                .put("name", need.name())
                .put("state", need.state().name().toLowerCase(Locale.ROOT));
        need.address().ifPresent(address -> json.put("address", address.value()));
        need.part().ifPresent(part -> json.put("environment", part));
        if (!need.usedBy().isEmpty()) {
            json.put(
                    "usedBy",
                    JsonArray.of(need.usedBy().stream()
                            .limit(MOST_USERS)
                            .map(address -> new JsonString(address.value()))
                            .toList()));
            json.put("users", JsonValue.of(need.usedBy().size()));
        }
        return json.build();
    }
}
