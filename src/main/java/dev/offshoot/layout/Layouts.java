package dev.offshoot.layout;

import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The layouts an instance knows. */
public final class Layouts {
    /** Names the layouts that ship, a line each, in the order in which they are asked; a new platform is a line there and a file beside it. */
    private static final String BUNDLED = "bundled.txt";

    private final List<Layout> layouts;

    private Layouts(List<Layout> layouts) {
        this.layouts = List.copyOf(layouts);
    }

    /** Those that ship with Offshoot. */
    public static Layouts bundled() {
        List<Layout> layouts = new ArrayList<>();
        new String(resource(BUNDLED), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(name -> name + ".yaml")
                .forEach(file -> layouts.add(LayoutReader.read(file, resource(file))));
        return new Layouts(layouts);
    }

    private static byte[] resource(String file) {
        try (InputStream in = Layouts.class.getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * These and one more, read from a file's bytes.
     *
     * @throws Failure {@code INVALID_LAYOUT} with file, place and reason
     */
    public Layouts with(String file, byte[] bytes) {
        List<Layout> more = new ArrayList<>(layouts);
        more.add(0, LayoutReader.read(file, bytes));
        return new Layouts(more);
    }

    /**
     * One layout alone, read from a file's bytes.
     *
     * @throws Failure {@code INVALID_LAYOUT} or {@code MALFORMED_YAML} with file, line and reason
     */
    public static Layouts only(String file, byte[] bytes) {
        return new Layouts(List.of(LayoutReader.read(file, bytes)));
    }

    /** Names of those that recognise a document. There should be one at most. */
    public List<String> recognising(JsonValue document) {
        return layouts.stream()
                .filter(l -> l.recognises(document))
                .map(Layout::platform)
                .toList();
    }

    /** Names of the kinds of a platform, in the order of its layout; empty when it is not known. */
    public List<String> kinds(String platform) {
        return layouts.stream()
                .filter(l -> l.platform().equals(platform))
                .flatMap(l -> l.kinds().keySet().stream())
                .toList();
    }

    /** Names of the platforms, sorted. */
    public List<String> platforms() {
        return layouts.stream().map(Layout::platform).sorted().toList();
    }

    /** Folders in which definitions stand, shared ones included, platform by platform: {@code tooljet/apps}. */
    public List<TreePath> folders() {
        return layouts.stream()
                .sorted(Comparator.comparing(Layout::platform))
                .flatMap(l -> l.shared().stream().map(o -> Shared.folder(l, o)))
                .distinct()
                .toList();
    }

    /** Those of {@link #folders} for records that have no better place: what their owner has not brought. */
    public List<TreePath> foldersOfUnowned() {
        return layouts.stream()
                .flatMap(l -> l.shared().stream()
                        .filter(o -> o.kind().places().size() > 1)
                        .map(o -> Shared.folder(l, o)))
                .distinct()
                .toList();
    }

    /** Folders of definitions that have documents of their own: {@code tooljet/apps}. */
    public List<TreePath> foldersOfDocuments(TreePath at) {
        return at(at).stream()
                .flatMap(l -> l.shared().stream()
                        .filter(o -> o.kind().is(Kind.Flag.MAIN) || o.kind().is(Kind.Flag.ALONE))
                        .map(o -> Shared.folder(l, o)))
                .distinct()
                .toList();
    }

    /**
     * The folder of versions in a definition of this sort, when a document has a place for one version only and says nothing of the
     * others.
     */
    public Optional<String> silentAbout(DefinitionHeader header) {
        return at(header.folder())
                .flatMap(l -> l.ownedBy(l.kind(header.kind())).stream()
                        .filter(o -> o.kind().is(Kind.Flag.SELECTABLE)
                                && o.kind().slotsIn(header.kind()).stream().noneMatch(Kind.Slot::isMany))
                        .map(o -> Shared.template(o).folder())
                        .findFirst());
    }

    /** Where it is said what stands around a definition in a document of its own. */
    public Optional<TreePath> surrounding(TreePath definition) {
        return at(definition).map(layout -> definition.child(layout.document() + ".yaml"));
    }

    /**
     * True for a record that works only once somebody has configured it on the instance.
     *
     * @param record its file; asked for when its kind does not decide alone
     */
    public boolean isConfigured(DefinitionHeader header, Supplier<JsonValue> record) {
        return at(header.folder())
                .map(l -> l.kind(header.kind()))
                .filter(kind ->
                        kind.is(Kind.Flag.CONFIGURED) && (kind.builtin().isEmpty() || !kind.isBuiltin(record.get())))
                .isPresent();
    }

    /** True when a record of this sort that only shares its name with another one stands beside it. */
    public boolean standApart(DefinitionHeader header) {
        return at(header.folder())
                .filter(l -> l.kind(header.kind()).is(Kind.Flag.UNLINKED))
                .isPresent();
    }

    /** True when an id alone says whether two definitions of this sort are one: then a common name says nothing. */
    public boolean areKnownById(DefinitionHeader header) {
        return header.id().isPresent()
                && at(header.folder())
                        .map(l -> l.kind(header.kind()).identity())
                        .filter(i -> !i.instance())
                        .isPresent();
    }

    /** True for an address at which the layout places a record of its own. */
    public boolean isEntity(TreePath address) {
        return at(address).filter(l -> !l.kindsAt(address).isEmpty()).isPresent();
    }

    /** What it costs when entities go or change. */
    public RemovalRules removals() {
        return new RemovalRules(this);
    }

    /** True for the file that makes a folder an entity with others in it: {@code pages/Home/page.yaml}, {@code apps/crm/app.yaml}. */
    public boolean isMainFile(TreePath path) {
        return at(path).filter(l -> l.isMainFile(path)).isPresent();
    }

    /** True for a file with one line for each of several entities, by its name. */
    public boolean holdsLines(TreePath path) {
        return at(path).filter(l -> l.holdsLines(path.name())).isPresent();
    }

    /** The one layout whose tests hold. */
    Layout recognise(JsonValue document) {
        return layouts.stream()
                .filter(l -> l.recognises(document))
                .findFirst()
                .orElseThrow(() -> Failure.of(
                        Reason.UNKNOWN_PLATFORM,
                        "",
                        "this is no export of a platform that is known here",
                        "known are: " + String.join(", ", platforms())));
    }

    /** The layout in whose folder a path is. */
    Optional<Layout> at(TreePath path) {
        for (Layout layout : layouts) {
            if (path.isWithin(layout.root())) {
                return Optional.of(layout);
            }
        }
        return Optional.empty();
    }

    List<Layout> all() {
        return layouts;
    }
}
