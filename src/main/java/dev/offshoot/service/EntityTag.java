package dev.offshoot.service;

import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Names a state of something in a workspace: equal tags, equal answers. That of an export begins with that of its definition, so a
 * caller may rely on either when it sends a changed document back.
 */
public record EntityTag(String value) {
    private static final int DIGITS = 32;

    /** The tag of the definition, whichever of its representations this one names. */
    public EntityTag ofDefinition() {
        int dash = value.indexOf('-');
        return dash < 0 ? this : new EntityTag(value.substring(0, dash));
    }

    /** The tag of a definition: its files and what the ledger knows of them. Empty when there is no such definition. */
    static Optional<EntityTag> of(Snapshot snapshot, TreePath address) {
        Optional<ObjectName> files = snapshot.files()
                .objectAt(address)
                .or(() -> snapshot.files().objectAt(address.parent().child(address.name() + ".yaml")));
        Optional<ObjectName> ledger =
                snapshot.ledger().objectAt(address).or(() -> snapshot.ledger().objectAt(address.parent()));
        Optional<ObjectName> seen = snapshot.ledger().objectAt(WorkspaceView.seenBy(address));
        Optional<ObjectName> origin = snapshot.ledger().objectAt(Origin.placeOf(address));
        return files.map(f -> of(f + " " + ledger + " " + seen + " " + origin));
    }

    /** The tag of an export, which may hold anything of the platform: the whole state of it, and what was asked for. */
    static EntityTag ofExport(Snapshot snapshot, TreePath address, EntityTag definition, String selection) {
        TreePath platform = TreePath.of(address.segments().get(0));
        return new EntityTag(definition.value() + "-"
                + of(snapshot.files().objectAt(platform) + " "
                                + snapshot.ledger().objectAt(platform) + " " + selection)
                        .value());
    }

    /** The tag of everything that a state holds, and of what the ledger knows of it. */
    static EntityTag ofAll(Snapshot snapshot) {
        return of(snapshot.commit() + " " + snapshot.ledgerCommit());
    }

    private static EntityTag of(String text) {
        return new EntityTag(
                Digests.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS));
    }
}
