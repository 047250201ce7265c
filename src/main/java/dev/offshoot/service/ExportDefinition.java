package dev.offshoot.service;

import dev.offshoot.layout.Assembled;
import dev.offshoot.layout.Definition;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Reassembly;
import dev.offshoot.layout.Selection;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.vault.Vault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Puts a definition's document together as it was in any state. Writes nothing. */
public final class ExportDefinition {
    private final FindDefinition finder;
    private final LayoutEngine engine;
    private final Caches caches;
    private final Vault vault;

    ExportDefinition(RepositoryStore store, LayoutEngine engine, Caches caches, Vault vault) {
        this.vault = vault;
        this.finder = new FindDefinition(store, engine, caches);
        this.engine = engine;
        this.caches = caches;
    }

    /**
     * Which part.
     *
     * @param version only this one, by name or id; empty: all
     * @param tables with or without the schemas of tables; empty: as the document had it when it was imported
     */
    public record Part(Optional<String> version, Optional<Boolean> tables) {
        private static final Set<String> TABLES = Set.of("table");

        Selection selection() {
            return new Selection(
                    version,
                    tables.filter(with -> !with).isPresent() ? TABLES : Set.of(),
                    tables.filter(with -> with).isPresent() ? TABLES : Set.of());
        }
    }

    /**
     * What an export gives.
     *
     * @param document empty when the caller has it already
     * @param fileName proposed for a download, in any script
     */
    public record Export(
            Optional<ExportedDocument> document,
            String fileName,
            ObjectName commit,
            EntityTag tag,
            List<Problem> findings) {}

    /**
     * Exports a definition, or everything of a platform or of some kinds where the layout has such documents: {@code appbuilder},
     * {@code appbuilder/access}.
     *
     * @param has true for the tag of a document that the caller has: then it is not made again
     * @throws Failure {@code NOT_FOUND}, or what is wrong with a file that somebody edited, with its line
     */
    public Export run(DefinitionRequest request, Part part, Predicate<EntityTag> has) {
        FindDefinition.Found found = find(request, part);
        WorkspaceView view = found.view();
        boolean wide = engine.isWide(request.address());
        // Of a document of everything, what stands there is more than its own folder.
        TreePath place = wide ? TreePath.of(request.address().segments().get(0)) : request.address();
        EntityTag definition = EntityTag.of(view.snapshot(), place).orElseThrow();
        EntityTag tag = EntityTag.ofExport(view.snapshot(), request.address(), definition, part.toString());
        String fileName = fileName(found, part);
        ObjectName commit = view.snapshot().commit();
        if (has.test(tag)) {
            return new Export(Optional.empty(), fileName, commit, tag, List.of());
        }
        Caches.Document key = new Caches.Document(found.repository().info().id(), tag);
        Optional<Caches.Written> written = caches.documents.find(key);
        if (written.isPresent()) {
            ExportedDocument document = ExportedDocument.written(written.get().document());
            return new Export(
                    Optional.of(document), fileName, commit, tag, written.get().findings());
        }
        LastExports.Key name = new LastExports.Key(found.repository().info().id(), request.address(), part.toString());
        Optional<ExportedDocument.Pieces> next = caches.exports.next(name, view);
        if (next.isPresent()) {
            caches.documents.put(
                    key, new Caches.Written(next.get(), List.of()), next.get().size());
            ExportedDocument document = ExportedDocument.written(next.get());
            return new Export(Optional.of(document), fileName, commit, tag, List.of());
        }
        Reassembly.Start start = assemble(view, name, part.selection());
        List<Problem> findings = start.assembled().findings();
        ExportedDocument document =
                ExportedDocument.of(start.assembled().document(), caches.documents.heaviest(), (pieces, places) -> {
                    caches.documents.put(key, new Caches.Written(pieces, findings), pieces.size());
                    start.next().ifPresent(a -> caches.exports.keep(name, view, a, pieces, places));
                });
        return new Export(Optional.of(document), fileName, commit, tag, findings);
    }

    /**
     * Exports with the secrets that the vault has in their places; others are left out as always. For callers who may read them, which
     * whoever calls this has made sure of. Nothing of it is kept for later exports.
     *
     * @throws Failure {@code VAULT_LOCKED} when there are secrets and no key for them, otherwise as {@link #run}
     */
    public Export withSecrets(DefinitionRequest request, Part part) {
        FindDefinition.Found found = find(request, part);
        WorkspaceView view = found.view();
        UUID workspace = found.repository().info().id();
        Assembled assembled = engine.assemble(
                new SecretSource(
                        view.files(),
                        engine,
                        vault,
                        workspace,
                        SecretOwners.of(vault, workspace, new WorkspaceView(view.snapshot(), engine, caches), engine)),
                view.ledgerOf(request.address()),
                request.address(),
                workspace,
                part.selection());
        return new Export(
                Optional.of(ExportedDocument.of(assembled.document(), 0, (pieces, places) -> {})),
                fileName(found, part),
                view.snapshot().commit(),
                EntityTag.of(
                                view.snapshot(),
                                TreePath.of(request.address().segments().get(0)))
                        .orElseThrow(),
                assembled.findings());
    }

    private FindDefinition.Found find(DefinitionRequest request, Part part) {
        FindDefinition.Found found = finder.findDocument(request);
        if (!engine.isWide(request.address())) {
            requireDocument(found.view(), found.definition());
        }
        requireVersion(found.view(), request, part);
        return found;
    }

    private static String fileName(FindDefinition.Found found, Part part) {
        return Stream.concat(Stream.of(found.definition().header().name()), part.version().stream())
                        .reduce((name, version) -> name + " " + version)
                        .orElseThrow()
                + ".json";
    }

    private Reassembly.Start assemble(WorkspaceView view, LastExports.Key name, Selection selection) {
        TreePath address = name.address();
        if (caches.exports.isFor(view, address)) {
            return engine.start(view.files(), view.ledgerOf(address), address, name.workspace(), selection);
        }
        Assembled assembled =
                engine.assemble(view.files(), view.ledgerOf(address), address, name.workspace(), selection);
        return new Reassembly.Start(assembled, Optional.empty());
    }

    /** Single shared records, such as data sources, travel in the documents of those who use them. */
    private static void requireDocument(WorkspaceView view, Definition definition) {
        if (!hasDocument(view, definition)) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "definition",
                    "a " + definition.header().kind() + " has no export of its own",
                    "export a definition that uses it");
        }
    }

    static boolean hasDocument(WorkspaceView view, Definition definition) {
        return view.placeOf(definition.address()).equals(definition.address());
    }

    private void requireVersion(WorkspaceView view, DefinitionRequest request, Part part) {
        if (part.version().isEmpty()) {
            return;
        }
        String wanted = part.version().get();
        var versions = engine.versions(view.files(), view.ledgerAround(List.of(request.address())), request.address());
        if (versions.stream().noneMatch(v -> v.name().equals(wanted) || v.id().equals(Optional.of(wanted)))) {
            throw Failure.of(
                    Reason.NOT_FOUND,
                    "version",
                    "no version " + wanted + " of " + request.address(),
                    Workspaces.existing("versions", versions.stream().map(v -> v.name())));
        }
    }
}
