package dev.offshoot.service;

import dev.offshoot.layout.Definition;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.KnownDefinitions;
import dev.offshoot.model.FileNames;
import dev.offshoot.model.TreePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What an explode may know of the workspace that its document goes to. For one operation; only ids are asked for by several threads, and they
 * wait for each other, because the view behind them is for one.
 */
final class ImportTargets implements KnownDefinitions {
    private final WorkspaceView view;
    private final Function<DefinitionHeader, Optional<IdentityRule.Match>> identity;
    private final Places places;
    private final Map<DefinitionHeader, Optional<IdentityRule.Match>> decided = new HashMap<>();
    private Map<String, TreePath> sharedById = Map.of();
    private boolean sharedRead;

    /** @param places where definitions that are new here are to stand, if nothing else does */
    ImportTargets(
            WorkspaceView view, Function<DefinitionHeader, Optional<IdentityRule.Match>> identity, Places places) {
        this.view = view;
        this.identity = identity;
        this.places = places;
    }

    /** What a definition of the document is here; decided once. */
    Optional<IdentityRule.Match> match(DefinitionHeader header) {
        return decided.computeIfAbsent(header, identity);
    }

    @Override
    public Optional<TreePath> addressOf(DefinitionHeader header) {
        return match(header)
                .map(m -> m.definition().address())
                .or(() -> places.of(header)
                        .filter(place -> !taken(place.parent()).contains(FileNames.fold(place.name()))));
    }

    @Override
    public Set<String> taken(TreePath folder) {
        Set<String> names = new HashSet<>();
        view.snapshot().files().entries(folder).forEach((name, isFolder) -> {
            int dot = name.indexOf('.');
            names.add(FileNames.fold(isFolder || dot < 0 ? name : name.substring(0, dot)));
        });
        return names;
    }

    @Override
    public List<TreePath> definitions(TreePath folder) {
        return view.definitionsIn(folder).stream().map(Definition::address).toList();
    }

    @Override
    public List<TreePath> rows(TreePath platform, Set<String> ids) {
        return view.rows(platform, ids);
    }

    @Override
    public synchronized Optional<TreePath> addressOfId(String id) {
        if (!sharedRead) {
            sharedById = new HashMap<>();
            for (Definition d : view.definitions()) {
                if (!d.header().main()) {
                    d.header().id().ifPresent(known -> sharedById.putIfAbsent(known, d.address()));
                }
            }
            sharedRead = true;
        }
        return Optional.ofNullable(sharedById.get(id));
    }
}
