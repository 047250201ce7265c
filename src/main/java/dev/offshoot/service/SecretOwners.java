package dev.offshoot.service;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Ledger;
import dev.offshoot.model.TreePath;
import dev.offshoot.vault.RecordId;
import dev.offshoot.vault.SecretName;
import dev.offshoot.vault.SecretOwner;
import dev.offshoot.vault.Vault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Which secrets of a workspace belong to which record of one state. A record is known by its id, so it keeps them under another name and
 * finds them when it comes back. One without an id, or with another id than it had, is known by its address, unless the record that the
 * secrets were given to is elsewhere now, or is gone from everywhere. For one operation, and several threads of it.
 */
final class SecretOwners {
    private final WorkspaceView view;
    private final LayoutEngine engine;
    private final Map<SecretOwner, List<SecretName>> names = new TreeMap<>();
    private final Map<RecordId, SecretOwner> byRecord = new HashMap<>();
    private final Map<TreePath, List<SecretOwner>> byAddress = new HashMap<>();
    private final Set<SecretName> unused;
    private final Map<TreePath, Optional<SecretOwner>> found = new HashMap<>();
    private final Map<TreePath, Map<String, Set<TreePath>>> places = new HashMap<>();

    /** All that the vault has, as one state sees it. */
    static SecretOwners of(Vault vault, UUID workspace, WorkspaceView view, LayoutEngine engine) {
        return new SecretOwners(
                view, engine, vault.names(workspace), vault.unused(workspace).keySet());
    }

    /** @param unused those that belong to nothing that is anywhere */
    SecretOwners(WorkspaceView view, LayoutEngine engine, Collection<SecretName> all, Set<SecretName> unused) {
        this.view = view;
        this.engine = engine;
        this.unused = Set.copyOf(unused);
        all.forEach(name ->
                names.computeIfAbsent(name.owner(), o -> new ArrayList<>()).add(name));
        names.keySet().forEach(owner -> {
            owner.record().ifPresent(id -> byRecord.putIfAbsent(id, owner));
            byAddress.computeIfAbsent(owner.address(), a -> new ArrayList<>()).add(owner);
        });
    }

    /** The secrets of the record at an address. */
    synchronized List<SecretName> at(TreePath address) {
        return known(address).map(names::get).orElse(List.of());
    }

    /** Secrets of a definition and of what got them under an address in it, by where that is now; not those that are elsewhere now. */
    synchronized Map<TreePath, List<SecretName>> within(TreePath definition) {
        Map<TreePath, List<SecretName>> inside = new TreeMap<>();
        known(definition).ifPresent(owner -> inside.put(definition, names.get(owner)));
        byAddress.keySet().stream()
                .filter(address -> address.isWithin(definition))
                .forEach(address -> known(address).ifPresent(owner -> inside.put(address, names.get(owner))));
        return inside;
    }

    /** Who gets the secrets of the record at an address: who has them already, or somebody new. */
    synchronized SecretOwner of(TreePath address) {
        return known(address).orElseGet(() -> new SecretOwner(address, idOf(address)));
    }

    private Optional<SecretOwner> known(TreePath address) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        Optional<SecretOwner> known = found.get(address);
        if (known == null) {
            known = find(address);
            found.put(address, known);
        }
        return known;
    }

    private Optional<SecretOwner> find(TreePath address) {
        List<SecretOwner> here = byAddress.getOrDefault(address, List.of());
        if (here.isEmpty() && byRecord.isEmpty()) {
            return Optional.empty();
        }
        return idOf(address)
                .map(byRecord::get)
                .or(() -> here.stream()
                        .filter(owner -> !isUnused(owner) && !isElsewhere(owner))
                        .findFirst());
    }

    private boolean isUnused(SecretOwner owner) {
        return owner.record().isPresent() && unused.containsAll(names.get(owner));
    }

    private boolean isElsewhere(SecretOwner owner) {
        return owner.record().filter(id -> !standing(owner, id).isEmpty()).isPresent();
    }

    /** Whether the owner of secrets is there, under whatever name. */
    synchronized boolean isThere(SecretOwner owner) {
        return exists(owner.address())
                        && find(owner.address()).filter(owner::equals).isPresent()
                || isElsewhere(owner);
    }

    /** Where the record of an owner is; what the ledger remembers of records that are gone does not count. */
    private List<TreePath> standing(SecretOwner owner, RecordId id) {
        TreePath platform = TreePath.of(owner.address().segments().get(0));
        return places
                .computeIfAbsent(platform, p -> engine.addresses(ledgerOf(p), p))
                .getOrDefault(id.value(), Set.of())
                .stream()
                .filter(this::exists)
                .toList();
    }

    private boolean exists(TreePath address) {
        return !address.isRoot()
                && view.snapshot().files().objectAt(view.placeOf(address)).isPresent();
    }

    private Ledger ledgerOf(TreePath platform) {
        return view.ledgerAt(List.of(platform));
    }

    private Optional<RecordId> idOf(TreePath address) {
        List<String> segments = address.segments();
        if (segments.size() < 3) {
            return Optional.empty();
        }
        TreePath definition = TreePath.of(String.join("/", segments.subList(0, 3)));
        return engine.idOf(view.ledgerAround(List.of(definition)), address)
                .filter(RecordId::isOne)
                .map(RecordId::new);
    }
}
