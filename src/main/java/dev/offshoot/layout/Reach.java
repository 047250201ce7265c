package dev.offshoot.layout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an export of some records carries by what they own and refer to: the counterpart, in a document, of {@link Members}. */
final class Reach {
    private final Map<String, List<Rec>> byId = new HashMap<>();
    private final Map<Rec, List<Rec>> owned = new HashMap<>();
    private final Links links;
    private final Set<Rec> reached = new HashSet<>();
    private final Deque<Rec> queue = new ArrayDeque<>();
    /** Ids that lead to nothing in the document, with the names of the kinds that they may be of. */
    private final Map<String, Set<String>> dangling = new HashMap<>();

    Reach(Layout layout, List<Rec> records) {
        this.links = new Links(layout);
        for (Rec r : records) {
            if (!r.id.isEmpty()) {
                byId.computeIfAbsent(r.id, i -> new ArrayList<>(1)).add(r);
            }
            if (r.owner != null) {
                owned.computeIfAbsent(r.owner, o -> new ArrayList<>()).add(r);
            }
        }
    }

    /** Adds a record with everything below it and everything these lead to. */
    Reach from(Rec record) {
        add(record);
        while (!queue.isEmpty()) {
            Rec next = queue.remove();
            owned.getOrDefault(next, List.of()).forEach(this::add);
            links.each(next.kind, next.original, (rule, id) -> follow(rule, id));
        }
        return this;
    }

    private void follow(Kind.Ref rule, String id) {
        List<Rec> targets = byId.get(id);
        if (targets == null) {
            dangling.computeIfAbsent(id, i -> new HashSet<>()).addAll(rule.kinds());
            return;
        }
        for (Rec target : targets) {
            if (Links.carries(rule, target.kind, target.original)) {
                add(target);
            }
        }
    }

    private void add(Rec record) {
        if (!reached.contains(record) && reached.add(record)) {
            queue.add(record);
        }
    }

    boolean has(Rec record) {
        return reached.contains(record);
    }

    Map<String, Set<String>> dangling() {
        return dangling;
    }
}
