package dev.offshoot.web;

import static dev.offshoot.web.Html.cls;
import static dev.offshoot.web.Html.el;
import static dev.offshoot.web.Html.text;

import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.service.Configuration;
import dev.offshoot.service.Need;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        List<Html> lines = open.stream().map(NeedsView::line).toList();
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

    /** One thing to do, with what it has to be given. */
    private static Html line(Need need) {
        return el(
                Tag.LI,
                el(
                        Tag.SPAN,
                        text(Words.sort(need.kind()) + " "),
                        el(Tag.STRONG, Html.foreign(need.name())),
                        text(" " + what(need))),
                Html.all(need.secrets().stream()
                        .map(secrets -> el(
                                Tag.SPAN,
                                cls("hint"),
                                Html.foreign(String.join(", ", secrets.fields())),
                                text(secrets.environments().isEmpty() ? " not set" : " not set in "),
                                Html.foreign(String.join(", ", secrets.environments()))))
                        .toList()),
                Html.all(Stream.concat(need.address().stream(), need.alike().stream())
                        .map(at -> el(Tag.SPAN, cls("where"), el(Tag.CODE, Html.foreign(at.value()))))
                        .toList()));
    }

    private static String what(Need need) {
        return switch (need.state()) {
            case MISSING -> "is not here";
            case PRESENT -> "still needs its settings and credentials";
            case UNKNOWN -> "may be missing: only the platform knows";
            case SET -> "is set";
            case UNUSED -> "is used by nothing";
        };
    }
}
