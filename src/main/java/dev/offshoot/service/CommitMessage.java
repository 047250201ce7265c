package dev.offshoot.service;

import dev.offshoot.diff.Words;
import dev.offshoot.service.Changes.Action;
import dev.offshoot.service.Changes.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One line as a person would have written it: {@code Update CRM: 2 queries changed, table1 added on page Home}. */
final class CommitMessage {
    private static final int MOST_GROUPS = 4;
    private static final int MOST_NAME = 60;
    /** Kinds that people call otherwise. */
    private static final Map<String, String> WORDS =
            Map.of("datasource", "data source", "datacollection", "data collection", "other file", "file");

    private CommitMessage() {}

    /** Of an import. */
    static String of(List<Plan.Step> definitions, Changes changes) {
        Optional<Plan.Step> main = definitions.stream().filter(Plan.Step::main).findFirst();
        String name = main.map(Plan.Step::name).orElse("shared definitions");
        return main.filter(step -> step.action() == Plan.Action.CREATED)
                .map(step -> added(name, changes, step.kind()))
                .orElseGet(() -> updated(name, changes));
    }

    static String added(String definition, Changes changes, String ownKind) {
        String parts = changes.groups().stream()
                .filter(g -> !g.get(0).entity().kind().equals(ownKind))
                .filter(g -> g.get(0).action() == Action.CREATED)
                .filter(g -> !g.get(0).entity().kind().equals(ChangedEntity.ORDER))
                .limit(MOST_GROUPS)
                .map(g -> count(g.size(), g.get(0).entity().kind()))
                .collect(Collectors.joining(", "));
        return "Add " + oneLine(definition) + (parts.isEmpty() ? "" : ": " + parts);
    }

    static String updated(String definition, Changes changes) {
        List<List<Change>> groups = changes.groups();
        String parts =
                groups.stream().limit(MOST_GROUPS).map(CommitMessage::describe).collect(Collectors.joining(", "));
        int rest = groups.stream().skip(MOST_GROUPS).mapToInt(List::size).sum();
        return "Update " + oneLine(definition)
                + (parts.isEmpty() ? "" : ": " + parts)
                + (rest == 0 ? "" : " and " + count(rest, "other change"));
    }

    static String removed(String definition) {
        return "Remove " + oneLine(definition);
    }

    private static String describe(List<Change> group) {
        ChangedEntity first = group.get(0).entity();
        String verb = switch (group.get(0).action()) {
            case CREATED -> "added";
            case CHANGED -> "changed";
            case DELETED -> "removed";
        };
        if (group.size() > 1) {
            return count(group.size(), first.kind()) + " " + verb;
        }
        String who = first.kind().equals("component") || first.kind().equals(ChangedEntity.ORDER)
                ? first.name()
                : words(first.kind()) + " " + first.name();
        return oneLine(who) + " " + verb + first.on().map(on -> " on " + on).orElse("");
    }

    private static String count(int n, String kind) {
        return n + " " + (n == 1 ? words(kind) : Words.plural(words(kind)));
    }

    private static String words(String kind) {
        return WORDS.getOrDefault(kind, kind);
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? ' ' : c)
                .limit(MOST_NAME)
                .forEach(line::appendCodePoint);
        return line.toString().strip();
    }
}
