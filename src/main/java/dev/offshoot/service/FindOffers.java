package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.format.Limits;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Ledger;
import dev.offshoot.layout.Selection;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.TreePath;
import dev.offshoot.platform.NativeDocument;
import dev.offshoot.platform.NativePath;
import dev.offshoot.platform.NativeRepositories;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds what a commit of another repository holds: a tree of definitions, what a platform wrote itself, files with exports. */
final class FindOffers {
    /** Files that end like an export and may have to be read to see whether they are one. */
    private static final int MOST_EXPORTS = 500;

    private final LayoutEngine engine;
    private final NativeRepositories platforms = new NativeRepositories();

    FindOffers(LayoutEngine engine) {
        this.engine = engine;
    }

    /**
     * All of them, in the order of their paths; those of a platform's own repository in the order in which they refer to each other.
     *
     * @param name of a definition that its repository does not name
     * @param namespace ids of entities in a tree of definitions are made from it
     */
    List<Offer> in(ForeignFiles files, String name, UUID namespace) {
        List<Offer> found = new ArrayList<>(tree(new ForeignTree(files), namespace));
        if (platforms.recognise(files)) {
            platforms.documents(files, name).forEach(document -> found.add(written(document)));
        } else {
            found.addAll(exports(files));
        }
        return found;
    }

    /** Only those that stand in a tree of definitions. They are for looking at: their documents have ids of nowhere. */
    List<Offer> definitions(ForeignFiles files) {
        return tree(new ForeignTree(files), new UUID(0, 0));
    }

    private List<Offer> tree(ForeignTree tree, UUID namespace) {
        List<Offer> found = new ArrayList<>();
        for (TreePath address : engine.withExport(tree)) {
            engine.header(tree, Ledger.EMPTY, address)
                    .ifPresent(header -> found.add(new Offer(
                            address.value(),
                            Offer.Form.OFFSHOOT,
                            header.kind(),
                            header.name(),
                            header.id(),
                            () -> engine.assemble(tree, Ledger.EMPTY, address, namespace, Selection.ALL)
                                    .document())));
        }
        return found;
    }

    private Offer written(NativeDocument document) {
        Optional<DefinitionHeader> main =
                engine.mains(document.document()).stream().findFirst();
        return new Offer(
                document.key(),
                Offer.Form.NATIVE,
                main.map(DefinitionHeader::kind).orElse("document"),
                document.name(),
                main.flatMap(DefinitionHeader::id),
                document::document);
    }

    private List<Offer> exports(ForeignFiles files) {
        List<Offer> found = new ArrayList<>();
        files.paths().stream()
                .filter(path -> path.value().endsWith(".json") && !isInTree(path))
                .limit(MOST_EXPORTS)
                .forEach(path -> export(files, path).ifPresent(found::add));
        return found;
    }

    private boolean isInTree(NativePath path) {
        int slash = path.value().indexOf('/');
        return slash > 0 && engine.layouts().platforms().contains(path.value().substring(0, slash));
    }

    /** Most files that end like an export are none: that is no error. */
    private Optional<Offer> export(ForeignFiles files, NativePath path) {
        try {
            Content content = files.read(path);
            JsonValue document = engine.read(content.bytes(), Limits.DEFAULT).value();
            return engine.mains(document).stream()
                    .findFirst()
                    .map(main -> new Offer(
                            path.value(), Offer.Form.EXPORT, main.kind(), main.name(), main.id(), () -> document));
        } catch (Failure notAnExport) {
            return Optional.empty();
        }
    }
}
