package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A record on its way from a document to files: the working state that the steps of {@link Explosion} hand on. Never leaves it. */
final class Rec {
    /** Among the facts: its key in the container's map. */
    static final String KEY = "$key";

    final Kind kind;
    final Rec container;
    JsonObject original;
    /** Where the record stood in its container. */
    private final String place;

    private final int index;
    private final String inner;
    /** Id in the exporting instance, or the content id; empty text when it has none. */
    final String id;

    /** Name of the member it stood at, where the layout leaves that open. */
    String member = "";

    /** The slot it was cut from; set once, right after cutting. */
    SlotCut slot;

    JsonObject content;
    Map<String, JsonValue> facts = new LinkedHashMap<>();
    List<String> absent = new ArrayList<>();
    /** What joined it from maps of its container. */
    final Map<Kind.Satellite, JsonValue> satellites = new LinkedHashMap<>();

    final List<SlotCut> slots = new ArrayList<>();

    /** The equal record this one only points at. */
    Rec sameAs;
    /** The equal record, seen before, whose file serves this one too. */
    Rec duplicateOf;
    /** Its content decided about the names or the order of others. */
    boolean compared;
    /** Its lists name records that nothing else leads to, or say which ones it leaves out. */
    boolean listing;
    /** Stays, as it was, in its container's list. */
    boolean raw;

    Rec owner;
    /** How it was placed; null for one that could only be kept where it stood. */
    Placement placement;

    Placement.Target target;
    /** Records with a place below it. */
    List<Rec> owned = List.of();

    /** Those of them that are written inside it. */
    Map<String, List<Rec>> embedded = Map.of();

    /** Key in the owner's map, when embedded by key. */
    String embedKey = "";
    /** The record whose file name is the key in the owner's map. */
    Rec embedRef;

    String address = "";
    /** How addresses are written in its file, once that has been asked for. */
    Scope scope;

    private boolean settled;
    private boolean silent;

    /**
     * @param place the list, map or member it was cut from, as a pointer in the container
     * @param index position in the list, or -1
     * @param inner where it stood in the item
     */
    Rec(Kind kind, Rec container, JsonObject original, String place, int index, String inner, String id) {
        this.kind = kind;
        this.container = container;
        this.original = original;
        this.content = original;
        this.place = place;
        this.index = index;
        this.inner = inner;
        this.id = id;
    }

    /** What depends on the record's own value; never changed once it is here. */
    record State(JsonObject original, JsonObject content, Map<String, JsonValue> facts, List<String> absent) {}

    State state() {
        return new State(original, content, facts, absent);
    }

    void become(State state) {
        original = state.original();
        content = state.content();
        facts = state.facts();
        absent = state.absent();
    }

    /** Starts again with another value under the same key. */
    void begin(JsonObject value) {
        Map<String, JsonValue> kept = new LinkedHashMap<>();
        if (facts.containsKey(KEY)) {
            kept.put(KEY, facts.get(KEY));
        }
        become(new State(value, value, kept, new ArrayList<>()));
    }

    /** Where the record stood in the document, for findings. */
    String pointer() {
        return (container == null ? "" : container.pointer()) + place + (index < 0 ? "" : "/" + index) + inner;
    }

    void own(Rec record) {
        owned = owned.isEmpty() ? new ArrayList<>() : owned;
        owned.add(record);
    }

    void embed(String key, Rec record) {
        embedded = embedded.isEmpty() ? new LinkedHashMap<>() : embedded;
        embedded.computeIfAbsent(key, k -> new ArrayList<>(2)).add(record);
    }

    boolean isDocument() {
        return container == null;
    }

    String kindName() {
        return isDocument() ? Layout.DOCUMENT : kind.name();
    }

    boolean isFolder() {
        return target instanceof Placement.Target.Folder;
    }

    boolean isEmbedded() {
        return target instanceof Placement.Target.Embed;
    }

    /** True for a record that is a line of its owner's side file. */
    boolean isEntry() {
        return target instanceof Placement.Target.Entry;
    }

    /** The nearest record, from this one on, that is a folder. */
    Rec folder() {
        Rec at = this;
        while (!at.isFolder()) {
            at = at.owner;
        }
        return at;
    }

    /** The outermost record this one belongs to. */
    Rec definition() {
        Rec at = this;
        while (at.owner != null) {
            at = at.owner;
        }
        return at;
    }

    /** The record with a file of its own that this one is written in. */
    Rec host() {
        Rec at = this;
        while (at.isEmbedded()) {
            at = at.owner;
        }
        return at;
    }

    /** Path of the main file without extension. */
    String stem() {
        return target instanceof Placement.Target.Folder f ? address + "/" + f.file() : address;
    }

    /** True for records that get no file of their own account. */
    boolean isSilent() {
        return settled ? silent : findSilent();
    }

    /** From now on, nothing changes who is silent. */
    void settle() {
        silent = findSilent();
        settled = true;
    }

    private boolean findSilent() {
        return sameAs != null || raw || container != null && container.isSilentOrBelow();
    }

    private boolean isSilentOrBelow() {
        return !isDocument() && (raw || sameAs != null || container.isSilentOrBelow());
    }

    String name() {
        for (Pointer p : kind.names()) {
            Optional<String> text = p.get(original).flatMap(Values::text).filter(t -> !t.isBlank());
            if (text.isPresent()) {
                return text.get();
            }
        }
        return "";
    }

    /** Nearest record around this one of one of the kinds: by ownership, then by containment. */
    Optional<Rec> around(Set<String> kinds) {
        for (Rec at = owner; at != null && !at.isDocument(); at = at.owner) {
            if (kinds.contains(at.kindName())) {
                return Optional.of(at);
            }
        }
        for (Rec at = container; at != null && !at.isDocument(); at = at.container) {
            if (kinds.contains(at.kindName())) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** A list, map or single place of a container, with what stood in it: records cut out and values that fitted no kind. */
    static final class SlotCut {
        final Rec container;
        final Kind.Slot slot;
        final String pointer;
        final Shape shape;
        final List<Object> items = new ArrayList<>();
        final List<String> keys = new ArrayList<>();

        SlotCut(Rec container, Kind.Slot slot, String pointer, Shape shape) {
            this.container = container;
            this.slot = slot;
            this.pointer = pointer;
            this.shape = shape;
        }
    }

    enum Shape {
        ONE,
        LIST,
        MAP
    }
}
