package dev.offshoot.service;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.Configured;
import dev.offshoot.layout.Definition;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.YamlFiles;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an import brings that nobody has configured here yet: data sources that no other definition has. */
final class Unconfigured {
    private final LayoutEngine engine;
    private final WorkspaceView view;

    Unconfigured(LayoutEngine engine, WorkspaceView view) {
        this.engine = engine;
        this.view = view;
    }

    List<Problem> of(JsonValue document, Exploded exploded, List<Plan.Step> steps) {
        List<Problem> found = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Definition d = exploded.definitions().get(i);
            if (steps.get(i).action() == Plan.Action.CREATED
                    && engine.layouts().isConfigured(d.header(), () -> record(exploded, d))) {
                found.add(problem(
                        d.address().value(), d.header().kind(), d.header().name()));
            }
        }
        Set<Configured> coming = new LinkedHashSet<>(engine.configured(document));
        // What the definition has had itself is looked at first, and mostly that is all.
        coming.removeAll(engine.configured(view.files(), exploded.document()));
        if (!coming.isEmpty()) {
            coming.removeAll(here(exploded.document()));
            coming.forEach(c -> found.add(problem(exploded.document().value(), c.kind(), c.name())));
        }
        return found;
    }

    private static JsonValue record(Exploded exploded, Definition d) {
        TreePath file = d.address().parent().child(d.address().name() + ".yaml");
        return exploded.files()
                .find(file)
                .map(content -> YamlFiles.parse(file, content))
                .orElse(JsonObject.EMPTY);
    }

    /** Those of every definition of the platform that is here. */
    private Set<Configured> here(TreePath document) {
        Set<Configured> here = new LinkedHashSet<>();
        for (TreePath folder : engine.layouts().foldersOfDocuments(document)) {
            view.snapshot()
                    .files()
                    .entries(folder)
                    .forEach((name, isFolder) -> here.addAll(engine.configured(view.files(), folder.child(name))));
        }
        return here;
    }

    private static Problem problem(String where, String kind, String name) {
        return new Problem(
                Reason.UNCONFIGURED,
                where,
                "the " + kind + " " + name + " is new here",
                "configure it where the definition is used");
    }
}
