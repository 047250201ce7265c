package dev.offshoot.platform;

import dev.offshoot.format.JsonObject;
import dev.offshoot.model.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The data sources that come with queries: one of the same name and plugin is used, one that shares only the name gets a number, any
 * other is added, as far as a query that comes uses it.
 */
final class AppsmithSources {
    private final Map<String, JsonObject> incoming = new HashMap<>();
    private final Map<String, JsonObject> added = new LinkedHashMap<>();
    private final Set<String> taken;
    private final JsonObject existing;
    private final List<Problem> told = new ArrayList<>();

    private AppsmithSources(JsonObject existing, Set<String> taken) {
        this.existing = existing;
        this.taken = taken;
    }

    static AppsmithSources of(JsonObject existing, JsonObject incoming) {
        Set<String> names = Records.in(existing, "datasourceList")
                .flatMap(s -> s.text("name").stream())
                .collect(Collectors.toCollection(HashSet::new));
        AppsmithSources sources = new AppsmithSources(existing, names);
        Records.in(incoming, "datasourceList")
                .forEach(s -> s.text("name").ifPresent(n -> sources.incoming.putIfAbsent(n, s)));
        return sources;
    }

    /** The query over the data source that stands for its own here. */
    JsonObject use(JsonObject action) {
        Optional<String> name = action.object(AppsmithPages.ACTION)
                .flatMap(a -> a.object("datasource"))
                .flatMap(d -> d.text("id").or(() -> d.text("name")));
        if (name.isEmpty() || !incoming.containsKey(name.get())) {
            return action;
        }
        String here = nameHere(incoming.get(name.get()), name.get());
        return here.equals(name.get())
                ? action
                : Records.in(
                        action,
                        AppsmithPages.ACTION,
                        a -> Records.in(a, "datasource", d -> Records.put(Records.put(d, "id", here), "name", here)));
    }

    /** Adds a data source itself, used or not. */
    void bring(JsonObject source) {
        source.text("name").ifPresent(n -> nameHere(source, n));
    }

    private String nameHere(JsonObject source, String name) {
        if (added.containsKey(name)) {
            return added.get(name).text("name").orElse(name);
        }
        Optional<JsonObject> same = Records.in(existing, "datasourceList")
                .filter(s -> s.text("name").equals(Optional.of(name))
                        && s.text("pluginId").equals(source.text("pluginId")))
                .findFirst();
        if (same.isPresent()) {
            return name;
        }
        String free = Records.free(name, taken, " #", 1);
        taken.add(free);
        added.put(name, Records.put(source.without("gitSyncId"), "name", free));
        if (!free.equals(name)) {
            told.add(AppsmithPages.normalised(
                    "", "renamed: the data source " + name + " of another plugin is added as " + free));
        }
        return free;
    }

    JsonObject addTo(JsonObject app) {
        return Records.add(app, "datasourceList", List.copyOf(added.values()));
    }

    List<Problem> told() {
        return told;
    }
}
