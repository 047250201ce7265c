package dev.offshoot.service;

import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.SecretPlace;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Secret;
import dev.offshoot.model.TreePath;
import dev.offshoot.vault.SecretName;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the vault names what belongs to a place in a file: by the pointer, or by pointers below it when the value has members, so that each
 * member can be set alone. A value is kept as JSON: {@code 5} and {@code "5"} are not the same.
 */
final class SecretFields {
    private SecretFields() {}

    /** True when a secret is the value of a place, or a member of it. */
    static boolean holds(SecretPlace place, SecretName name) {
        return name.address().equals(place.address()) && isWithin(name, place.pointer());
    }

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
     * @param there the secrets that there are
     * @throws Failure {@code LIMIT_EXCEEDED}, {@code INVALID_PARAMETER}, {@code INVALID_NAME}; says where, shows nothing
     */
    static Map<SecretName, Optional<Secret>> changes(
            TreePath address, String pointer, JsonValue value, Set<SecretName> there) {
        Map<SecretName, Optional<Secret>> changes = new LinkedHashMap<>();
        collect(address, pointer, value, there, changes);
        return changes;
    }

    private static void collect(
            TreePath address,
            String pointer,
            JsonValue value,
            Set<SecretName> there,
            Map<SecretName, Optional<Secret>> changes) {
        if (value instanceof JsonObject o && !o.isEmpty()) {
            there.stream()
                    .filter(name -> name.address().equals(address)
                            && name.field().value().equals(pointer))
                    .forEach(name -> changes.put(name, Optional.empty()));
            o.forEach((key, member) -> collect(
                    address, pointer + "/" + key.replace("~", "~0").replace("/", "~1"), member, there, changes));
            return;
        }
        there.stream()
                .filter(name -> name.address().equals(address) && isWithin(name, pointer))
                .forEach(name -> changes.put(name, Optional.empty()));
        if (!(value instanceof JsonNull)) {
            changes.put(name(address, pointer), Optional.of(secret(pointer, value)));
        }
    }

    private static SecretName name(TreePath address, String pointer) {
        return SecretName.of(address, pointer);
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
