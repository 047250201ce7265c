package dev.offshoot.model;

/** Name of a tag without {@code refs/tags/}, under the same rules as a {@link BranchName}. */
public record TagName(String value) implements Comparable<TagName> {
    public TagName {
        BranchName.requireRefName(value, "tag");
    }

    public String ref() {
        return "refs/tags/" + value;
    }

    @Override
    public int compareTo(TagName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
