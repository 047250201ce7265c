package dev.offshoot.model;

import java.util.List;
import java.util.Optional;

/**
 * Something that an operation takes away.
 *
 * @param address of the entity
 * @param field pointer of a value in it, when the entity itself stays
 * @param grade what that costs
 * @param words what happens, for a person
 * @param dependents files that speak of it and stay; empty where they were not looked for
 */
public record Removal(
        TreePath address,
        String kind,
        String name,
        Optional<String> field,
        Grade grade,
        String words,
        List<TreePath> dependents) {
    public Removal {
        dependents = List.copyOf(dependents);
    }

    /** What a removal costs, from little to much. */
    public enum Grade {
        /** Nothing works otherwise. */
        COSMETIC,
        /** Something works otherwise, and works as before when the definition comes back. */
        BEHAVIOUR,
        /** The platform drops what its users have stored; no definition brings that back. */
        DATA_LOSS;

        /** As layouts and clients write it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    public boolean losesData() {
        return grade == Grade.DATA_LOSS;
    }

    /** What goes, for a person: the field of the thing, or the thing. */
    public String what() {
        String holder = kind + " " + name;
        return field.map(f -> f.substring(f.lastIndexOf('/') + 1) + " of " + holder)
                .orElse(holder);
    }

    /** Address and field. */
    public String where() {
        return address + field.map(f -> "#" + f).orElse("");
    }

    public Removal with(List<TreePath> found) {
        return new Removal(address, kind, name, field, grade, words, found);
    }
}
