package dev.offshoot.layout;

import dev.offshoot.format.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A type of entity, as a layout declares it. Every component is empty where the layout says nothing.
 *
 * @param withheld every sensitive place, those that may go to the vault among them
 * @param builtin tests on a record of which one list holds when every instance has it, so that nobody has to configure it
 * @param own members that stay with the record where another one is the rest of the same object
 */
record Kind(
        String name,
        Map<String, List<Slot>> slots,
        List<Test> when,
        Map<Set<String>, Pointer> unless,
        Identity identity,
        List<Pointer> names,
        List<Placement> places,
        List<Pointer> order,
        List<Pointer> sets,
        Set<String> own,
        List<Pointer> ledger,
        List<Sweep> sweeps,
        Map<String, String> fresh,
        Map<String, String> symbols,
        List<Implied> implied,
        Optional<String> sameAs,
        List<Text> texts,
        List<Facet> facets,
        Optional<Binary> binary,
        List<Withheld> withheld,
        List<Vaulted> vault,
        List<Requirement> requires,
        List<Ref> refs,
        List<Pointer> correlations,
        List<Pointer> traits,
        Set<Flag> flags,
        List<List<Test>> builtin,
        Losses losses,
        List<Satellite> satellites,
        Anatomy anatomy) {

    /** In {@code implied}: the record itself. */
    static final String SELF = "self";

    enum Flag {
        /** A document is an export of records of this kind. */
        MAIN,
        /** The same, when the document has no record that is MAIN. */
        ALONE,
        /** Carried by every export of its container, referred to or not. */
        MEMBER,
        /** What an export can select one of. */
        SELECTABLE,
        /** The list is written even when it is empty. */
        ALWAYS,
        /** The order in the document means something and follows from no field: {@code order: document}. */
        ORDERED,
        /** Works only once somebody has configured it on the instance. */
        CONFIGURED,
        /** One that only shares its name with another that is here is another one, and stands beside it. */
        UNLINKED
    }

    /**
     * Where records are cut from their container.
     *
     * @param at the list or map (last step {@code *}), or the single place
     * @param wrapper for a list of wrappers: path from the item to the record, kept nowhere because it says nothing else
     */
    record Slot(Pointer at, Pointer wrapper) {
        boolean isMany() {
            return at.endsWithStar();
        }
    }

    /**
     * @param at where the id stands; empty when the record has none
     * @param isKey the id is the key in the container's map
     * @param instance true: an id of the instance, never in the tree; false: content
     */
    record Identity(Optional<Pointer> at, boolean isKey, boolean instance) {
        static final Identity NONE = new Identity(Optional.empty(), false, false);
    }

    /**
     * A field not written while it has the value that is implied anyway.
     *
     * @param optional absent is the default where the ledger says nothing
     */
    record Implied(Pointer field, Source source, boolean optional) {
        sealed interface Source {
            /** Id of the nearest record around it of one of these kinds. */
            record IdOf(Set<String> kinds) implements Source {}

            /** The value at another pointer of the record. */
            record Same(Pointer other) implements Source {}

            /** A text made of other fields, or a list of that one text. */
            record Text(ImpliedText text, boolean list) implements Source {}

            /** The value of another member of the same object, which must hold all of {@code beside}; the field may be a pattern. */
            record Sibling(String member, List<String> beside) implements Source {}
        }
    }

    /** A string kept as a source file of its own. The suffix determines the pointer within a kind. */
    record Text(Pointer at, String suffix, List<Test> when) {}

    /** Members of any of these names, at any depth below a place, that are facts of the instance when their value is as expected. */
    record Sweep(Pointer below, Set<String> names, Optional<Test.Expectation> expected) {}

    /**
     * Base64 text kept decoded in a side file, while that is exact.
     *
     * @param name where a file name stands whose extension the side file gets
     */
    record Binary(Pointer at, Optional<Pointer> name) {}

    /**
     * Where content ids of other records stand that an export of this one carries: in a text, in a list of texts, or as the keys of a map.
     *
     * @param kinds what the other record must be; empty: anything
     * @param unless tests on the other record; it is not carried when all of them hold
     */
    record Ref(Pointer at, Set<String> kinds, List<Test> unless) {}

    /**
     * A map beside the list of the records, keyed by their ids, whose values are written as a member of the record they belong to.
     *
     * @param member the record's member; a record that has one of its own is none of the kind
     */
    record Satellite(String member, Pointer map) {}

    /**
     * A value kept in a side file.
     *
     * @param by for a list whose order people see: the member that names an item; the file then has one line for each, in the list's order
     */
    record Facet(String file, Pointer at, Optional<String> by) {}

    /** A sensitive value that no file and no ledger has; {@code when} looks at the object that holds it. */
    record Withheld(Pointer at, List<Test> when) {}

    /** A kind is itself: it is a key of many maps, and two kinds of one layout are never equal. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    boolean is(Flag flag) {
        return flags.contains(flag);
    }

    /** True for one that every instance brings along. */
    boolean isBuiltin(JsonValue record) {
        return builtin.stream().anyMatch(tests -> tests.stream().allMatch(t -> t.holds(record)));
    }

    boolean isIn(String containerKind) {
        return slots.containsKey(containerKind);
    }

    Set<String> containers() {
        return slots.keySet();
    }

    /** Where records of this kind stand in a container. */
    List<Slot> slotsIn(String containerKind) {
        return slots.getOrDefault(containerKind, List.of());
    }

    /** The id is the key of a map and content, so it is written into the file. */
    boolean writesKey() {
        return identity.isKey() && !identity.instance();
    }

    /** The file says under which key the record stands: its content id, or a name that the layout leaves open. */
    boolean mayWriteKey() {
        return writesKey() || slots.values().stream().flatMap(List::stream).anyMatch(s -> s.at().endsWithAny());
    }

    boolean isShared() {
        return places.stream().anyMatch(p -> p.owner() instanceof Placement.Owner.Root);
    }
}
