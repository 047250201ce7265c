package dev.offshoot.service;

import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A state as edits that have not landed will make it: what the next of several plans is computed from. Names of folders that the edits
 * touch are made up, alike for like content; nothing of this state is ever stored under them.
 */
final class EditedSnapshot implements Snapshot {
    private final Snapshot base;
    private final Files files;
    private final Files ledger;

    EditedSnapshot(Snapshot base, TreeEdit files, TreeEdit ledger) {
        this.base = base;
        this.files = new Edited(base.files(), files);
        this.ledger = new Edited(base.ledger(), ledger);
    }

    /** One edit and then another. */
    static TreeEdit both(TreeEdit first, TreeEdit second) {
        TreeMap<TreePath, Optional<Content>> all = new TreeMap<>(first.changes());
        all.putAll(second.changes());
        return new TreeEdit(all);
    }

    @Override
    public ObjectName commit() {
        return base.commit();
    }

    @Override
    public Optional<ObjectName> ledgerCommit() {
        return base.ledgerCommit();
    }

    @Override
    public Optional<String> receipt() {
        return base.receipt();
    }

    @Override
    public Files files() {
        return files;
    }

    @Override
    public Files ledger() {
        return ledger;
    }

    private static final class Edited implements Files {
        private final Files base;
        private final TreeEdit edit;
        private final Set<TreePath> around = new HashSet<>();

        Edited(Files base, TreeEdit edit) {
            this.base = base;
            this.edit = edit;
            for (TreePath changed : edit.changes().keySet()) {
                for (TreePath at = changed; around.add(at) && !at.isRoot(); ) {
                    at = at.parent();
                }
            }
        }

        @Override
        public Optional<ObjectName> objectAt(TreePath path) {
            Optional<Content> changed = edit.changes().get(path);
            if (changed != null && changed.isPresent()) {
                return changed.map(Content::blobName);
            }
            if (changed == null && !isTouched(path)) {
                return base.objectAt(path);
            }
            SortedMap<TreePath, ObjectName> below = list(path);
            return below.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Content.of(below.toString().getBytes(StandardCharsets.UTF_8))
                            .blobName());
        }

        private boolean isTouched(TreePath path) {
            return around.contains(path) || isDeleted(path);
        }

        private boolean isDeleted(TreePath path) {
            for (TreePath at = path; !at.isRoot(); at = at.parent()) {
                Optional<Content> change = edit.changes().get(at);
                if (change != null) {
                    return change.isEmpty();
                }
            }
            return false;
        }

        @Override
        public SortedMap<TreePath, ObjectName> list(TreePath folder) {
            if (!isTouched(folder)) {
                return base.list(folder);
            }
            SortedMap<TreePath, ObjectName> found = new TreeMap<>(base.list(folder));
            found.keySet().removeIf(this::isDeleted);
            edit.changes()
                    .forEach((path, content) ->
                            content.filter(c -> path.isWithin(folder)).ifPresent(c -> found.put(path, c.blobName())));
            return found;
        }

        @Override
        public SortedMap<TreePath, Optional<ObjectName>> changedSince(Files before) {
            SortedMap<TreePath, Optional<ObjectName>> found = new TreeMap<>();
            if (before != base) {
                found.putAll(base.changedSince(before));
                found.keySet().removeIf(this::isTouched);
            }
            edit.changes().forEach((path, content) -> {
                if (content.isEmpty()) {
                    before.list(path).keySet().forEach(gone -> found.put(gone, Optional.empty()));
                }
            });
            edit.changes()
                    .forEach((path, content) -> content.ifPresent(c -> {
                        if (before.objectAt(path).equals(Optional.of(c.blobName()))) {
                            found.remove(path);
                        } else {
                            found.put(path, Optional.of(c.blobName()));
                        }
                    }));
            return found;
        }

        @Override
        public SortedMap<String, Boolean> entries(TreePath folder) {
            if (!isTouched(folder)) {
                return base.entries(folder);
            }
            SortedMap<String, Boolean> found = new TreeMap<>();
            list(folder).keySet().stream().filter(p -> !p.equals(folder)).forEach(path -> {
                String below = path.relativeTo(folder);
                int slash = below.indexOf('/');
                found.put(slash < 0 ? below : below.substring(0, slash), slash >= 0);
            });
            return found;
        }

        @Override
        public Optional<Content> read(TreePath path) {
            Optional<Content> changed = edit.changes().get(path);
            return changed != null ? changed : isDeleted(path) ? Optional.empty() : base.read(path);
        }

        @Override
        public void each(
                List<Map.Entry<TreePath, ObjectName>> files, Consumer<List<Map.Entry<TreePath, Content>>> part) {
            List<Map.Entry<TreePath, Content>> own = new ArrayList<>();
            List<Map.Entry<TreePath, ObjectName>> others = new ArrayList<>();
            files.forEach(file -> edit.changes()
                    .getOrDefault(file.getKey(), Optional.empty())
                    .ifPresentOrElse(content -> own.add(Map.entry(file.getKey(), content)), () -> others.add(file)));
            part.accept(own);
            base.each(others, part);
        }

        @Override
        public FileTree load(Collection<TreePath> folders) {
            Map<TreePath, Content> found = new TreeMap<>(base.load(folders).files());
            found.keySet().removeIf(this::isDeleted);
            edit.changes()
                    .forEach((path, content) -> content.filter(
                                    c -> folders.stream().anyMatch(path::isWithin))
                            .ifPresent(c -> found.put(path, c)));
            return FileTree.of(found);
        }
    }
}
