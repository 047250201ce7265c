package dev.offshoot.service;

import dev.offshoot.model.Secret;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Remote;
import dev.offshoot.store.RemoteCredentials;
import dev.offshoot.store.WorkspaceRepository;
import dev.offshoot.vault.SecretName;
import dev.offshoot.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The passwords of remotes, in the vault. Each is filed under the place it was given for (url and user), not only under the remote's name: vault
 * and remotes are two files, and whatever breaks between writing the one and the other, no password is ever read for another place. What is
 * filed under a place that no remote has is of no use, and swept.
 */
final class RemotePasswords {
    private static final String FOLDER = "remotes";
    private static final String FIELD = "password";
    /** Digits of the place's hash. */
    private static final int DIGITS = 32;

    private final Vault vault;
    private final KeyedLocks locks = new KeyedLocks();

    RemotePasswords(Vault vault) {
        this.vault = vault;
    }

    boolean has(WorkspaceRepository repository, Remote remote) {
        return vault.names(repository.info().id()).contains(name(remote));
    }

    /** What to show the remote; none when there is no password. */
    Optional<RemoteCredentials> credentials(WorkspaceRepository repository, Remote remote) {
        return vault.read(repository.info().id(), name(remote))
                .map(password -> new RemoteCredentials(remote.user(), password.reveal()));
    }

    /** @throws dev.offshoot.model.Failure {@code VAULT_LOCKED} without a key */
    void store(WorkspaceRepository repository, Remote remote, Secret password) {
        vault.store(repository.info().id(), Map.of(name(remote), Optional.of(password)));
    }

    /** Finishes what a crash interrupted. */
    void tidy(WorkspaceRepository repository) {
        alone(repository, () -> {
            sweep(repository);
            return repository;
        });
    }

    /** Runs a change of remotes and their passwords while no other runs in the workspace: sweeping must not take what is not in use yet. */
    <T> T alone(WorkspaceRepository repository, Supplier<T> change) {
        Lock lock = locks.of(repository.info().id().toString());
        lock.lock();
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the passwords of remotes, and of places, that are no more. */
    void sweep(WorkspaceRepository repository) {
        Set<SecretName> used = repository.remotes().values().stream()
                .map(RemotePasswords::name)
                .collect(Collectors.toSet());
        Map<SecretName, Optional<Secret>> unused = new HashMap<>();
        for (SecretName name : vault.names(repository.info().id())) {
            if (isOfARemote(name) && !used.contains(name)) {
                unused.put(name, Optional.empty());
            }
        }
        if (!unused.isEmpty()) {
            vault.store(repository.info().id(), unused);
        }
    }

    private static boolean isOfARemote(SecretName name) {
        return name.address().segments().get(0).equals(FOLDER);
    }

    private static SecretName name(Remote remote) {
        return SecretName.of(TreePath.of(FOLDER + "/" + remote.name() + "/" + place(remote)), FIELD);
    }

    private static String place(Remote remote) {
        return Digests.sha256((remote.url() + "\n" + remote.user()).getBytes(StandardCharsets.UTF_8))
                .substring(0, DIGITS);
    }
}
