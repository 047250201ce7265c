package dev.offshoot.vault;

import dev.offshoot.model.TreePath;
import java.util.Comparator;

/**
 * Which secret of its workspace is meant, on every branch alike.
 *
 * @param owner the definition, the data source or whatever else needs it
 */
public record SecretName(SecretOwner owner, SecretField field) implements Comparable<SecretName> {
    private static final Comparator<SecretName> ORDER =
            Comparator.comparing(SecretName::owner).thenComparing(SecretName::field);

    /** Of an owner that has no id but its place. */
    public static SecretName of(TreePath address, String field) {
        return SecretOwner.of(address).name(field);
    }

    /** Where the owner stood when it got the first of its secrets. */
    public TreePath address() {
        return owner.address();
    }

    @Override
    public int compareTo(SecretName other) {
        return ORDER.compare(this, other);
    }
}
