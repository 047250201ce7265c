package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.Limits;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

/** Interprets layouts: documents to files and back. Knows no platform. Pure: no I/O, no clock, no randomness. */
public final class LayoutEngine {
    private final Layouts layouts;

    public LayoutEngine(Layouts layouts) {
        this.layouts = layouts;
    }

    public Layouts layouts() {
        return layouts;
    }

    /**
     * Reads a document. Where a key is repeated that is refused, unless its platform takes the last: then so does this, with a warning for each.
     *
     * @throws Failure of {@link JsonReader#read(byte[], Limits)}
     */
    public ReadDocument read(byte[] bytes, Limits limits) {
        try {
            return new ReadDocument(JsonReader.read(bytes, limits), List.of());
        } catch (Failure refused) {
            if (refused.reason() != Reason.DUPLICATE_KEY) {
                throw refused;
            }
            List<Problem> repeated = new ArrayList<>();
            JsonValue document = JsonReader.readLast(bytes, limits, repeated::add);
            if (layouts.all().stream().noneMatch(l -> l.lastCounts() && l.recognises(document))) {
                throw refused;
            }
            return new ReadDocument(document, repeated);
        }
    }

    /**
     * The definitions a document is an export of, as {@link #explode} will show them to {@link KnownDefinitions}: what an identity rule
     * needs before. Does not look at what is in them.
     *
     * @throws Failure {@code UNKNOWN_PLATFORM} when no layout recognises it
     */
    public List<DefinitionHeader> mains(JsonValue document) {
        Layout layout = layouts.recognise(document);
        return Heads.mains(layout, object(layout, document));
    }

    /**
     * Takes a document apart. Total: whatever fits no rule stays in its parent's file with a warning.
     *
     * @throws Failure {@code UNKNOWN_PLATFORM} when no layout recognises it
     */
    public Exploded explode(JsonValue document, KnownDefinitions known) {
        Layout layout = layouts.recognise(document);
        return Explosion.explode(layout, object(layout, document), known);
    }

    /** True for a platform whose records have ids that are content: then any record of it can say something of another document. */
    public boolean idsAreContent(TreePath place) {
        return layouts.at(place).filter(Layout::isByContent).isPresent();
    }

    /** {@link #explode}, and keeps what was found out, for the next state of the same document. */
    public Remembered remember(JsonValue document, KnownDefinitions known) {
        Layout layout = layouts.recognise(document);
        return Explosion.remember(layout, object(layout, document), known);
    }

    private static JsonObject object(Layout layout, JsonValue document) {
        if (layout.asMap(document) instanceof JsonObject o) {
            return o;
        }
        throw Failure.of(
                Reason.WRONG_ENVELOPE,
                "",
                "an export of " + layout.platform() + " is a JSON "
                        + (layout.list().isEmpty() ? "object" : "list"));
    }

    /**
     * Puts a document together.
     *
     * @param definition address of the document: what {@link Exploded#document} said
     * @param namespace ids of entities that the ledger does not know are made from it and their path
     * @throws Failure with file and line: bad YAML, a reference to nothing; {@code NOT_FOUND} when nothing stands there
     */
    public Assembled assemble(
            TreeSource files, Ledger ledger, TreePath definition, UUID namespace, Selection selection) {
        return Assembly.assemble(layoutAt(definition), files, ledger, definition, namespace, selection);
    }

    /** The same, ready to make the next document from. */
    public Reassembly.Start start(
            TreeSource files, Ledger ledger, TreePath definition, UUID namespace, Selection selection) {
        return Assembly.start(layoutAt(definition), files, ledger, definition, namespace, selection);
    }

    private Layout layoutAt(TreePath definition) {
        return layouts.at(definition)
                .orElseThrow(() -> Failure.of(
                        Reason.NOT_FOUND,
                        definition.value(),
                        "no platform has this folder",
                        "platforms: " + String.join(", ", layouts.platforms())));
    }

    /**
     * Looks through a document without making it: every reference to nothing is reported, and what the ledger would have to say of
     * records that it does not know.
     */
    public Checked check(TreeSource files, Ledger ledger, TreePath definition, UUID namespace) {
        return Assembly.check(layouts.at(definition).orElseThrow(), files, ledger, definition, namespace);
    }

    /** Addresses of all documents that a tree holds, shared definitions that are carried by others left out unless there is nothing else. */
    public List<TreePath> documents(TreeSource files) {
        List<TreePath> mains = documents(files, owned -> owned.kind().is(Kind.Flag.MAIN));
        return mains.isEmpty() ? exportable(files) : mains;
    }

    /** The same with what stands alone as well as in the documents of others, such as modules: all that refers to something. */
    public List<TreePath> exportable(TreeSource files) {
        return documents(files, LayoutEngine::isExportable);
    }

    /** Addresses of all that has an export of its own: these, and what has a folder of its own, such as an object. */
    public List<TreePath> withExport(TreeSource files) {
        return documents(
                files, owned -> isExportable(owned) || owned.place().target() instanceof Placement.Target.Folder);
    }

    private static boolean isExportable(Layout.Owned owned) {
        return owned.kind().is(Kind.Flag.MAIN) || owned.kind().is(Kind.Flag.ALONE);
    }

    private List<TreePath> documents(TreeSource files, Predicate<Layout.Owned> wanted) {
        TreeSet<TreePath> found = new TreeSet<>();
        for (Layout layout : layouts.all()) {
            String document = layout.document() + ".yaml";
            for (TreePath path : files.list(layout.root())) {
                if (path.name().equals(document)) {
                    found.add(path.parent());
                }
            }
            for (Layout.Owned shared : layout.shared()) {
                if (wanted.test(shared)) {
                    Shared.addresses(layout, files, shared).forEach(a -> found.add(TreePath.of(a)));
                }
            }
            if (found.contains(layout.root())) {
                // A document of the whole platform folder speaks for everything in it.
                found.removeIf(p -> p.isWithin(layout.root()) && !p.equals(layout.root()));
            }
        }
        return new ArrayList<>(found);
    }

    /**
     * What identifies the definition at an address, as {@link #mains} says it of one in a document; empty when there is none. Reads one
     * file; of the ledger, only what is said of the address itself matters.
     */
    public Optional<DefinitionHeader> header(TreeSource files, Ledger ledger, TreePath address) {
        return layouts.at(address).flatMap(layout -> new Heads(layout, files, ledger).definition(address));
    }

    /**
     * True for the address of a document that holds all there is of a platform or of some kinds, whether one was ever imported or not:
     * {@code appbuilder}, {@code appbuilder/access}. Only where ids are content and a document has room for several definitions can everybody's
     * records stand in one document.
     */
    public boolean isWide(TreePath address) {
        return layouts.at(address)
                .filter(l -> l.isByContent()
                        && l.holdsSeveral()
                        && l.kindsOfWide(address).isPresent())
                .isPresent();
    }

    /**
     * Addresses of the records, owned ones too, that have one of these ids, where ids are content; elsewhere none. Reads only files whose
     * name shows that they may be meant.
     */
    public List<TreePath> rows(TreeSource files, TreePath platform, Set<String> ids) {
        Optional<Layout> layout = layouts.at(platform).filter(l -> l.isByContent() && !ids.isEmpty());
        if (layout.isEmpty()) {
            return List.of();
        }
        ContentIds found = new ContentIds(
                layout.get(), files, new NodeReader(layout.get(), files, Ledger.EMPTY, new ArrayList<>()));
        return ids.stream()
                .sorted()
                .flatMap(id -> found.find(id).stream())
                .map(node -> TreePath.of(node.address))
                .toList();
    }

    /** The versions of the definition at an address: what {@link Selection#version} can name. Empty for kinds without. */
    public List<VersionHeader> versions(TreeSource files, Ledger ledger, TreePath address) {
        return layouts.at(address)
                .map(layout -> new Heads(layout, files, ledger).versions(address))
                .orElse(List.of());
    }

    /**
     * One of the ways in which the platform of a document imports.
     *
     * @throws Failure {@code INVALID_PARAMETER} naming those there are
     */
    public ImportRule importRule(JsonValue document, String name) {
        Layout layout = layouts.recognise(document);
        return layout.imports().rule(name, layout.platform());
    }

    /**
     * The way in which the platform of a document imports into a definition as a new version.
     *
     * @throws Failure {@code INVALID_PARAMETER} for a platform without versions
     */
    public ImportRule versionRule(JsonValue document) {
        Layout layout = layouts.recognise(document);
        return layout.imports().rules().values().stream()
                .filter(rule -> rule.version().equals(Optional.of(ImportRule.Version.NEXT)))
                .findFirst()
                .orElseThrow(() -> Failure.of(
                        Reason.INVALID_PARAMETER,
                        "mode",
                        "definitions of " + layout.platform() + " have no versions",
                        "use mode=update, or mode=create"));
    }

    /**
     * The name that the platform of a document gives to a new definition whose own name is taken: {@code name (n)} unless its layout
     * says otherwise.
     */
    public String freeName(JsonValue document, String name, Set<String> taken) {
        String pattern = layouts.recognise(document).imports().rules().values().stream()
                .flatMap(rule -> rule.taken().stream())
                .findFirst()
                .orElse("{name} ({n})");
        String free = name;
        for (int n = 1; taken.contains(free); n++) {
            free = pattern.replace("{name}", name).replace("{n}", Integer.toString(n));
        }
        return free;
    }

    /** What a document lacks that an import needs, by a rule or without one. */
    public List<Problem> missing(JsonValue document, Optional<ImportRule> rule) {
        Layout layout = layouts.recognise(document);
        return layout.imports().missing(rule, object(layout, document));
    }

    /** Where a document says that it is of a newer version than its layout knows. */
    public List<Problem> newer(JsonValue document) {
        Layout layout = layouts.recognise(document);
        return layout.imports().newer(object(layout, document));
    }

    /** Every record of a document where it stands, containers before what is in them. */
    public List<Row> rows(JsonValue document) {
        Layout layout = layouts.recognise(document);
        return Rows.of(layout, object(layout, document));
    }

    /** Records of a document that its definitions own and that somebody has to configure. */
    public List<Configured> configured(JsonValue document) {
        Layout layout = layouts.recognise(document);
        return Configured.in(layout, object(layout, document));
    }

    /** The same, of a definition that is there. */
    public List<Configured> configured(TreeSource files, TreePath definition) {
        return layouts.at(definition)
                .map(layout -> Configured.in(layout, files, definition))
                .orElse(List.of());
    }

    /** What definitions need of wherever they are, by their files; of those that are not there, nothing. Follows no reference out of them. */
    public Requirements requirements(TreeSource files, Collection<TreePath> definitions) {
        List<Want> wants = new ArrayList<>();
        List<SecretPlace> secrets = new ArrayList<>();
        for (Layout layout : layouts.all()) {
            List<TreePath> own = definitions.stream()
                    .filter(d -> d.isWithin(layout.root()) && !d.equals(layout.root()))
                    .toList();
            if (!own.isEmpty()) {
                Requirements found = RequirementReader.of(layout, files, own);
                wants.addAll(found.wants());
                secrets.addAll(found.secrets());
            }
        }
        return new Requirements(wants, secrets);
    }

    /**
     * What a file says with secrets in their places, as references and the like are written in files.
     *
     * @param places those that the definition of the file has
     * @param values by pointer in the file; one whose place is not there any more is left out
     */
    public JsonValue withSecrets(
            TreePath address, JsonValue content, List<SecretPlace> places, Map<String, JsonValue> values) {
        JsonValue filled = content;
        for (Map.Entry<String, JsonValue> value : values.entrySet()) {
            Pointer pointer = Pointer.parse(value.getKey());
            boolean isPlace = places.stream()
                    .anyMatch(p -> p.address().equals(address)
                            && (value.getKey().equals(p.pointer())
                                    || value.getKey().startsWith(p.pointer() + "/")));
            if (isPlace
                    || isAnywhere(address, pointer)
                            && pointer.parent().get(content).isPresent()) {
                filled = pointer.putDeep(filled, Symbols.literal(value.getValue()));
            }
        }
        return filled;
    }

    /** The id that the instance gave to the record at an address, whatever the kind has its id in; empty when it has none. */
    public Optional<String> idOf(Ledger ledger, TreePath address) {
        return layouts.at(address).stream()
                .flatMap(layout -> layout.instanceIds().stream())
                .flatMap(at -> ledger.idOf(address, at).stream())
                .findFirst();
    }

    /** Where the records with an id stand, or stood, as the ledger knows it. */
    public Map<String, Set<TreePath>> addresses(Ledger ledger, TreePath platform) {
        return layouts.at(platform)
                .map(layout -> ledger.addresses(layout.instanceIds()))
                .orElse(Map.of());
    }

    /** True for a place that the layout names by its last step alone. */
    private boolean isAnywhere(TreePath address, Pointer pointer) {
        return !pointer.isSelf()
                && layouts.at(address).stream()
                        .flatMap(layout -> layout.whole().vault().stream())
                        .anyMatch(rule -> rule.place().at().steps().contains("**")
                                && rule.place().at().last().equals(pointer.last()));
    }

    /** What stands at a JSON pointer. */
    public static Optional<JsonValue> at(JsonValue document, String pointer) {
        return Pointer.parse(pointer).get(document);
    }

    /** The places that a pattern such as {@code schema/keys/*} means in a value, as JSON pointers. */
    public static List<String> expand(JsonValue value, String pattern) {
        return Pointer.parse(pattern).expand(value);
    }

    /** The document with a value set at a JSON pointer; unchanged when there is nothing that could hold it. */
    public static JsonValue put(JsonValue document, String pointer, JsonValue value) {
        return Pointer.parse(pointer).put(document, value);
    }

    /**
     * Records that nothing of what the document is an export of leads to, as JSON pointers; none where ids are no content.
     */
    public List<String> unreached(JsonValue document) {
        Layout layout = layouts.recognise(document);
        return Unreached.pointers(layout, object(layout, document));
    }

    /**
     * A document with the definition that it is an export of under another name.
     *
     * @throws Failure {@code INVALID_PARAMETER} when it is not an export of exactly one
     */
    public JsonValue renamed(JsonValue document, String name) {
        Layout layout = layouts.recognise(document);
        return layout.asDocument(Heads.renamed(layout, object(layout, document), name));
    }
}
