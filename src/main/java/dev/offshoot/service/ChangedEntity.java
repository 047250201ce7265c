package dev.offshoot.service;

import dev.offshoot.layout.Entity;
import dev.offshoot.layout.FilePlace;
import dev.offshoot.layout.FilePlace.Part;
import dev.offshoot.model.TreePath;
import java.util.Optional;

/**
 * An entity as commit messages and receipts name it, by the paths of its files alone.
 *
 * @param address its place; the file itself for an order
 * @param kind as its layout calls it, {@code order} for an order file
 * @param name of its file or folder
 * @param on the entity around it, a version left out because most changes are in one
 */
public record ChangedEntity(TreePath address, String kind, String name, Optional<String> on) {
    static final String ORDER = "order";

    static ChangedEntity of(TreePath file, FilePlace place) {
        Entity entity = place.entity();
        if (place.part() instanceof Part.Order order) {
            String folder = order.folder().substring(order.folder().lastIndexOf('/') + 1);
            return new ChangedEntity(file, ORDER, "order of " + folder, around(Optional.of(entity)));
        }
        return new ChangedEntity(
                entity.address(), entity.kind(), entity.address().name(), around(entity.owner()));
    }

    private static Optional<String> around(Optional<Entity> owner) {
        return owner.filter(o -> o.owner().isPresent() && !o.kind().equals("version"))
                .map(o -> o.kind() + " " + o.address().name());
    }
}
