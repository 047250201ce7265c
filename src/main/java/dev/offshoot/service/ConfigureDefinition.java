package dev.offshoot.service;

import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.SecretPlace;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Secret;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.vault.SecretName;
import dev.offshoot.vault.Vault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Puts the secrets of a definition into the vault, where every branch of its workspace finds them and no file has them. */
public final class ConfigureDefinition {
    private final FindDefinition finder;
    private final LayoutEngine engine;
    private final Vault vault;

    ConfigureDefinition(RepositoryStore store, LayoutEngine engine, Caches caches, Vault vault) {
        this.finder = new FindDefinition(store, engine, caches);
        this.engine = engine;
        this.vault = vault;
    }

    /** A field as callers name it: one member after the other. */
    private record Field(List<String> path, TreePath address, String pointer) {
        String shown() {
            return String.join(" / ", path);
        }
    }

    /**
     * Sets what the fields say. One that is absent stays as it is, null removes it.
     *
     * @param fields by name, those of an environment in an object of its name, those of a record in the definition in one of its path
     * @throws Failure {@code NOT_FOUND}; {@code INVALID_PARAMETER} for every field that is not known, with those that are; {@code VAULT_LOCKED}
     *     without a key. Nothing is changed then, and no value shown
     */
    public void run(DefinitionRequest request, JsonObject fields) {
        FindDefinition.Found found = finder.find(request);
        UUID workspace = found.repository().info().id();
        SecretOwners owners = SecretOwners.of(vault, workspace, found.view(), engine);
        Map<List<String>, Field> known = known(found.view(), request.address(), owners);
        Map<SecretName, Optional<Secret>> changes = new TreeMap<>();
        List<Problem> unknown = new ArrayList<>();
        read(
                List.of(),
                fields,
                known,
                (field, value) -> changes.putAll(SecretFields.changes(
                        owners.of(field.address()), field.pointer(), value, owners.at(field.address()))),
                unknown);
        if (!unknown.isEmpty()) {
            throw new Failure(unknown);
        }
        vault.store(workspace, changes);
    }

    private Map<List<String>, Field> known(WorkspaceView view, TreePath definition, SecretOwners owners) {
        Map<List<String>, Field> known = new LinkedHashMap<>();
        List<SecretPlace> places =
                engine.requirements(view.files(), List.of(definition)).secrets();
        for (SecretPlace place : places) {
            List<String> path = new ArrayList<>(inside(definition, place.address()));
            place.part().ifPresent(path::add);
            path.add(place.field());
            known.putIfAbsent(path, new Field(path, place.address(), place.pointer()));
        }
        // What is there can be changed and removed, whether a file has a place for it or not.
        owners.within(definition)
                .forEach((address, names) -> names.forEach(name -> {
                    boolean placed = places.stream()
                            .anyMatch(place ->
                                    place.address().equals(address) && SecretFields.isWithin(name, place.pointer()));
                    if (!placed) {
                        List<String> path = new ArrayList<>(inside(definition, address));
                        path.add(SecretFields.plainName(name));
                        known.putIfAbsent(
                                path, new Field(path, address, name.field().value()));
                    }
                }));
        return known;
    }

    private static List<String> inside(TreePath definition, TreePath address) {
        return address.equals(definition) ? List.of() : List.of(address.relativeTo(definition));
    }

    private interface Found {
        void found(Field field, JsonValue value);
    }

    private static void read(
            List<String> path, JsonObject fields, Map<List<String>, Field> known, Found found, List<Problem> unknown) {
        fields.forEach((key, value) -> {
            List<String> at = new ArrayList<>(path);
            at.add(key);
            Field field = known.get(at);
            boolean group = known.keySet().stream()
                    .anyMatch(
                            k -> k.size() > at.size() && k.subList(0, at.size()).equals(at));
            if (field != null) {
                found.found(field, value);
            } else if (group && value instanceof JsonObject inner) {
                read(at, inner, known, found, unknown);
            } else if (group && value instanceof JsonNull) {
                known.forEach((k, f) -> {
                    if (k.subList(0, Math.min(at.size(), k.size())).equals(at)) {
                        found.found(f, value);
                    }
                });
            } else {
                unknown.add(new Problem(
                        Reason.INVALID_PARAMETER,
                        "/"
                                + String.join(
                                        "/",
                                        at.stream()
                                                .map(s -> s.replace("~", "~0").replace("/", "~1"))
                                                .toList()),
                        group ? "an object with its fields is expected here" : "there is no such field",
                        Workspaces.existing("fields", known.values().stream().map(Field::shown))));
            }
        });
    }
}
