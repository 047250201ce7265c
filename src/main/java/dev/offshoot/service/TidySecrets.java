package dev.offshoot.service;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Revision;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.WorkspaceInfo;
import dev.offshoot.store.WorkspaceRepository;
import dev.offshoot.vault.SecretName;
import dev.offshoot.vault.SecretOwner;
import dev.offshoot.vault.Vault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets secrets whose record is on no branch and under no tag any more, {@link #KEPT_DAYS} days after that was seen first: until then a revert, a push or a
 * new branch that brings the record back finds them. Looks only, changes nothing else, and can be cut off anywhere.
 */
public final class TidySecrets {
    /** Days that the secrets of what is gone are kept. */
    public static final int KEPT_DAYS = 30;

    private static final Logger LOG = LoggerFactory.getLogger(TidySecrets.class);

    private final RepositoryStore store;
    private final LayoutEngine engine;
    private final Caches caches;
    private final Vault vault;
    private final Clock clock;

    TidySecrets(RepositoryStore store, LayoutEngine engine, Caches caches, Vault vault, Clock clock) {
        this.store = store;
        this.engine = engine;
        this.caches = caches;
        this.vault = vault;
        this.clock = clock;
    }

    /** All workspaces. What goes wrong with one of them is in the log. */
    public void run() {
        store.list().stream().map(WorkspaceInfo::name).forEach(this::run);
    }

    /** One workspace. Nothing is asked of anybody: what goes wrong is in the log, and the next time tries again. */
    public void run(WorkspaceName workspace) {
        try {
            store.find(workspace).ifPresent(this::tidy);
        } catch (Failure e) {
            LOG.warn("secrets of {} could not be tidied: {}", workspace, e.getMessage());
        }
    }

    private void tidy(WorkspaceRepository repository) {
        UUID id = repository.info().id();
        Set<SecretName> ofRecords = vault.names(id).stream()
                .filter(name -> engine.layouts()
                        .platforms()
                        .contains(name.address().segments().get(0)))
                .collect(Collectors.toSet());
        if (ofRecords.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Set<SecretName> used = used(repository, ofRecords);
        Set<SecretName> idle = new HashSet<>(ofRecords);
        idle.removeAll(used);
        Map<SecretName, Instant> old = new TreeMap<>(vault.markUnused(id, used, idle, now));
        old.values().removeIf(since -> since.isAfter(now.minus(Duration.ofDays(KEPT_DAYS))));
        if (!old.isEmpty()) {
            // Once more, now that it counts: somebody may have brought one back meanwhile.
            vault.forget(id, old, used(repository, ofRecords));
            LOG.info(
                    "{} secrets of {} were forgotten: what they belonged to is gone for {} days",
                    old.size(),
                    repository.info().name(),
                    KEPT_DAYS);
        }
    }

    private Set<SecretName> used(WorkspaceRepository repository, Set<SecretName> all) {
        Map<SecretOwner, Set<SecretName>> left =
                new TreeMap<>(all.stream().collect(Collectors.groupingBy(SecretName::owner, Collectors.toSet())));
        Set<SecretName> used = new HashSet<>();
        Set<Object> seen = new HashSet<>();
        states(repository).forEach(revision -> {
            Snapshot state =
                    left.isEmpty() ? null : repository.snapshot(revision).orElse(null);
            if (state != null && seen.add(state.commit())) {
                WorkspaceView view = new WorkspaceView(state, engine, caches);
                SecretOwners owners = new SecretOwners(view, engine, all, Set.of());
                left.entrySet().removeIf(entry -> owners.isThere(entry.getKey()) && used.addAll(entry.getValue()));
            }
        });
        return used;
    }

    private static Stream<Revision> states(WorkspaceRepository repository) {
        return Stream.concat(
                repository.branches().stream().map(Revision.Named::new),
                repository.tags().values().stream().map(Revision.Commit::new));
    }
}
