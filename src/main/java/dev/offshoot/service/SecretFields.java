package dev.offshoot.service;

import dev.offshoot.layout.SecretPlace;
import dev.offshoot.vault.SecretName;

/** How the vault names what belongs to a place in a file: by the pointer, or by pointers below it when the value has members. */
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
}
