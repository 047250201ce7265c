package dev.offshoot.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** What can be wrong with the parts of a kind: files that two of them would write, lines without a file, rules that nothing can follow. */
final class PartsLint {
    private final Layout layout;
    private final Kind kind;
    /** Makes the failure of a word, from its place in the kind and the reason. */
    private final BiFunction<String, String, RuntimeException> wrong;

    private PartsLint(Layout layout, Kind kind, BiFunction<String, String, RuntimeException> wrong) {
        this.layout = layout;
        this.kind = kind;
        this.wrong = wrong;
    }

    static void check(Layout layout, Kind kind, BiFunction<String, String, RuntimeException> wrong) {
        PartsLint lint = new PartsLint(layout, kind, wrong);
        lint.sideFiles();
        lint.halves();
        lint.tree();
        lint.lines();
        lint.sets();
        lint.ids();
        lint.order();
        lint.satellites();
    }

    private RuntimeException wrong(String word, String reason) {
        return wrong.apply("/" + word, reason);
    }

    private List<Placement.Target> targets() {
        return kind.places().stream().map(Placement::target).toList();
    }

    private boolean isFile() {
        return targets().stream()
                .anyMatch(t -> t instanceof Placement.Target.File || t instanceof Placement.Target.Folder);
    }

    private boolean isFolder() {
        return targets().stream().anyMatch(Placement.Target.Folder.class::isInstance);
    }

    private List<String> folderFiles() {
        return targets().stream()
                .filter(Placement.Target.Folder.class::isInstance)
                .map(t -> ((Placement.Target.Folder) t).file())
                .toList();
    }

    /** Files beside the main one: each by one name, and only for records that have a file. */
    private void sideFiles() {
        Map<String, String> names = new HashMap<>();
        folderFiles().forEach(f -> names.put(f, "the main file"));
        if (layout.hasLines() && isFolder()) {
            names.put(Anatomy.DERIVED, "the derived lines");
            names.put(Anatomy.ARRANGEMENT, "the arrangement");
        }
        kind.facets().forEach(f -> claim(names, "facets", f.file()));
        Set<String> entries = new HashSet<>();
        layout.entriesOf(kind)
                .forEach(o -> entries.add(((Placement.Target.Entry) o.place().target()).file()));
        entries.forEach(e -> claim(names, "place", e));
        if (isFolder() && kind.isShared()) {
            claim(names, "place", layout.document());
        }
        boolean parts = !kind.facets().isEmpty()
                || kind.binary().isPresent()
                || !kind.texts().isEmpty()
                || !kind.anatomy().half().texts().isEmpty();
        if (parts && !isFile()) {
            throw wrong(
                    kind.facets().isEmpty() ? kind.binary().isPresent() ? "binary" : "text" : "facets",
                    "a record that is only part of another's file has no files of its own");
        }
        kind.anatomy().half().texts().forEach(t -> {
            if (!t.at().isLiteral() || t.at().isSelf()) {
                throw wrong("text", "a source file needs one place, not a pattern: @" + t.at());
            }
            if (kind.texts().stream().anyMatch(o -> o.suffix().equals(t.suffix()))) {
                throw wrong("text", "suffix " + t.suffix() + " stands for a place in each half and for one outside");
            }
        });
        oneSuffix("text", kind.anatomy().half().texts());
    }

    private void claim(Map<String, String> names, String word, String name) {
        String before = names.put(name, "another file");
        if (before != null) {
            throw wrong(word, name + ".yaml is already " + before);
        }
    }

    private void oneSuffix(String word, List<Kind.Text> texts) {
        Map<String, Pointer> suffixes = new HashMap<>();
        for (Kind.Text text : texts) {
            Pointer before = suffixes.putIfAbsent(text.suffix(), text.at());
            if (before != null && !before.equals(text.at())) {
                throw wrong(word, "suffix " + text.suffix() + " stands for both " + before + " and " + text.at());
            }
        }
    }

    private void halves() {
        Set<String> members = new HashSet<>();
        for (Halves.Half half : kind.anatomy().halves().all()) {
            if (!members.add(half.member())) {
                throw wrong("halves/" + half.folder(), "another half is the member " + half.member() + " too");
            }
        }
        for (Halves.Half half : kind.anatomy().halves().others()) {
            for (Kind other : layout.kinds().values()) {
                if (other.isShared() && layout.scopeNames(other).contains(half.folder())) {
                    throw wrong(
                            "halves/" + half.folder(),
                            "the folder " + half.folder() + " is already one of what a " + other.name() + " holds");
                }
            }
        }
    }

    private void tree() {
        Optional<TreeRule> tree = kind.anatomy().tree();
        if (tree.isEmpty()) {
            return;
        }
        TreeRule rule = tree.get();
        if (!isFolder()) {
            throw wrong("tree", "the nodes stand in the record's folder: it must have one");
        }
        if (layout.scopeNames(kind).contains(rule.folder())) {
            throw wrong("tree/folder", "another kind has its files in " + rule.folder() + " already");
        }
        Set<String> reserved = Set.of(TreeRule.IN, TreeRule.AFTER, TreeRule.EMPTY);
        Set<String> members = new HashSet<>(Set.of(rule.children()));
        rule.arrangement().forEach((name, member) -> {
            if (reserved.contains(name)) {
                throw wrong("tree/arrangement/" + name, "'" + name + "' says the nesting in a line");
            }
            if (!members.add(member)) {
                throw wrong("tree/arrangement/" + name, "the member " + member + " is said already");
            }
        });
        for (Kind.Text text : rule.texts()) {
            if (!text.at().isLiteral() || text.at().isSelf()) {
                throw wrong("tree/text", "a source file needs one place, not a pattern: " + text.at());
            }
        }
        oneSuffix("tree/text", rule.texts());
    }

    private void lines() {
        for (Pointer at : kind.anatomy().arrangement()) {
            if (!at.isLiteral() || at.isSelf()) {
                throw wrong("arrangement", "a line needs a place, not a pattern: " + at);
            }
        }
        boolean lines =
                kind.anatomy().hasDerived() || !kind.anatomy().arrangement().isEmpty();
        boolean embedded = targets().stream().allMatch(Placement.Target.Embed.class::isInstance);
        if (lines && embedded) {
            throw wrong(
                    kind.anatomy().hasDerived() ? "derived" : "arrangement",
                    "a record that is only part of another's file has no line of its own");
        }
        if (!kind.anatomy().arrangement().isEmpty()) {
            for (Kind owner : layout.kinds().values()) {
                if (owner.anatomy().tree().isPresent()
                        && layout.ownedBy(owner).stream().anyMatch(o -> o.kind() == kind)) {
                    throw wrong("arrangement", "the arrangement of a " + owner.name() + " is that of its tree");
                }
            }
        }
    }

    /** A set in a set is sorted first, or the order of the outer one would depend on that of the inner. */
    private void sets() {
        List<Pointer> seen = new ArrayList<>();
        for (Pointer set : kind.sets()) {
            if (set.isSelf()) {
                throw wrong("sets", "a record is no list");
            }
            for (Pointer outer : seen) {
                int size = outer.steps().size();
                if (set.steps().size() > size && set.steps().subList(0, size).equals(outer.steps())) {
                    throw wrong("sets", "of a set in a set the inner one comes first: " + set + " before " + outer);
                }
            }
            seen.add(set);
        }
    }

    private void ids() {
        boolean content = layout.isByContent();
        if (!kind.refs().isEmpty() && !content) {
            throw wrong("refs", "the layout has ids of instances, whose references lead where they lead by themselves");
        }
        if (!kind.symbols().isEmpty() && content) {
            throw wrong("symbols", "the layout says no ids, so that none is ever written as a symbol");
        }
        Set<String> symbols = new HashSet<>();
        layout.kinds().values().forEach(k -> symbols.addAll(k.symbols().values()));
        kind.fresh().forEach((field, value) -> {
            boolean known = Set.of("time", "null").contains(value) || value.startsWith("=") || symbols.contains(value);
            if (!known) {
                throw wrong(
                        "fresh/" + Pointer.escape(field),
                        "time, null, a symbol of this layout or a text after = is expected here");
            }
        });
        kind.unless()
                .keySet()
                .forEach(kinds -> kinds.forEach(k -> {
                    if (!layout.kinds().containsKey(k) && !k.equals(Layout.DOCUMENT)) {
                        throw wrong("unless", "no such kind: " + k);
                    }
                }));
    }

    private void order() {
        if (kind.is(Kind.Flag.ORDERED) && !isFile()) {
            throw wrong("order", "an order file names files; this record has none of its own");
        }
    }

    private void satellites() {
        if (kind.satellites().isEmpty()) {
            return;
        }
        Kind.Identity identity = kind.identity();
        if (identity.instance() || identity.at().isEmpty() && !identity.isKey()) {
            throw wrong("satellites", "the maps are keyed by an id that is content: say id and scope: content");
        }
        boolean many = kind.slots().values().stream()
                .allMatch(slots ->
                        slots.stream().allMatch(s -> s.isMany() && s.wrapper().isSelf()));
        if (!many) {
            throw wrong("satellites", "the maps stand beside a list or a map of records, and there is none");
        }
        for (Kind.Satellite satellite : kind.satellites()) {
            if (!satellite.map().isLiteral() || satellite.map().isSelf()) {
                throw wrong(
                        "satellites/" + Pointer.escape(satellite.member()), "one map is expected here, not a pattern");
            }
        }
    }
}
