package dev.offshoot.service;

import dev.offshoot.layout.Definition;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.TreePath;
import dev.offshoot.service.IdentityRule.By;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Decides for the definitions that a document carries whether the one that is here is used instead: a module of the same name always
 * is, a record that several definitions share is when the document knows it by its name only, so that importing an app never changes
 * what other apps of other instances work with.
 *
 * @param linked those that are used as they are here
 * @param apart those that only seem to be one that is here, and have to stand beside it
 */
record Linking(Set<TreePath> linked, Set<DefinitionHeader> apart) {

    /**
     * Decides.
     *
     * @param keepsShared true when no shared record that is here may change, whatever it was found by
     */
    static Linking of(
            Exploded exploded,
            ImportTargets targets,
            boolean keepsShared,
            Sharers sharers,
            WorkspaceView view,
            LayoutEngine engine) {
        Set<TreePath> linked = new LinkedHashSet<>();
        Set<DefinitionHeader> apart = new HashSet<>();
        for (Definition d : exploded.definitions()) {
            Optional<By> by = targets.match(d.header()).map(IdentityRule.Match::by);
            if (d.header().main() || by.isEmpty()) {
                continue;
            }
            boolean byName = by.get() == By.NAME || by.get() == By.SEEN;
            if (Landing.isFolder(exploded, d.address())) {
                if (by.get() == By.NAME) {
                    linked.add(d.address());
                }
            } else if ((byName || keepsShared) && !Landing.isIdentical(exploded, d.address(), view)) {
                boolean shared = keepsShared
                        || !sharers.of(d.address(), exploded.document()).isEmpty();
                if (shared && by.get() == By.NAME && engine.layouts().standApart(d.header())) {
                    apart.add(d.header());
                } else if (shared) {
                    linked.add(d.address());
                }
            }
        }
        return new Linking(linked, apart);
    }
}
