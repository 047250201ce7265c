package dev.offshoot.vault;

import dev.offshoot.model.TreePath;
import java.util.Comparator;

/**
 * Where a secret belongs in its workspace, on every branch alike.
 *
 * @param address of the definition, the data source or whatever else needs it
 */
public record SecretName(TreePath address, SecretField field) implements Comparable<SecretName> {
    private static final Comparator<SecretName> ORDER =
            Comparator.comparing(SecretName::address).thenComparing(SecretName::field);

    public static SecretName of(TreePath address, String field) {
        return new SecretName(address, new SecretField(field));
    }

    @Override
    public int compareTo(SecretName other) {
        return ORDER.compare(this, other);
    }
}
