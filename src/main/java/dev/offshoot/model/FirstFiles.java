package dev.offshoot.model;

import java.util.Map;

/** The files that every repository of definitions starts with. */
public final class FirstFiles {
    /**
     * {@code offshoot.yaml} says the format, and nothing that changes; {@code .gitattributes} makes bytes survive every checkout, and
     * line files merge by union.
     */
    public static final FileTree TREE = FileTree.of(Map.of(
            TreePath.of("offshoot.yaml"),
            Content.utf8("format: 1\n"),
            TreePath.of(".gitattributes"),
            Content.utf8("""
                    * -text
                    *.yaml text eol=lf
                    *.order merge=union
                    arrangement.yaml merge=union
                    derived.yaml merge=union
                    *.functions.yaml merge=union
                    pages.yaml merge=union
                    """)));

    private FirstFiles() {}
}
