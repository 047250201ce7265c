package dev.offshoot.service;

import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Reason;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a caller relies on; an operation refuses with {@code STALE_PLAN} when it does not hold. */
public sealed interface Expectation {
    /** Nothing: the operation is computed again when the target moves meanwhile. */
    Expectation NONE = new Nothing();

    record Nothing() implements Expectation {}

    /** The branch is where a plan found it, and the document is the planned one. */
    record Fingerprint(ObjectName target, String sourceHash) implements Expectation {
        private static final Pattern TEXT = Pattern.compile("([0-9a-f]{40})-([0-9a-f]{64})");

        /** Reads {@code <commit>-<sha256>}. */
        public static Fingerprint parse(String text) {
            Matcher match = TEXT.matcher(text);
            if (!match.matches()) {
                throw Failure.of(
                        Reason.INVALID_PARAMETER,
                        "fingerprint",
                        "not the fingerprint of a plan",
                        "repeat the fingerprint that dry_run=true answered");
            }
            return new Fingerprint(new ObjectName(match.group(1)), match.group(2));
        }

        @Override
        public String toString() {
            return target + "-" + sourceHash;
        }
    }

    /** The definition has one of these tags. */
    record Tagged(Set<EntityTag> tags) implements Expectation {
        public Tagged {
            tags = Set.copyOf(tags.stream().map(EntityTag::ofDefinition).toList());
        }
    }

    /** The definition exists ({@code If-Match: *}) or does not exist ({@code If-None-Match: *}). */
    record Existing(boolean exists) implements Expectation {}
}
