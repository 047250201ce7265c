package dev.offshoot.layout;

import dev.offshoot.model.TreePath;
import java.util.Optional;
import java.util.Set;

/**
 * A record with a file of its own, as the paths of its files tell; nothing of it has been read.
 *
 * @param address its place: folder, or file without extension
 * @param kind as its layout calls it. {@code document} is what stands outside every definition, {@code file} what no kind has a place for
 * @param main its main file, whether it is there or not
 * @param owner the record whose folder it is in; none for definitions and what is outside of them
 * @param children names that its direct children can have in references; empty where it is no folder
 */
public record Entity(TreePath address, String kind, TreePath main, Optional<Entity> owner, Set<String> children) {
    /** Kind of what stands outside every definition. */
    public static final String DOCUMENT = Layout.DOCUMENT;
    /** Kind of a file that no layout has a place for. */
    public static final String FILE = "other file";

    public Entity {
        children = Set.copyOf(children);
    }

    static Entity file(TreePath path) {
        return new Entity(path, FILE, path, Optional.empty(), Set.of());
    }

    /** The outermost owner, or this one itself. */
    public Entity definition() {
        return owner.map(Entity::definition).orElse(this);
    }

    public boolean isDefinition() {
        return owner.isEmpty() && !kind.equals(FILE) && !kind.equals(DOCUMENT);
    }

    /** True when other records can stand in its folder. */
    public boolean isFolder() {
        return !main.equals(address) && main.isWithin(address);
    }

    /** Number of owners. */
    public int depth() {
        return owner.map(o -> o.depth() + 1).orElse(0);
    }

    /** Two are one when they have one place. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Entity e && address.equals(e.address) && kind.equals(e.kind);
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    @Override
    public String toString() {
        return kind + " " + address;
    }
}
