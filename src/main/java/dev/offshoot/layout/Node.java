package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A record read from a tree: the counterpart of {@link Rec} on the way back. Working state of {@link Assembly}. */
final class Node {
    private static final int FEW = 8;

    final Kind kind;
    final String address;
    final Node owner;
    final Optional<Placement> place;
    /** The file it stands in, for errors. */
    final TreePath file;
    /** What the ledger says of it. */
    final Ledger.Entry entry;

    /** False for a record that the ledger has never seen. */
    final boolean known;

    private final Node host;
    private final Node definition;

    /** Own fields as written: references not yet resolved, embedded records and side files already joined or taken out. */
    JsonObject content = JsonObject.EMPTY;

    /** Own fields with ids for references, once they have been asked for. */
    JsonObject decoded;

    /** Its key in the container's map, when the file says it. */
    Optional<String> key = Optional.empty();

    /** Own fields with what is implied, once another record has asked for them. */
    JsonObject own;

    /** Its id here, once it has been asked for. */
    String id;

    /** Left out by the selection. */
    boolean left;

    /** Reached, or about to be, on the way through what a document holds. */
    boolean visited;

    /** Stands in some list. */
    boolean held;

    /** The lists in it, once they are known to be asked for. */
    private Holder holder;

    /** Implied fields that the files say are absent. */
    final List<String> absent = new ArrayList<>();

    final List<Node> children = new ArrayList<>();
    private Scope scope;
    private Map<String, Node> inside;

    Node(Kind kind, String address, Node owner, Optional<Placement> place, TreePath file, Ledger ledger) {
        this.kind = kind;
        this.address = address;
        this.owner = owner;
        this.place = place;
        this.file = file;
        Ledger.Entry found = ledger.find(address);
        this.known = found != null;
        this.entry = known ? found : Ledger.Entry.NONE;
        this.definition = owner == null ? this : owner.definition;
        this.host = isEmbedded() ? owner.host : this;
    }

    /** The record at an address in this one's file; this one itself has another. */
    Optional<Node> inside(String inner) {
        if (children.size() <= FEW) {
            for (Node child : children) {
                if (child.address.equals(inner)) {
                    return Optional.of(child);
                }
            }
        }
        if (inside == null) {
            Map<String, Node> all = new HashMap<>();
            index(all);
            inside = all; // every thread makes the same
        }
        return Optional.ofNullable(inside.get(inner));
    }

    private void index(Map<String, Node> all) {
        for (Node child : children) {
            if (child.isEmbedded()) {
                all.put(child.address, child);
                child.index(all);
            }
        }
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

    /** The record with a file of its own that this one stands in. */
    Node host() {
        return host;
    }

    Holder holder() {
        if (holder == null) {
            holder = new Holder(address, kind.name(), Optional.of(this), entry);
        }
        return holder;
    }

    /** The same record read again, nothing in it having changed but its own fields: its lists are those of the other one. */
    void takesPlaceOf(Node other) {
        holder = other.holder;
    }

    /** Places in it whose record is equal to another one. */
    List<Holder.SamePlace> same() {
        return holder == null ? List.of() : holder.same;
    }

    Scope scope(Layout layout) {
        if (scope == null) {
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
        return definition;
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
