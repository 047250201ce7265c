package dev.offshoot.vault;

import dev.offshoot.model.TreePath;
import java.util.Comparator;
import java.util.Optional;

/**
 * What has secrets, on every branch of its workspace alike.
 *
 * @param address where it stood when it got the first of them
 * @param record its id, which stays with it when it is renamed; empty for what has none
 */
public record SecretOwner(TreePath address, Optional<RecordId> record) implements Comparable<SecretOwner> {
    private static final Comparator<SecretOwner> ORDER = Comparator.comparing(SecretOwner::address)
            .thenComparing(o -> o.record().map(RecordId::value).orElse(""));

    /** One that has no id but its place. */
    public static SecretOwner of(TreePath address) {
        return new SecretOwner(address, Optional.empty());
    }

    public SecretName name(String field) {
        return new SecretName(this, new SecretField(field));
    }

    @Override
    public int compareTo(SecretOwner other) {
        return ORDER.compare(this, other);
    }
}
