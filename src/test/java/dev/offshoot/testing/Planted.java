package dev.offshoot.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A sample with canaries in the places that its platform keeps secrets and people in. */
public record Planted(String sample, Pattern places) {
    public static final String CANARY = "canary-7f3a";

    /** Secrets and people's data of every platform. */
    public static final List<Planted> EVERYTHING = List.of(
            new Planted("crm.json", Pattern.compile(".*/(workflowApiToken|options/[^/]+/value#encrypted)")),
            new Planted("counter.json", Pattern.compile("/decryptedFields/.*|.*/authentication/.*")),
            new Planted(
                    "rental.json",
                    Pattern.compile("/(roles|scopes)/\\d+/(users|users__relation|keys|keys__relation)/.*")),
            new Planted("pickup-reminder.json", Pattern.compile(".*/callbackUrl")));

    /** What the vault may keep, of the platforms that have such. */
    public static final List<Planted> SECRETS = List.of(
            new Planted("crm.json", Pattern.compile(".*/(workflowApiToken|options/[^/]+/value#encrypted)")),
            new Planted("counter.json", Pattern.compile(".*/authentication/.*")),
            new Planted("pickup-reminder.json", Pattern.compile(".*/callbackUrl")));

    /** Each canary is another one: it says where it was planted. */
    public byte[] bytes() throws IOException {
        return JsonWriter.compact(document());
    }

    public JsonValue document() throws IOException {
        JsonValue planted = plant(original(), "");
        assertThat(planted.toString()).contains(CANARY);
        return planted;
    }

    public JsonValue original() throws IOException {
        try (InputStream in = Planted.class.getResourceAsStream("/sample/" + sample)) {
            return JsonReader.read(in.readAllBytes());
        }
    }

    private JsonValue plant(JsonValue value, String at) {
        if (value instanceof JsonObject o) {
            boolean encrypted = o.get("encrypted").equals(java.util.Optional.of(JsonBoolean.TRUE));
            JsonObject.Builder planted = JsonObject.builder();
            o.forEach((key, child) -> planted.put(
                    key, plant(child, at + "/" + key + (encrypted && key.equals("value") ? "#encrypted" : ""))));
            boolean valueless = encrypted
                    && !o.has("value")
                    && places.matcher(at + "/value#encrypted").matches();
            return valueless ? planted.put("value", canary(at)).build() : planted.build();
        }
        if (value instanceof JsonArray a) {
            List<JsonValue> planted = new ArrayList<>();
            for (int i = 0; i < a.size(); i++) {
                planted.add(plant(a.get(i), at + "/" + i));
            }
            return JsonArray.of(planted);
        }
        return places.matcher(at).matches() ? new JsonString(canary(at)) : value;
    }

    /** With what would be a reference in a file. */
    private static String canary(String at) {
        return CANARY + " @{" + at + "}";
    }
}
