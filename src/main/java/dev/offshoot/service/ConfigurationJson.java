package dev.offshoot.service;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.TreePath;
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
                .put("state", word(need.state()));
        need.address().ifPresent(address -> json.put("address", address.value()));
        if (!need.alike().isEmpty()) {
            json.put(
                    "alike",
                    JsonArray.of(need.alike().stream()
                            .map(ConfigurationJson::address)
                            .toList()));
        }
        if (!need.secrets().isEmpty()) {
            json.put(
                    "secrets",
                    JsonArray.of(need.secrets().stream()
                            .map(ConfigurationJson::secrets)
                            .toList()));
        }
        if (!need.usedBy().isEmpty()) {
            json.put(
                    "usedBy",
                    JsonArray.of(need.usedBy().stream()
                            .limit(MOST_USERS)
                            .map(ConfigurationJson::address)
                            .toList()));
            json.put("users", JsonValue.of(need.usedBy().size()));
        }
        return json.build();
    }

    private static JsonValue address(TreePath address) {
        return new JsonString(address.value());
    }

    private static JsonObject secrets(Need.Secrets secrets) {
        JsonObject.Builder json =
                JsonObject.builder().put("fields", texts(secrets.fields())).put("state", word(secrets.state()));
        if (!secrets.environments().isEmpty()) {
            json.put("environments", texts(secrets.environments()));
        }
        return json.build();
    }

    private static JsonArray texts(List<String> texts) {
        return JsonArray.of(texts.stream().map(JsonString::new).toList());
    }

    private static String word(Need.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
