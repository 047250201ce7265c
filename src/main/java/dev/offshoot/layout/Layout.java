package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The declarative description of how one platform's documents map to files and back. */
final class Layout {
    /** Name of the pseudo kind of a whole document. */
    static final String DOCUMENT = "document";

    private static final String YAML = ".yaml";

    private final String platform;
    private final TreePath root;
    private final List<List<Test>> recognise;
    private final Optional<IdShape> ids;
    private final String document;
    private final Optional<String> list;
    private final Kind whole;
    private final boolean lastCounts;
    private final Map<String, String> apart;
    private final WideDocuments wide;
    private final ImportRules imports;
    private final Map<String, Kind> kinds;
    // Looked up for every record: worked out once.
    private final Map<String, Map<Kind.Slot, List<Kind>>> slots = new HashMap<>();
    private final Map<Kind, List<Owned>> owned = new IdentityHashMap<>();
    private final Map<Kind, BitSet> depths = new IdentityHashMap<>();
    private final Map<Kind, Set<String>> scopes = new IdentityHashMap<>();
    private final Map<String, List<Kind>> sames = new HashMap<>();
    private final List<Owned> shared = new ArrayList<>();
    private final Map<Kind, List<Owned>> entries = new IdentityHashMap<>();
    private final Set<String> halfFolders = new LinkedHashSet<>();
    private final boolean hasLines;
    private final Set<String> lineFiles = new HashSet<>();
    private final List<Spot> spots = new ArrayList<>();
    private final List<Spot> dataSpots = new ArrayList<>();

    /**
     * @param recognise alternatives; a document is the platform's when all tests of one of them hold
     * @param ids what ids of the instance look like inside text; empty when the layout has none
     * @param document name of the file for what stands outside every definition
     * @param list for a platform whose documents are lists: the member under which kinds find the list
     * @param lastCounts true for a platform that takes the last of several members with one key
     * @param whole what the layout says of the document as a whole
     * @param wide documents that are not an export of one definition
     * @param imports how the platform imports
     * @param apart where a new document lists the records of a kind that it carries without their owner, by the owner's id
     */
    Layout(
            String platform,
            TreePath root,
            List<List<Test>> recognise,
            Optional<IdShape> ids,
            String document,
            Optional<String> list,
            boolean lastCounts,
            Kind whole,
            Map<String, String> apart,
            WideDocuments wide,
            ImportRules imports,
            Map<String, Kind> kinds) {
        this.platform = platform;
        this.root = root;
        this.recognise = List.copyOf(recognise);
        this.ids = ids;
        this.document = document;
        this.list = list;
        this.lastCounts = lastCounts;
        this.whole = whole;
        this.apart = Map.copyOf(apart);
        this.wide = wide;
        this.imports = imports;
        this.kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
        slots.put(DOCUMENT, findSlots(DOCUMENT));
        for (Kind kind : kinds.values()) {
            slots.put(kind.name(), findSlots(kind.name()));
            owned.put(kind, findOwned(kind));
            depths.put(kind, findDepths(owned.get(kind)));
            kind.places().stream()
                    .filter(p -> p.owner() instanceof Placement.Owner.Root)
                    .forEach(p -> shared.add(new Owned(kind, p)));
            if (kind.sameAs().isPresent()) {
                kind.containers()
                        .forEach(c ->
                                sames.computeIfAbsent(c, k -> new ArrayList<>()).add(kind));
            }
        }
        kinds.values().forEach(k -> scopes.put(k, findScopeNames(k)));
        kinds.values().forEach(k -> k.anatomy().halves().others().forEach(h -> halfFolders.add(h.folder())));
        findLineFiles();
        findSpots();
        this.hasLines = kinds.values().stream().anyMatch(k -> k.anatomy().hasLines());
        owned.forEach((kind, all) -> entries.put(
                kind,
                all.stream()
                        .filter(o -> o.place().target() instanceof Placement.Target.Entry)
                        .toList()));
    }

    String platform() {
        return platform;
    }

    TreePath root() {
        return root;
    }

    List<List<Test>> recognise() {
        return recognise;
    }

    Optional<IdShape> ids() {
        return ids;
    }

    /** True when a document may be one of these records and nothing around it. */
    boolean canBeWhole(Collection<Kind> mains) {
        return slotsOf(DOCUMENT).entrySet().stream()
                .anyMatch(slot -> slot.getKey().at().isSelf() && slot.getValue().containsAll(mains));
    }

    String document() {
        return document;
    }

    Kind whole() {
        return whole;
    }

    /** True when the platform takes the last of several members with one key, so that such documents are not refused. */
    boolean lastCounts() {
        return lastCounts;
    }

    Map<String, String> apart() {
        return apart;
    }

    ImportRules imports() {
        return imports;
    }

    Map<String, Kind> kinds() {
        return kinds;
    }

    /** Where a document has its place that is no export of one definition, by the kinds of its records. */
    TreePath widePlace(java.util.stream.Stream<String> kindsInIt) {
        return wide.place(root, kindsInIt);
    }

    /** Kinds of what stands in the platform's folder that the document at a place holds; empty when it is that of a definition. */
    Optional<Set<String>> kindsOfWide(TreePath place) {
        return wide.at(root, place, kinds.keySet());
    }

    WideDocuments wide() {
        return wide;
    }

    /** Where records have ids of the instance. */
    List<Pointer> instanceIds() {
        return kinds.values().stream()
                .map(Kind::identity)
                .filter(Kind.Identity::instance)
                .flatMap(identity -> identity.at().stream())
                .distinct()
                .toList();
    }

    /** True when ids are content, so that the files alone say what is in a document, and the ledger only in which order. */
    boolean isByContent() {
        return ids.isEmpty();
    }

    /** True when a document has a list of definitions that it is an export of, or is that of everything there is. */
    boolean holdsSeveral() {
        List<Kind> mains =
                kinds.values().stream().filter(kind -> kind.is(Kind.Flag.MAIN)).toList();
        return mains.isEmpty()
                || mains.stream()
                        .anyMatch(kind -> kind.slotsIn(DOCUMENT).stream().anyMatch(Kind.Slot::isMany));
    }

    boolean recognises(JsonValue value) {
        if (list.isPresent() && !(value instanceof JsonArray)) {
            return false;
        }
        JsonValue seen = asMap(value);
        return recognise.stream().anyMatch(tests -> tests.stream().allMatch(t -> t.holds(seen)));
    }

    /** The document as kinds see it: a list stands under a name, so that it is a container like any other. */
    JsonValue asMap(JsonValue document) {
        return list.isPresent() && document instanceof JsonArray
                ? JsonObject.EMPTY.with(list.get(), document)
                : document;
    }

    /** The way back of {@link #asMap}; a document of such a layout is always a list. */
    JsonValue asDocument(JsonValue map) {
        return list.isEmpty() ? map : ((JsonObject) map).get(list.get()).orElse(JsonArray.EMPTY);
    }

    Optional<String> list() {
        return list;
    }

    Kind kind(String name) {
        return kinds.get(name);
    }

    /** Kinds cut from a container kind, grouped by slot, both in layout order. */
    Map<Kind.Slot, List<Kind>> slotsOf(String containerKind) {
        return slots.get(containerKind);
    }

    /** Placements whose owner may be a record of this kind, with the kind that is placed. */
    List<Owned> ownedBy(Kind owner) {
        return owned.get(owner);
    }

    /** True when a main file of a record can stand so many segments below the folder of its owner. */
    boolean hasFilesAt(Kind owner, int depth) {
        return depths.get(owner).get(depth);
    }

    /** Placements directly in the platform's folder. */
    List<Owned> shared() {
        return shared;
    }

    /** Kinds in a container whose record may be a mere reference to an equal one. */
    List<Kind> samesIn(String containerKind) {
        return sames.getOrDefault(containerKind, List.of());
    }

    /** Names of the direct children of a record's folder: what the first segment of a reference is looked up in. */
    Set<String> scopeNames(Kind owner) {
        return scopes.get(owner);
    }

    record Owned(Kind kind, Placement place) {}

    /** Names of the parallel folders of a definition. */
    Set<String> halfFolders() {
        return halfFolders;
    }

    /** True when folders have line files. */
    boolean hasLines() {
        return hasLines;
    }

    /** True for the main file of a folder, by its name and that of the folders around it. */
    boolean isMainFile(TreePath path) {
        for (Spot spot : spots) {
            if (spot.isMainFile(path)) {
                return true;
            }
        }
        return false;
    }

    /** Kinds whose records have their file, or their folder, at such an address. */
    List<Kind> kindsAt(TreePath address) {
        List<Kind> found = new ArrayList<>();
        for (Spot spot : spots) {
            if (spot.isAt(address) && !found.contains(spot.kind())) {
                found.add(spot.kind());
            }
        }
        return found;
    }

    /** True for the main file of a record that may take stored data along when it changes, by its path. */
    boolean keepsData(TreePath file) {
        for (Spot spot : dataSpots) {
            if (spot.isMainFile(file) || spot.isOwnFile(file)) {
                return true;
            }
        }
        return false;
    }

    /** Where records of a kind have their file or their folder. */
    private record Spot(Kind kind, Template path, String mainFile) {
        /** Where the placement is that of a file or a folder. */
        static Optional<Spot> of(Kind kind, Placement.Target target) {
            if (target instanceof Placement.Target.Folder f) {
                return Optional.of(new Spot(kind, f.path(), f.file() + YAML));
            }
            return target instanceof Placement.Target.File f
                    ? Optional.of(new Spot(kind, f.path(), ""))
                    : Optional.empty();
        }

        boolean isAt(TreePath address) {
            return path.isEndOf(address.value());
        }

        boolean isMainFile(TreePath file) {
            String text = file.value();
            int folder = text.length() - mainFile.length() - 1;
            return !mainFile.isEmpty()
                    && folder > 0
                    && text.charAt(folder) == '/'
                    && text.endsWith(mainFile)
                    && path.isEndOf(text.substring(0, folder));
        }

        boolean isOwnFile(TreePath file) {
            String text = file.value();
            return mainFile.isEmpty()
                    && text.endsWith(YAML)
                    && path.isEndOf(text.substring(0, text.length() - YAML.length()));
        }
    }

    private void findSpots() {
        for (Kind kind : kinds.values()) {
            kind.places().forEach(p -> Spot.of(kind, p.target()).ifPresent(spots::add));
        }
        spots.stream().filter(spot -> !spot.kind().losses().data().isEmpty()).forEach(dataSpots::add);
    }

    /** True for files that hold a line for each of several records. */
    boolean holdsLines(String name) {
        int end = name.length() - ".yaml".length();
        return name.endsWith(".yaml") && lineFiles.contains(name.substring(name.lastIndexOf('.', end - 1) + 1, end));
    }

    private void findLineFiles() {
        for (Kind kind : kinds.values()) {
            if (kind.anatomy().hasLines()) {
                lineFiles.addAll(List.of(Anatomy.DERIVED, Anatomy.ARRANGEMENT));
            }
            for (Placement place : kind.places()) {
                if (place.target() instanceof Placement.Target.Entry e) {
                    lineFiles.add(e.file());
                }
            }
            kind.facets().stream().filter(f -> f.by().isPresent()).forEach(f -> lineFiles.add(f.file()));
        }
    }

    /** Placements as lines of a side file of this kind. */
    List<Owned> entriesOf(Kind owner) {
        return entries.get(owner);
    }

    private Map<Kind.Slot, List<Kind>> findSlots(String containerKind) {
        Map<Kind.Slot, List<Kind>> found = new LinkedHashMap<>();
        for (Kind kind : kinds.values()) {
            kind.slotsIn(containerKind)
                    .forEach(s ->
                            found.computeIfAbsent(s, k -> new ArrayList<>()).add(kind));
        }
        return found;
    }

    private List<Owned> findOwned(Kind owner) {
        List<Owned> found = new ArrayList<>();
        for (Kind kind : kinds.values()) {
            for (Placement place : kind.places()) {
                if (place.target() instanceof Placement.Target.File file
                        && file.flatten().isPresent()) {
                    // Whoever the owner is, the file stands in the folder of that kind.
                    if (file.flatten().get().equals(owner.name())) {
                        found.add(new Owned(kind, place));
                    }
                    continue;
                }
                boolean fits = place.owner() instanceof Placement.Owner.ByField f
                                && f.kinds().contains(owner.name())
                        || place.owner() instanceof Placement.Owner.ByList l
                                && l.kinds().contains(owner.name())
                        || place.owner() instanceof Placement.Owner.Container && kind.isIn(owner.name());
                if (fits) {
                    found.add(new Owned(kind, place));
                }
            }
        }
        return found;
    }

    private static BitSet findDepths(List<Owned> owned) {
        BitSet depths = new BitSet();
        for (Owned o : owned) {
            if (o.place().target() instanceof Placement.Target.Folder f) {
                depths.set(f.path().size() + 1);
            } else if (o.place().target() instanceof Placement.Target.File f) {
                depths.set(f.path().size());
            }
        }
        return depths;
    }

    private Set<String> findScopeNames(Kind owner) {
        Set<String> names = new LinkedHashSet<>();
        for (Owned o : ownedBy(owner)) {
            Optional<Template> path = o.place().target() instanceof Placement.Target.File f
                    ? Optional.of(f.path())
                    : o.place().target() instanceof Placement.Target.Folder d
                            ? Optional.of(d.path())
                            : Optional.empty();
            path.filter(t -> t.segments().get(0).isFixed())
                    .ifPresent(t -> names.add(t.segments().get(0).text()));
        }
        return names;
    }
}
