package dev.offshoot.web;

import static dev.offshoot.web.Html.attr;
import static dev.offshoot.web.Html.cls;
import static dev.offshoot.web.Html.el;
import static dev.offshoot.web.Html.text;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ObjectName;
import dev.offshoot.service.Configuration;
import dev.offshoot.service.JoinedPlan;
import dev.offshoot.service.Receipt;
import dev.offshoot.web.Html.Name;

/** What an import has done. */
final class Done {
    private Done() {}

    static Html report(Receipt receipt, Configuration needs) {
        return Html.all(
                summary(receipt.plan().branch(), receipt.commit(), receipt.before(), receipt.moved()),
                PlanView.of(receipt.plan()),
                NeedsView.of(needs, receipt.plan().findings()));
    }

    static Html report(JoinedPlan.Done done, Configuration needs) {
        return Html.all(
                summary(done.plan().branch(), done.commit(), done.before(), done.moved()),
                RepositoryPages.parts(done.plan()),
                NeedsView.of(needs, RepositoryPages.findings(done.plan())));
    }

    private static Html summary(BranchName branch, ObjectName commit, ObjectName before, boolean moved) {
        return el(
                Tag.DIV,
                cls("notice"),
                attr(Name.ROLE, "status"),
                el(
                        Tag.P,
                        moved
                                ? "Imported. What came in has been checked to come out again as it was."
                                : "Everything was here already; no commit was made."),
                el(
                        Tag.DL,
                        cls("facts"),
                        el(Tag.DT, "Branch"),
                        el(Tag.DD, el(Tag.CODE, branch.value())),
                        el(Tag.DT, "Commit"),
                        el(Tag.DD, el(Tag.CODE, commit.value())),
                        Html.when(
                                moved,
                                Html.all(el(Tag.DT, "To go back to"), el(Tag.DD, el(Tag.CODE, before.value()))))));
    }

    static Reply page(Visit visit, Draft.Done done) {
        Link workspace = Link.workspace(visit.workspace());
        return new Reply.Show(
                200,
                Frame.page(
                        visit.session(),
                        "Imported",
                        Frame.main(
                                "narrow plan",
                                el(
                                        Tag.P,
                                        el(
                                                Tag.A,
                                                attr(Name.HREF, workspace),
                                                text(visit.workspace().value()))),
                                el(Tag.H1, "Imported"),
                                done.report(),
                                el(
                                        Tag.P,
                                        cls("go"),
                                        el(
                                                Tag.A,
                                                cls("button"),
                                                attr(Name.HREF, workspace),
                                                text("Back to " + visit.workspace()))))));
    }
}
