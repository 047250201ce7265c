package dev.offshoot.service;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.SecretAt;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.model.Secret;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.WorkspaceInfo;
import dev.offshoot.store.WorkspaceRepository;
import dev.offshoot.vault.SecretName;
import dev.offshoot.vault.Vault;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes secrets come true together with a change that lands, or not at all. They are staged first; the change takes a mark of them into the
 * ledger, so that after a crash between the two it can be told whether it has landed.
 */
public final class SecretLanding {
    private static final TreePath MARKS = TreePath.of("secrets");

    private final RepositoryStore store;
    private final LayoutEngine engine;
    private final Vault vault;
    private final Supplier<UUID> ids;

    SecretLanding(RepositoryStore store, LayoutEngine engine, Vault vault, Supplier<UUID> ids) {
        this.engine = engine;
        this.store = store;
        this.vault = vault;
        this.ids = ids;
    }

    /** Secrets that wait for a change, with the mark that it has to take along. */
    final class Waiting {
        private final WorkspaceRepository repository;
        private final UUID operation;
        private final Vault.Staged staged;

        private Waiting(WorkspaceRepository repository, UUID operation, Vault.Staged staged) {
            this.repository = repository;
            this.operation = operation;
            this.staged = staged;
        }

        /** The edits of the ledger, with the mark. */
        TreeEdit marked(TreeEdit ledger) {
            if (staged == Vault.Staged.NONE) {
                return ledger;
            }
            TreeMap<TreePath, Optional<Content>> edits = new TreeMap<>(ledger.changes());
            edits.put(mark(operation), Optional.of(Content.of(new byte[0])));
            return new TreeEdit(edits);
        }

        /** Lands the change, and what waits for it. */
        <T> T with(Supplier<T> landing) {
            T landed;
            try {
                landed = landing.get();
            } catch (RuntimeException e) {
                // A failure after the change was made leaves it made.
                if (staged != Vault.Staged.NONE
                        && landed(store, repository.info().id(), operation)) {
                    staged.commit();
                } else {
                    staged.discard();
                }
                throw e;
            }
            staged.commit();
            return landed;
        }
    }

    /**
     * Stages.
     *
     * @throws Failure {@code VAULT_LOCKED}, {@code LIMIT_EXCEEDED}, {@code STORAGE}; nothing is changed then
     */
    Waiting stage(WorkspaceRepository repository, Map<SecretName, Optional<Secret>> changes) {
        UUID operation = ids.get();
        Vault.Staged staged = changes.isEmpty()
                ? Vault.Staged.NONE
                : vault.stage(repository.info().id(), operation, changes);
        return new Waiting(repository, operation, staged);
    }

    /**
     * The secrets of a document as changes of the vault.
     *
     * @param after the state with the document in it
     * @param value what stands at a pointer of the document
     */
    Map<SecretName, Optional<Secret>> changes(
            WorkspaceRepository repository,
            WorkspaceView after,
            Collection<SecretAt> secrets,
            Function<String, Optional<dev.offshoot.format.JsonValue>> value) {
        Map<SecretName, Optional<Secret>> changes = new TreeMap<>();
        if (secrets.isEmpty()) {
            return changes;
        }
        SecretOwners owners = SecretOwners.of(vault, repository.info().id(), after, engine);
        for (SecretAt secret : secrets) {
            value.apply(secret.where()).ifPresent(v -> {
                // The document says all of it: members that it does not have go.
                List<SecretName> there = owners.at(secret.address());
                there.stream()
                        .filter(name -> SecretFields.isWithin(name, secret.pointer()))
                        .forEach(name -> changes.put(name, Optional.empty()));
                changes.putAll(SecretFields.changes(owners.of(secret.address()), secret.pointer(), v, there));
            });
        }
        return changes;
    }

    /** What goes with a definition that somebody wants to have gone with its secrets, whatever other branches have. */
    Map<SecretName, Optional<Secret>> goingWith(
            WorkspaceRepository repository, WorkspaceView before, TreePath definition) {
        Map<SecretName, Optional<Secret>> gone = new TreeMap<>();
        SecretOwners.of(vault, repository.info().id(), before, engine)
                .within(definition)
                .values()
                .forEach(names -> names.forEach(name -> gone.put(name, Optional.empty())));
        return gone;
    }

    void requireKey() {
        if (!vault.hasKey()) {
            throw Failure.of(
                    Reason.VAULT_LOCKED,
                    "secrets",
                    "this instance has no key to keep secrets with",
                    "import without secrets=store, or start the service with --vault-key-file FILE");
        }
    }

    /** Whether a change has landed that secrets were staged for; needed after a crash alone. */
    public static boolean landed(RepositoryStore store, UUID workspace, UUID operation) {
        return store.list().stream()
                .filter(info -> info.id().equals(workspace))
                .map(WorkspaceInfo::name)
                .flatMap(name -> store.find(name).stream())
                .anyMatch(repository -> repository.branches().stream()
                        .flatMap(branch -> repository.snapshot(new Revision.Named(branch)).stream())
                        .anyMatch(state ->
                                state.ledger().objectAt(mark(operation)).isPresent()));
    }

    private static TreePath mark(UUID operation) {
        return MARKS.child(operation.toString());
    }
}
