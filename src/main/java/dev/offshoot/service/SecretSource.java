package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.SecretPlace;
import dev.offshoot.layout.TreeSource;
import dev.offshoot.model.Content;
import dev.offshoot.model.TreePath;
import dev.offshoot.vault.SecretName;
import dev.offshoot.vault.Vault;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Files as they would be if secrets stood in them: for an export that gives them back. Opens those alone that the export has a place for;
 * nothing of it is kept.
 */
final class SecretSource implements TreeSource {
    private final TreeSource files;
    private final LayoutEngine engine;
    private final Vault vault;
    private final UUID workspace;
    private final SecretOwners owners;
    private final Map<TreePath, List<SecretPlace>> places = new ConcurrentHashMap<>();

    /** @param owners for this alone: files are read by several threads */
    SecretSource(TreeSource files, LayoutEngine engine, Vault vault, UUID workspace, SecretOwners owners) {
        this.owners = owners;
        this.files = files;
        this.engine = engine;
        this.vault = vault;
        this.workspace = workspace;
    }

    @Override
    public SortedSet<TreePath> list(TreePath folder) {
        return files.list(folder);
    }

    @Override
    public Content read(TreePath path) {
        return files.read(path);
    }

    @Override
    public void prepare(Collection<TreePath> paths, Predicate<TreePath> yaml) {
        files.prepare(paths, yaml);
    }

    @Override
    public JsonValue yaml(TreePath path) {
        JsonValue content = files.yaml(path);
        TreePath address = addressOf(path);
        List<SecretName> names = owners.at(address);
        if (names.isEmpty()) {
            return content;
        }
        Map<String, JsonValue> values = new LinkedHashMap<>();
        vault.read(workspace, names)
                .forEach((name, secret) -> values.put(name.field().value(), SecretFields.value(secret)));
        return engine.withSecrets(
                address, content, places.computeIfAbsent(definition(address), this::placesOf), values);
    }

    private List<SecretPlace> placesOf(TreePath definition) {
        return engine.requirements(files, List.of(definition)).secrets();
    }

    /** The record that a file is the main one of. */
    private TreePath addressOf(TreePath path) {
        if (engine.layouts().isMainFile(path)) {
            return path.parent();
        }
        int dot = path.name().lastIndexOf('.');
        return dot <= 0 ? path : path.parent().child(path.name().substring(0, dot));
    }

    private static TreePath definition(TreePath address) {
        List<String> segments = address.segments();
        return TreePath.of(String.join("/", segments.subList(0, Math.min(3, segments.size()))));
    }
}
