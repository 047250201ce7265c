package dev.offshoot.model;

/**
 * What a caller may name a state by: a branch, a tag, or a full commit id; never a revision expression. Looked up in that
 * order (a 40-digit name is always a commit).
 */
public sealed interface Revision {
    record Commit(ObjectName id) implements Revision {
        @Override
        public String toString() {
            return id.value();
        }
    }

    /** A branch or tag name; a branch wins when both exist. */
    record Named(BranchName name) implements Revision {
        @Override
        public String toString() {
            return name.value();
        }
    }

    /** The workspace's default branch. */
    record Default() implements Revision {
        @Override
        public String toString() {
            return "the default branch";
        }
    }

    Revision DEFAULT = new Default();

    static Revision parse(String text) {
        return text.isEmpty()
                ? DEFAULT
                : ObjectName.isValid(text) ? new Commit(new ObjectName(text)) : new Named(new BranchName(text));
    }
}
