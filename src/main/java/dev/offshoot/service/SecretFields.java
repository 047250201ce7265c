package dev.offshoot.service;

import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Secret;
import dev.offshoot.vault.SecretName;
import dev.offshoot.vault.SecretOwner;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the vault names what belongs to a place in a file: by the pointer, or by pointers below it when the value has members, so that each
 * member can be set alone. A value is kept as JSON: {@code 5} and {@code "5"} are not the same.
 */
final class SecretFields {
    private SecretFields() {}

    /** True when a secret of a record is the value of a place in it, or a member of that. */
    static boolean isWithin(SecretName name, String pointer) {
        String field = name.field().value();
        return field.equals(pointer) || field.startsWith(pointer + "/");
    }

    /** What to call a secret that no place in a file tells of: its pointer without the slash. */
    static String plainName(SecretName name) {
        String field = name.field().value();
        return field.startsWith("/") ? field.substring(1) : field;
    }

    /**
     * What changes when a place gets a value: null removes it with everything below; of an object, members that it does not have stay.
     *
     * @param there the secrets that the owner has
     * @throws Failure {@code LIMIT_EXCEEDED}, {@code INVALID_PARAMETER}, {@code INVALID_NAME}; says where, shows nothing
     */
    static Map<SecretName, Optional<Secret>> changes(
            SecretOwner owner, String pointer, JsonValue value, Collection<SecretName> there) {
        Map<SecretName, Optional<Secret>> changes = new LinkedHashMap<>();
        collect(owner, pointer, value, there, changes);
        return changes;
    }

    private static void collect(
            SecretOwner owner,
            String pointer,
            JsonValue value,
            Collection<SecretName> there,
            Map<SecretName, Optional<Secret>> changes) {
        if (value instanceof JsonObject o && !o.isEmpty()) {
            there.stream()
                    .filter(name -> name.field().value().equals(pointer))
                    .forEach(name -> changes.put(name, Optional.empty()));
            o.forEach((key, member) ->
                    collect(owner, pointer + "/" + key.replace("~", "~0").replace("/", "~1"), member, there, changes));
            return;
        }
        there.stream().filter(name -> isWithin(name, pointer)).forEach(name -> changes.put(name, Optional.empty()));
        if (!(value instanceof JsonNull)) {
            changes.put(owner.name(pointer), Optional.of(secret(pointer, value)));
        }
    }

    private static Secret secret(String pointer, JsonValue value) {
        try {
            return Secret.of(new String(JsonWriter.compact(value), StandardCharsets.UTF_8));
        } catch (Failure e) {
            throw new Failure(e.problems().stream()
                    .map(p -> new Problem(p.reason(), pointer, p.message(), p.hint()))
                    .toList());
        }
    }

    /** The value again. */
    static JsonValue value(Secret secret) {
        return JsonReader.read(secret.reveal().getBytes(StandardCharsets.UTF_8));
    }
}
