package dev.offshoot.vault;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Secret;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file per workspace, {@code vault/<id of the workspace>.json}. One process at a time, as the store's lock has it. */
public final class FileVault implements Vault {
    private static final Logger LOG = LoggerFactory.getLogger(FileVault.class);
    static final String SUFFIX = ".json";
    /** The secrets of a workspace that is being deleted; what is done with them is known once it is gone or has stayed. */
    static final String DOOMED = ".doomed";

    private final Path folder;
    private final Optional<VaultKeys> keys;
    private final SecureRandom random;
    private final VaultFaults faults;
    private final StagedFiles staged;

    private FileVault(Path folder, Optional<VaultKeys> keys, SecureRandom random, VaultFaults faults) {
        this.folder = folder;
        this.keys = keys;
        this.random = random;
        this.faults = faults;
        this.staged = new StagedFiles(folder, faults);
    }

    /**
     * Opens it, finishes what a crash interrupted, and seals again with the current key what is sealed with the old one.
     *
     * @param keys none: secrets that are there stay sealed
     * @param exists whether there is a workspace of this id; asked only after a crash
     * @throws Failure {@code VAULT_LOCKED} when secrets need a key that is not among these, {@code STORAGE}
     */
    public static FileVault open(Path folder, Optional<VaultKeys> keys, SecureRandom random, Predicate<UUID> exists) {
        return open(folder, keys, random, exists, (workspace, operation) -> false);
    }

    /**
     * The same, where changes may have been staged.
     *
     * @param landed whether the operation has happened in the workspace; asked only after a crash
     */
    public static FileVault open(
            Path folder,
            Optional<VaultKeys> keys,
            SecureRandom random,
            Predicate<UUID> exists,
            BiPredicate<UUID, UUID> landed) {
        return open(folder, keys, random, exists, landed, VaultFaults.NONE);
    }

    static FileVault open(
            Path folder, Optional<VaultKeys> keys, SecureRandom random, Predicate<UUID> exists, VaultFaults faults) {
        return open(folder, keys, random, exists, (workspace, operation) -> false, faults);
    }

    static FileVault open(
            Path folder,
            Optional<VaultKeys> keys,
            SecureRandom random,
            Predicate<UUID> exists,
            BiPredicate<UUID, UUID> landed,
            VaultFaults faults) {
        FileVault vault = new FileVault(folder, keys, random, faults);
        try {
            OwnFiles.createFolder(folder);
            vault.removeUnfinished();
            for (UUID workspace : vault.workspaces(DOOMED)) {
                vault.settle(workspace, exists.test(workspace));
            }
            for (StagedFiles.Name waiting : vault.staged.waiting()) {
                if (exists.test(waiting.workspace()) && landed.test(waiting.workspace(), waiting.operation())) {
                    vault.commit(waiting);
                } else {
                    vault.staged.delete(waiting);
                }
            }
            if (keys.isPresent()) {
                vault.changeKeys(keys.get());
            } else if (!vault.locked().isEmpty()) {
                LOG.warn("{}", VaultProblems.locked(vault.locked().size()));
            }
        } catch (IOException e) {
            throw VaultProblems.storage("opened", e);
        }
        return vault;
    }

    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*" + OwnFiles.UNFINISHED)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Files that are not named like ours are somebody else's. */
    private List<UUID> workspaces(String suffix) throws IOException {
        List<UUID> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + suffix)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String id = name.substring(0, name.length() - suffix.length());
                if (id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
                    found.add(UUID.fromString(id));
                }
            }
        }
        Collections.sort(found);
        return found;
    }

    /** Every key is looked for before the first file is written: a wrong one changes nothing. */
    private void changeKeys(VaultKeys given) throws IOException {
        List<VaultFile> old = new ArrayList<>();
        for (UUID workspace : workspaces(SUFFIX)) {
            VaultFile file;
            try {
                file = load(workspace);
            } catch (Failure e) { // the other workspaces are fine; this one says so whenever it is used
                LOG.error("{}", e.getMessage());
                continue;
            }
            requireKeys(file, given);
            if (file.secrets().values().stream()
                    .anyMatch(s -> !s.key().equals(given.current().id()))) {
                old.add(file);
            }
        }
        for (VaultFile file : old) {
            SortedMap<SecretName, Sealed> renewed = new TreeMap<>();
            file.secrets().forEach((name, was) -> renewed.put(name, seal(file.workspace(), name, open(file, name))));
            save(new VaultFile(file.workspace(), renewed, file.unused()));
        }
        if (!old.isEmpty()) {
            LOG.info("the secrets of {} workspaces are sealed with the {} now", old.size(), given.current());
        }
    }

    private static void requireKeys(VaultFile file, VaultKeys keys) {
        for (Sealed secret : file.secrets().values()) {
            if (keys.of(secret.key()).isEmpty()) {
                throw VaultProblems.otherKey(
                        file.workspace(), secret.key(), keys.current().id());
            }
        }
    }

    @Override
    public boolean hasKey() {
        return keys.isPresent();
    }

    @Override
    public SortedSet<SecretName> names(UUID workspace) {
        return Collections.unmodifiableSortedSet(
                new TreeSet<>(load(workspace).secrets().keySet()));
    }

    @Override
    public Map<SecretName, Instant> unused(UUID workspace) {
        return load(workspace).unused();
    }

    @Override
    public synchronized Map<SecretName, Instant> markUnused(
            UUID workspace, Set<SecretName> used, Set<SecretName> idle, Instant now) {
        VaultFile before = load(workspace);
        SortedMap<SecretName, Instant> marks = new TreeMap<>(before.unused());
        marks.keySet().removeAll(used);
        idle.forEach(name -> marks.putIfAbsent(name, now));
        VaultFile after = new VaultFile(workspace, before.secrets(), marks);
        if (!after.unused().equals(before.unused())) {
            save(after);
        }
        return after.unused();
    }

    @Override
    public synchronized void forget(UUID workspace, Map<SecretName, Instant> marked, Set<SecretName> used) {
        VaultFile before = load(workspace);
        SortedMap<SecretName, Sealed> after = new TreeMap<>(before.secrets());
        marked.forEach((name, since) -> {
            if (!used.contains(name) && since.equals(before.unused().get(name))) {
                after.remove(name);
            }
        });
        if (after.size() < before.secrets().size()) {
            save(before.with(after));
        }
    }

    @Override
    public List<UUID> locked() {
        try {
            return hasKey() ? List.of() : workspaces(SUFFIX);
        } catch (IOException e) {
            throw VaultProblems.storage("read", e);
        }
    }

    @Override
    public Optional<Secret> read(UUID workspace, SecretName name) {
        VaultFile file = load(workspace);
        return file.secrets().containsKey(name) ? Optional.of(open(file, name)) : Optional.empty();
    }

    @Override
    public Map<SecretName, Secret> read(UUID workspace, Collection<SecretName> names) {
        VaultFile file = load(workspace);
        Map<SecretName, Secret> found = new TreeMap<>();
        names.stream().filter(file.secrets()::containsKey).forEach(name -> found.put(name, open(file, name)));
        return found;
    }

    @Override
    public synchronized void store(UUID workspace, Map<SecretName, Optional<Secret>> changes) {
        VaultFile before = changeable(workspace, changes);
        VaultFile after = changed(before, changes);
        if (!after.secrets().equals(before.secrets())) {
            save(after);
        }
    }

    @Override
    public synchronized Staged stage(UUID workspace, UUID operation, Map<SecretName, Optional<Secret>> changes) {
        VaultFile before = changeable(workspace, changes);
        SortedMap<SecretName, Sealed> after = changed(before, changes).secrets();
        if (after.equals(before.secrets())) {
            return Staged.NONE;
        }
        SortedMap<SecretName, Sealed> set = new TreeMap<>(after);
        set.entrySet().removeAll(before.secrets().entrySet());
        SortedSet<SecretName> removed = new TreeSet<>(before.secrets().keySet());
        removed.removeAll(after.keySet());
        StagedFiles.Name name = new StagedFiles.Name(workspace, operation);
        try {
            staged.write(name, new VaultFile(workspace, set, new TreeMap<>()), removed);
        } catch (IOException e) {
            throw VaultProblems.storage("kept", e);
        }
        return new Waiting(name);
    }

    /** Staged changes of a running server. */
    private final class Waiting implements Staged {
        private final StagedFiles.Name name;

        Waiting(StagedFiles.Name name) {
            this.name = name;
        }

        @Override
        public void commit() {
            try {
                FileVault.this.commit(name);
            } catch (IOException e) {
                throw VaultProblems.storage("kept yet, but will be when the service starts next", e);
            }
        }

        @Override
        public void discard() {
            try {
                staged.delete(name);
            } catch (IOException e) { // nobody reads it, and the next start removes it
                LOG.warn("secrets that were not to be kept wait for the next start to be removed: {}", e.getMessage());
            }
        }
    }

    private synchronized void commit(StagedFiles.Name name) throws IOException {
        if (Files.exists(path(name.workspace(), DOOMED), LinkOption.NOFOLLOW_LINKS)) {
            staged.delete(name); // goes with its workspace
            return;
        }
        StagedFiles.Changes changes = staged.read(name);
        VaultFile before = load(name.workspace());
        SortedMap<SecretName, Sealed> after = new TreeMap<>(before.secrets());
        after.putAll(changes.set().secrets());
        changes.removed().forEach(after::remove);
        save(before.with(after));
        staged.delete(name);
    }

    private VaultFile changeable(UUID workspace, Map<SecretName, Optional<Secret>> changes) {
        if (changes.values().stream().anyMatch(Optional::isPresent) && !hasKey()) {
            throw VaultProblems.noKey();
        }
        if (Files.exists(path(workspace, DOOMED), LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.of(Reason.NOT_FOUND, "workspace", "the workspace is being deleted");
        }
        VaultFile before = load(workspace);
        keys.ifPresent(given -> requireKeys(before, given));
        return before;
    }

    private VaultFile changed(VaultFile before, Map<SecretName, Optional<Secret>> changes) {
        SortedMap<SecretName, Sealed> after = new TreeMap<>(before.secrets());
        changes.forEach((name, secret) -> secret.ifPresentOrElse(
                value -> {
                    if (!before.secrets().containsKey(name)
                            || !open(before, name).equals(value)) {
                        after.put(name, seal(before.workspace(), name, value));
                    }
                },
                () -> after.remove(name)));
        return before.with(after);
    }

    @Override
    public void deleting(UUID workspace, Runnable deletion, BooleanSupplier stillThere) {
        doom(workspace);
        try {
            deletion.run();
        } finally {
            settle(workspace, stillThere.getAsBoolean());
        }
    }

    private synchronized void doom(UUID workspace) {
        try {
            if (Files.exists(path(workspace, SUFFIX), LinkOption.NOFOLLOW_LINKS)) {
                OwnFiles.rename(path(workspace, SUFFIX), path(workspace, DOOMED));
            }
        } catch (IOException e) {
            throw VaultProblems.storage("deleted", e);
        }
    }

    private synchronized void settle(UUID workspace, boolean stillThere) {
        Path doomed = path(workspace, DOOMED);
        try {
            if (!stillThere) {
                OwnFiles.delete(doomed);
                OwnFiles.delete(path(workspace, SUFFIX)); // set while the workspace went, if it had none before
            } else if (Files.exists(doomed, LinkOption.NOFOLLOW_LINKS)) {
                OwnFiles.rename(doomed, path(workspace, SUFFIX));
            }
        } catch (IOException e) {
            throw VaultProblems.storage("deleted", e);
        }
    }

    private Sealed seal(UUID workspace, SecretName name, Secret secret) {
        VaultKey key = keys.map(VaultKeys::current).orElseThrow(VaultProblems::noKey);
        return Sealed.of(secret, key, workspace, name, random);
    }

    private Secret open(VaultFile file, SecretName name) {
        Sealed kept = file.secrets().get(name);
        VaultKey key = keys.orElseThrow(VaultProblems::noKey)
                .of(kept.key())
                .orElseThrow(() -> VaultProblems.otherKey(
                        file.workspace(),
                        kept.key(),
                        keys.orElseThrow().current().id()));
        return kept.open(key, file.workspace(), name)
                .orElseThrow(() -> VaultProblems.damaged(
                        file.workspace(), "one of " + name.address() + " was changed or moved", null));
    }

    private VaultFile load(UUID workspace) {
        try (var in = Files.newInputStream(path(workspace, SUFFIX), LinkOption.NOFOLLOW_LINKS)) {
            return VaultFile.read(workspace, in.readAllBytes());
        } catch (NoSuchFileException e) {
            return VaultFile.empty(workspace);
        } catch (IOException e) {
            throw VaultProblems.storage("read", e);
        }
    }

    private void save(VaultFile file) {
        Path at = path(file.workspace(), SUFFIX);
        try {
            if (file.secrets().isEmpty()) {
                OwnFiles.delete(at);
            } else {
                OwnFiles.replace(at, file.toBytes(), faults);
            }
        } catch (IOException e) {
            throw VaultProblems.storage("kept", e);
        }
    }

    private Path path(UUID workspace, String suffix) {
        return folder.resolve(workspace + suffix);
    }
}
