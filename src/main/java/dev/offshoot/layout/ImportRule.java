package dev.offshoot.layout;

import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One way in which a platform imports a document, as its layout says it under {@code imports}.
 *
 * @param target true when a definition that is there must be named
 * @param needs what the document must have
 * @param newer what becomes of a document of a newer version than is known
 * @param sets by kind, then by pointer in its records: the value that a field gets where it has another
 * @param keeps pointers in the main record whose value stays as it is in the target
 * @param taken how another name is made of one that is taken; empty: refused
 * @param keepsShared true when shared records that are here stay as they are, whatever the document says of them
 * @param renames kinds whose new records get another name when theirs is taken
 * @param version which version a document of a single one becomes
 * @param through name of the code that puts the document and the target together; empty: none is needed
 */
public record ImportRule(
        String name,
        Does does,
        boolean target,
        List<Need> needs,
        Newer newer,
        Map<String, Map<String, Value>> sets,
        List<String> keeps,
        Optional<String> taken,
        boolean keepsShared,
        Map<String, Rename> renames,
        Optional<Version> version,
        Optional<String> through) {

    /** What an import without a rule follows. */
    static final ImportRule NONE = new ImportRule(
            "",
            Does.UPDATE,
            false,
            List.of(),
            Newer.WARN,
            Map.of(),
            List.of(),
            Optional.empty(),
            false,
            Map.of(),
            Optional.empty(),
            Optional.empty());

    public ImportRule {
        needs = List.copyOf(needs);
        sets = Map.copyOf(sets);
        keeps = List.copyOf(keeps);
        renames = Map.copyOf(renames);
    }

    /** What becomes of the definition that is there. */
    public enum Does {
        CREATE,
        UPDATE,
        MERGE
    }

    /** What becomes of a document of a version that is newer than the newest known one. */
    public enum Newer {
        WARN,
        REFUSE
    }

    /** The version that a document of one version becomes in its target. */
    public enum Version {
        /** The first of a new definition. */
        FIRST,
        /** One more than the highest that is there. */
        NEXT,
        /** One that is there, by default the one of the same name. */
        SAME
    }

    /**
     * What a document must have at one of some places.
     *
     * @param at pointers; one that holds is enough
     * @param say what to tell the sender
     */
    public record Need(List<String> at, String say, Set<Test> tests) {
        /** Empty when the document has it. */
        Optional<Problem> missingIn(JsonValue document) {
            return tests.stream().anyMatch(t -> t.holds(document))
                    ? Optional.empty()
                    : Optional.of(Problem.of(Reason.WRONG_ENVELOPE, "/" + at.get(0), say));
        }
    }

    /** What a field is set to. */
    public sealed interface Value {
        record Literal(JsonValue value) implements Value {}

        /** The id of the record. */
        record Id() implements Value {}

        /** The name of the record as part of an address: small letters, digits and dashes. */
        record Slug() implements Value {}
    }

    /**
     * Another name for a record whose name is taken.
     *
     * @param as template of {@code {name}} and {@code {ms}}, milliseconds since 1970
     * @param follows places in records of the same kind that hold the name beside the id, as {@code list/name>id}
     */
    public record Rename(String as, Optional<Follow> follows) {
        /** Objects at {@code at} name the record in {@code name} and have its id in {@code id}. */
        public record Follow(String at, String name, String id) {}
    }
}
