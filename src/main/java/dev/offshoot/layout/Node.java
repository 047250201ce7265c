package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A record read from a tree: the counterpart of {@link Rec} on the way back. Working state of {@link Assembly}. */
final class Node {
    final Kind kind;
    final String address;
    final Node owner;
    final Optional<Placement> place;
    /** The file it stands in, for errors. */
    final TreePath file;
    /** Own fields as written: references not yet resolved, embedded records and side files already joined or taken out. */
    JsonObject content = JsonObject.EMPTY;

    /** Own fields with ids for references, once they have been asked for. */
    JsonObject decoded;

    /** Its key in the container's map, when the file says it. */
    Optional<String> key = Optional.empty();

    /** Own fields with what is implied, once another record has asked for them. */
    JsonObject own;
    /** Implied fields that the files say are absent. */
    final List<String> absent = new ArrayList<>();

    final List<Node> children = new ArrayList<>();
    private Scope scope;

    Node(Kind kind, String address, Node owner, Optional<Placement> place, TreePath file) {
        this.kind = kind;
        this.address = address;
        this.owner = owner;
        this.place = place;
        this.file = file;
    }

    boolean isFolder() {
        return place.isPresent() && place.get().target() instanceof Placement.Target.Folder;
    }

    boolean isEmbedded() {
        return address.indexOf('#') >= 0;
    }

    /** True for a record that is a line of its owner's side file. */
    boolean isEntry() {
        return place.isPresent() && place.get().target() instanceof Placement.Target.Entry;
    }

    /** Name of the last path segment or key. */
    String lastSegment() {
        return address.substring(address.lastIndexOf('/') + 1);
    }

    Node host() {
        Node at = this;
        while (at.isEmbedded()) {
            at = at.owner;
        }
        return at;
    }

    Scope scope(Layout layout) {
        if (scope == null) {
            Node host = host();
            if (host != this) {
                scope = host.scope(layout);
            } else {
                List<Scope.Folder> folders = new ArrayList<>();
                for (Node at = this; at != null; at = at.owner) {
                    if (at.isFolder()) {
                        folders.add(new Scope.Folder(at.address, layout.scopeNames(at.kind)));
                    }
                }
                scope = new Scope(layout.root().value(), address, folders);
            }
        }
        return scope;
    }

    /** The definition this node belongs to: the outermost owner. */
    Node definition() {
        Node at = this;
        while (at.owner != null) {
            at = at.owner;
        }
        return at;
    }

    Optional<Node> around(Set<String> kinds) {
        for (Node at = owner; at != null; at = at.owner) {
            if (kinds.contains(at.kind.name())) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }
}
