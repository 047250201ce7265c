package dev.offshoot.web;

import static dev.offshoot.web.Html.cls;
import static dev.offshoot.web.Html.el;
import static dev.offshoot.web.Html.text;

import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.service.Configuration;
import dev.offshoot.service.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is left to do before definitions work where they are. */
final class NeedsView {
    private static final int MOST = 100;

    private NeedsView() {}

    /**
     * One list of both.
     *
     * @param findings of the import; those that say less of the same are left out
     */
    static Html of(Configuration configuration, List<Problem> findings) {
        List<Need> open = configuration.open();
        List<Html> lines = lines(open);
        Set<String> said = open.stream()
                .flatMap(need -> need.address().stream())
                .map(TreePath::value)
                .collect(Collectors.toSet());
        List<Problem> more = findings.stream()
                .filter(finding -> finding.reason() == Reason.UNCONFIGURED && !said.contains(finding.where()))
                .toList();
        return Html.when(
                !open.isEmpty() || !more.isEmpty(),
                el(
                        Tag.SECTION,
                        el(Tag.H2, "To configure afterwards"),
                        el(
                                Tag.UL,
                                cls("problems"),
                                Html.all(lines.stream().limit(MOST).toList())),
                        Html.when(
                                lines.size() > MOST,
                                el(Tag.P, cls("muted"), text("and " + (lines.size() - MOST) + " more"))),
                        Html.when(!more.isEmpty(), Problems.list(more))));
    }

    /** A line for each thing, its secrets with it. */
    private static List<Html> lines(List<Need> open) {
        Map<TreePath, Map<String, List<String>>> secrets = new LinkedHashMap<>();
        open.stream()
                .filter(Need::isSecret)
                .forEach(secret -> secrets.computeIfAbsent(
                                secret.address().orElse(TreePath.ROOT), address -> new LinkedHashMap<>())
                        .computeIfAbsent(secret.name(), name -> new ArrayList<>())
                        .addAll(secret.part().stream().toList()));
        List<Html> lines = new ArrayList<>();
        for (Need need : open) {
            if (!need.isSecret()) {
                Optional<Map<String, List<String>>> own = need.address().map(secrets::remove);
                lines.add(line(Words.sort(need.kind()), need.name(), what(need), own.orElse(Map.of()), need.address()));
            }
        }
        secrets.forEach((address, names) ->
                lines.add(line("secrets of", address.name(), "are not set", names, Optional.of(address))));
        return lines;
    }

    private static Html line(
            String sort, String name, String what, Map<String, List<String>> secrets, Optional<TreePath> address) {
        return el(
                Tag.LI,
                el(Tag.SPAN, text(sort + " "), el(Tag.STRONG, Html.foreign(name)), text(" " + what)),
                Html.all(secrets.entrySet().stream()
                        .map(secret -> el(
                                Tag.SPAN,
                                cls("hint"),
                                Html.foreign(secret.getKey()),
                                text(secret.getValue().isEmpty() ? " is not set" : " is not set in "),
                                Html.foreign(String.join(", ", secret.getValue()))))
                        .toList()),
                address.<Html>map(at -> el(Tag.SPAN, cls("where"), el(Tag.CODE, Html.foreign(at.value()))))
                        .orElse(Html.NONE));
    }

    private static String what(Need need) {
        return switch (need.state()) {
            case MISSING -> "is not here";
            case PRESENT -> "still needs its settings and credentials";
            case UNKNOWN -> "may be missing: only the platform knows";
            case SET -> "is set";
        };
    }
}
