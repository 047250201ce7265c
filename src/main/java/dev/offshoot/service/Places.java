package dev.offshoot.service;

import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.model.TreePath;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where definitions that are new are to stand, although their names would lead elsewhere: they were renamed where they come from, or are
 * one of several of a name. A wish: a place that is taken is not.
 */
public record Places(Map<Key, TreePath> byKey) {
    public static final Places NONE = new Places(Map.of());

    /** What tells definitions of one folder apart: the id, or the name of those that have none. */
    public record Key(TreePath folder, String text) {
        static Key of(DefinitionHeader header) {
            return new Key(header.folder(), header.id().map(id -> "id " + id).orElse("name " + header.name()));
        }
    }

    public Places {
        byKey = Map.copyOf(byKey);
    }

    /** These and one more; a place in another folder than the definition's is none. */
    Places with(DefinitionHeader header, TreePath place) {
        if (!place.parent().equals(header.folder())) {
            return this;
        }
        Map<Key, TreePath> more = new HashMap<>(byKey);
        more.putIfAbsent(Key.of(header), place);
        return new Places(more);
    }

    Optional<TreePath> of(DefinitionHeader header) {
        return Optional.ofNullable(byKey.get(Key.of(header)));
    }
}
