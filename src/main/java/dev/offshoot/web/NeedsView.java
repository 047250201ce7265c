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
                                Html.all(open.stream()
                                        .limit(MOST)
                                        .map(NeedsView::need)
                                        .toList())),
                        Html.when(
                                open.size() > MOST,
                                el(Tag.P, cls("muted"), text("and " + (open.size() - MOST) + " more"))),
                        Html.when(!more.isEmpty(), Problems.list(more))));
    }

    private static Html need(Need need) {
        return el(
                Tag.LI,
                el(
                        Tag.SPAN,
                        text(Words.sort(need.kind()) + " "),
                        el(Tag.STRONG, Html.foreign(need.name())),
                        text(": " + what(need)),
                        need.part()
                                .<Html>map(part -> Html.all(text(", in "), Html.foreign(part)))
                                .orElse(Html.NONE)),
                need.address()
                        .<Html>map(address -> el(Tag.SPAN, cls("where"), el(Tag.CODE, Html.foreign(address.value()))))
                        .orElse(Html.NONE));
    }

    private static String what(Need need) {
        return switch (need.state()) {
            case MISSING -> need.kind().equals("secret") ? "is not set" : "is not here";
            case PRESENT -> "still needs its settings and credentials";
            case UNKNOWN -> "only the platform knows whether it has this";
            case SET -> "is set";
        };
    }
}
