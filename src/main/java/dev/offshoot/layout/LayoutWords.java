package dev.offshoot.layout;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The words of the layout language, by where they stand. {@code docs/layouts.md} describes each of them, and a test holds the two together. */
final class LayoutWords {
    static final Set<String> TOP =
            Set.of("platform", "root", "recognise", "ids", "document", "kinds", "needs", "newest", "imports");
    static final Set<String> DOCUMENT =
            Set.of("file", "list", "repeated", "sets", "ledger", "fresh", "withheld", "vault", "apart", "only");
    static final Set<String> KIND = Set.of(
            "like",
            "in",
            "at",
            "when",
            "unless",
            "id",
            "scope",
            "name",
            "place",
            "order",
            "sets",
            "own",
            "ledger",
            "fresh",
            "symbols",
            "implied",
            "same-as",
            "text",
            "facets",
            "binary",
            "withheld",
            "vault",
            "requires",
            "refs",
            "correlation",
            "traits",
            "main",
            "alone",
            "member",
            "selectable",
            "configured",
            "builtin",
            "unlinked",
            "always",
            "satellites",
            "arrangement",
            "halves",
            "park",
            "derived",
            "tree",
            "removal",
            "data");
    static final Set<String> SLOT = Set.of("list", "wrapper");
    static final Set<String> OWNER = Set.of("field", "listed", "kind", "under");
    static final Set<String> TARGET = Set.of("file", "folder", "embed", "entry", "by", "position", "flatten");
    static final Set<String> BY = Set.of("field", "kind");
    static final Set<String> SWEEP = Set.of("at", "is");
    static final Set<String> WITHHELD = Set.of("at", "beside");
    static final Set<String> VAULT = Set.of("at", "beside", "unless", "needed", "asked");
    static final Set<String> ASKED = Set.of("fields", "when");
    static final Set<String> REQUIRES = Set.of("need", "at", "kind", "when", "except", "name");
    static final Set<String> IMPLIED = Set.of("id-of", "same", "text", "sibling", "beside", "optional");
    static final Set<String> TEXT = Set.of("at", "suffix", "when");
    static final Set<String> FACET = Set.of("at", "by");
    static final Set<String> BINARY = Set.of("at", "name");
    static final Set<String> DATA = Set.of("at", "name", "change");
    static final Set<String> REF = Set.of("at", "kind", "unless");
    static final Set<String> TREE =
            Set.of("at", "children", "name", "folder", "fold", "implied", "arrangement", "text", "derived");
    static final Set<String> NEED = Set.of("at", "is", "say");
    static final Set<String> RULE = Set.of(
            "does", "target", "needs", "newer", "set", "keeps", "taken", "shared", "renames", "version", "through");
    static final Set<String> RENAME = Set.of("as", "follows");
    static final Set<String> FOLLOWS = Set.of("at", "name", "id");

    private LayoutWords() {}

    /** All of them, under the heading that the description has for them. */
    static Map<String, Set<String>> all() {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        all.put("Words at the top", TOP);
        all.put("Words of `document`", DOCUMENT);
        all.put("Words of a kind", KIND);
        all.put("Words of a list of wrappers", SLOT);
        all.put("Words of an owner", OWNER);
        all.put("Words of a target", TARGET);
        all.put("Words of `by`", BY);
        all.put("Words of `data`", DATA);
        all.put("Words of facts at any depth", SWEEP);
        all.put("Words of `withheld`", WITHHELD);
        all.put("Words of `vault`", VAULT);
        all.put("Words of `asked`", ASKED);
        all.put("Words of `requires`", REQUIRES);
        all.put("Words of `implied`", IMPLIED);
        all.put("Words of `text`", TEXT);
        all.put("Words of a facet of lines", FACET);
        all.put("Words of `binary`", BINARY);
        all.put("Words of `refs`", REF);
        all.put("Words of `tree`", TREE);
        all.put("Words of `needs`", NEED);
        all.put("Words of an import rule", RULE);
        all.put("Words of `renames`", RENAME);
        all.put("Words of `follows`", FOLLOWS);
        return all;
    }
}
