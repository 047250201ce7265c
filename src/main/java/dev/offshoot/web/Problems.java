package dev.offshoot.web;

import static dev.offshoot.web.Html.cls;
import static dev.offshoot.web.Html.el;
import static dev.offshoot.web.Html.text;

import dev.offshoot.access.Session;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.wire.Statuses;
import java.util.List;
import java.util.Optional;

/** Says what went wrong: what, where, and what to do. */
final class Problems {
    private static final int MOST = 50;

    private Problems() {}

    /**
     * A refusal as a page.
     *
     * @param back where to go on from
     */
    static Reply page(Optional<Session> session, Failure failure, Link back) {
        int status = Statuses.of(failure.reason());
        return page(session, status, Statuses.title(status), list(failure.problems()), back);
    }

    static Reply page(Optional<Session> session, int status, String title, Html what, Link back) {
        Html content = Frame.main(
                "narrow",
                el(Tag.H1, title),
                what,
                el(Tag.P, el(Tag.A, Html.attr(Html.Name.HREF, back), text("Go back"))));
        return new Reply.Show(
                status, session.map(s -> Frame.page(s, title, content)).orElseGet(() -> Frame.open(title, content)));
    }

    /** Problems one below the other. */
    static Html list(List<Problem> problems) {
        return Html.all(
                el(
                        Tag.UL,
                        cls("problems"),
                        Html.all(
                                problems.stream().limit(MOST).map(Problems::one).toList())),
                Html.when(
                        problems.size() > MOST,
                        el(Tag.P, cls("muted"), text("and " + (problems.size() - MOST) + " more"))));
    }

    private static Html one(Problem problem) {
        return el(
                Tag.LI,
                el(Tag.SPAN, cls("what"), Html.foreign(Words.sentence(problem.message()))),
                Html.when(
                        !problem.hint().isEmpty(),
                        el(Tag.SPAN, cls("hint"), Html.foreign(Words.sentence(problem.hint())))),
                Html.when(
                        !problem.where().isEmpty(),
                        el(Tag.SPAN, cls("where"), el(Tag.CODE, Html.foreign(problem.where())))));
    }
}
