package dev.offshoot.layout;

import dev.offshoot.model.FileNames;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fifth step: gives every placed record its address, owners before owned. Names never depend on references. */
final class Namer {
    private final Layout layout;
    private final KnownDefinitions known;
    private final ContentKey keys;
    private final List<Definition> definitions = new ArrayList<>();
    /** Kinds by whose file names others are keyed. */
    private final Set<String> keyKinds;

    /** The document has no record of a kind that is always main. */
    private boolean alone;

    private Namer(Layout layout, Map<String, Rec> byId, KnownDefinitions known) {
        this.layout = layout;
        this.known = known;
        this.keys = new ContentKey(layout.ids(), byId);
        this.keyKinds = layout.kinds().values().stream()
                .flatMap(kind -> kind.places().stream())
                .flatMap(place -> place.target() instanceof Placement.Target.Embed e ? e.by().stream() : Stream.empty())
                .flatMap(by -> by.kind().stream())
                .collect(Collectors.toSet());
    }

    /**
     * Returns the definitions among the records, with their addresses.
     *
     * @param byId the first record of each id
     */
    static List<Definition> name(Layout layout, List<Rec> records, Map<String, Rec> byId, KnownDefinitions known) {
        Namer namer = new Namer(layout, byId, known);
        List<Rec> shared = new ArrayList<>();
        namer.alone = records.stream().noneMatch(r -> r.kind.is(Kind.Flag.MAIN) && r.container.isDocument());
        for (Rec r : records) {
            if (r.isSilent()) {
                continue;
            }
            if (r.owner == null) {
                shared.add(r);
            } else {
                r.owner.own(r);
            }
        }
        records.forEach(Namer::embed);
        namer.files(layout.root().value(), shared);
        return namer.definitions.stream()
                .sorted((a, b) -> Boolean.compare(b.header().main(), a.header().main()))
                .toList();
    }

    private static void embed(Rec owner) {
        for (Rec child : owner.owned) {
            if (child.target instanceof Placement.Target.Embed e) {
                owner.embed(e.key(), child);
            }
        }
        owner.embedded.values().forEach(list -> {
            if (list.size() > 1) {
                list.sort((a, b) -> ContentKey.compare(a.kind.order(), a, b));
            }
        });
    }

    /** Names the lines of the owner's side files. */
    private void entries(Rec owner) {
        Map<String, List<Rec>> files = new LinkedHashMap<>(4);
        for (Rec r : owner.owned) {
            if (r.target instanceof Placement.Target.Entry e) {
                files.computeIfAbsent(e.file(), f -> new ArrayList<>()).add(r);
            }
        }
        files.forEach((file, list) -> {
            List<String> names = allocate(list, Set.of());
            for (int i = 0; i < list.size(); i++) {
                list.get(i).address = owner.address + "#" + file + "/" + names.get(i);
            }
        });
    }

    private void below(Rec owner) {
        entries(owner);
        owner.embedded.forEach((key, children) -> {
            if (children.get(0).embedKey.isEmpty()) {
                settleTies(children);
            }
            for (int i = 0; i < children.size(); i++) {
                Rec child = children.get(i);
                String place = child.embedKey.isEmpty() ? Integer.toString(i) : keyOf(child);
                child.address = owner.isEmbedded()
                        ? owner.address + "/" + key + "/" + place
                        : owner.address + "#" + key + "/" + place;
                below(child);
            }
        });
        if (owner.isFolder()) {
            files(
                    owner.address,
                    owner.owned.stream()
                            .filter(r -> !r.isEmbedded() && !r.isEntry())
                            .toList());
        }
    }

    /** Equal order fields: by content, so that the order is the same on every instance. */
    private void settleTies(List<Rec> children) {
        if (children.size() < 2) {
            return;
        }
        Map<Rec, String> content = new HashMap<>();
        children.sort((a, b) -> {
            int c = ContentKey.compare(a.kind.order(), a, b);
            return c != 0 ? c : content.computeIfAbsent(a, keys::of).compareTo(content.computeIfAbsent(b, keys::of));
        });
    }

    /** The key in the owner's map: a field's text, or the file name of the record it refers to. */
    private static String keyOf(Rec child) {
        return child.embedRef == null
                ? child.embedKey.substring(child.embedKey.indexOf(' ') + 1)
                : child.embedRef.address.substring(child.embedRef.address.lastIndexOf('/') + 1);
    }

    private void files(String folder, List<Rec> children) {
        Map<String, Map<Kind, List<Rec>>> groups = new LinkedHashMap<>();
        // Records whose names are keys in others first; what stands in a folder may have such keys, too.
        List<Rec> ordered = new ArrayList<>(children);
        ordered.sort(Comparator.comparing(Rec::isFolder).thenComparing(r -> !keyKinds.contains(r.kind.name())));
        for (Rec r : ordered) {
            String inner = template(r).folder();
            groups.computeIfAbsent(inner.isEmpty() ? folder : folder + "/" + inner, f -> new LinkedHashMap<>())
                    .computeIfAbsent(r.kind, k -> new ArrayList<>())
                    .add(r);
        }
        groups.forEach((path, kinds) -> {
            Set<String> taken = new HashSet<>();
            kinds.forEach((kind, list) -> siblings(path, kind, list, taken));
        });
    }

    private static Template template(Rec r) {
        return r.target instanceof Placement.Target.Folder f ? f.path() : ((Placement.Target.File) r.target).path();
    }

    private void siblings(String folder, Kind kind, List<Rec> list, Set<String> taken) {
        boolean shared = list.get(0).owner == null;
        List<Rec> fresh = new ArrayList<>();
        for (Rec r : withoutDuplicates(list)) {
            Optional<TreePath> existing = shared ? known.addressOf(header(folder, r)) : Optional.empty();
            if (existing.isPresent() && taken.add(fold(existing.get().name()))) {
                settle(folder, r, existing.get().value());
            } else {
                fresh.add(r);
            }
        }
        if (shared) {
            known.taken(TreePath.of(folder)).forEach(n -> taken.add(fold(n)));
        }
        List<String> names = template(list.get(0)).isPlainName() ? allocate(fresh, taken) : filled(fresh, taken);
        for (int i = 0; i < fresh.size(); i++) {
            taken.add(fold(names.get(i)));
            settle(folder, fresh.get(i), folder + "/" + names.get(i));
        }
        for (Rec r : list) {
            if (r.duplicateOf != null) {
                duplicate(r, r.duplicateOf);
            }
        }
    }

    private static String fold(String name) {
        return FileNames.fold(name);
    }

    private void settle(String folder, Rec r, String address) {
        r.address = address;
        if (r.owner == null) {
            definitions.add(new Definition(header(folder, r), TreePath.of(address)));
        }
        below(r);
    }

    private static void duplicate(Rec r, Rec first) {
        r.address = first.address;
        r.embedded.forEach((key, children) -> {
            List<Rec> originals = first.embedded.get(key);
            for (int i = 0; i < children.size(); i++) {
                children.get(i).duplicateOf = originals.get(i);
                duplicate(children.get(i), originals.get(i));
            }
        });
    }

    private List<String> allocate(List<Rec> list, Set<String> taken) {
        return FileNames.allocate(list.stream().map(this::candidate).toList(), taken);
    }

    private FileNames.Candidate candidate(Rec r) {
        String name = r.name();
        List<String> order =
                r.kind.order().stream().map(p -> p.text(r.original).orElse("")).toList();
        return new FileNames.Candidate(name.isEmpty() ? r.kind.name() : name, order, () -> keys.of(r));
    }

    /** Names made by a template; a content id in them makes clashes rare, an ordinal settles the rest. */
    private List<String> filled(List<Rec> list, Set<String> taken) {
        Map<Rec, String> names = new HashMap<>();
        Set<String> used = new HashSet<>(taken);
        List<Rec> sorted = new ArrayList<>(list);
        sorted.sort((a, b) -> a.id.equals(b.id) ? keys.of(a).compareTo(keys.of(b)) : a.id.compareTo(b.id));
        for (Rec r : sorted) {
            String plain = template(r).fill(r.original, r.name(), r.id, r.kind.name());
            String name = plain;
            for (int n = 2; !used.add(fold(name)); n++) {
                name = plain + "~" + n;
            }
            names.put(r, name);
        }
        return list.stream().map(names::get).toList();
    }

    /** One file serves records that say the same under the same id: shared rows repeat in an app and its modules. */
    private List<Rec> withoutDuplicates(List<Rec> list) {
        if (list.get(0).owner != null && list.stream().map(r -> r.id).distinct().count() == list.size()) {
            return list;
        }
        List<Rec> kept = new ArrayList<>();
        Map<String, List<Rec>> byId = new HashMap<>();
        for (Rec r : list) {
            if (!r.id.isEmpty()) {
                List<Rec> same = byId.computeIfAbsent(r.id, i -> new ArrayList<>());
                Optional<Rec> first =
                        same.stream().filter(s -> isDuplicate(s, r)).findFirst();
                if (first.isPresent()) {
                    r.duplicateOf = first.get();
                    continue;
                }
                same.add(r);
            }
            kept.add(r);
        }
        return kept;
    }

    private boolean isDuplicate(Rec first, Rec r) {
        if (!isEqual(first, r)) {
            return false;
        }
        // Their children are paired by position: both must be in the settled order.
        settleAll(first);
        settleAll(r);
        return holdAlike(first, r);
    }

    private void settleAll(Rec r) {
        r.embedded.values().forEach(children -> {
            children.forEach(this::settleAll);
            if (children.get(0).embedKey.isEmpty()) {
                settleTies(children);
            }
        });
    }

    private boolean isEqual(Rec first, Rec r) {
        boolean listsWhatItOwns = layout.isByContent() && first.slots.isEmpty();
        if ((first.isFolder() || !first.slots.isEmpty()) && !listsWhatItOwns) {
            return first.original.equals(r.original);
        }
        return first.content.equals(r.content) && sameEmbedded(first, r);
    }

    /** Equal documents of a damaged export may have been placed unalike: what one lacks stood in the other before. */
    private static boolean holdAlike(Rec a, Rec b) {
        if (!a.embedded.keySet().equals(b.embedded.keySet())) {
            return false;
        }
        for (Map.Entry<String, List<Rec>> e : a.embedded.entrySet()) {
            List<Rec> others = b.embedded.get(e.getKey());
            if (others.size() != e.getValue().size()) {
                return false;
            }
            for (int i = 0; i < others.size(); i++) {
                if (!holdAlike(e.getValue().get(i), others.get(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean sameEmbedded(Rec a, Rec b) {
        if (!a.embedded.keySet().equals(b.embedded.keySet())) {
            return false;
        }
        for (Map.Entry<String, List<Rec>> e : a.embedded.entrySet()) {
            List<Rec> others = b.embedded.get(e.getKey());
            Map<String, Rec> byId = new HashMap<>();
            others.forEach(o -> byId.put(o.id, o));
            if (others.size() != e.getValue().size()
                    || !e.getValue().stream()
                            .allMatch(x -> byId.containsKey(x.id)
                                    && byId.get(x.id).content.equals(x.content))) {
                return false;
            }
            // Pair them up, so that the n-th of one is the n-th of the other.
            List<Rec> paired = new ArrayList<>();
            e.getValue().forEach(x -> paired.add(byId.get(x.id)));
            Collections.copy(others, paired);
        }
        return true;
    }

    private DefinitionHeader header(String folder, Rec r) {
        return new DefinitionHeader(
                r.kindName(),
                TreePath.of(folder),
                r.name(),
                r.id.isEmpty() ? Optional.empty() : Optional.of(r.id),
                r.kind.correlations().stream()
                        .flatMap(p -> p.get(r.original).flatMap(Values::text).stream())
                        .toList(),
                r.kind.traits().stream()
                        .map(p -> p.get(r.original).flatMap(Values::text).orElse(""))
                        .toList(),
                r.container.isDocument() && (r.kind.is(Kind.Flag.MAIN) || r.kind.is(Kind.Flag.ALONE) && alone));
    }
}
