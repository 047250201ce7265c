package dev.offshoot.web;

import static dev.offshoot.web.Html.attr;
import static dev.offshoot.web.Html.cls;
import static dev.offshoot.web.Html.el;
import static dev.offshoot.web.Html.text;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.ShowOverview;
import dev.offshoot.web.Html.Name;
import java.util.Optional;

/** What pages of imports that are being decided have in common. */
final class DraftFrame {
    /** Parameter of a page that is shown because the target moved. */
    static final String MOVED = "moved";

    static final String TARGET = "target";

    private DraftFrame() {}

    static Link place(WorkspaceName workspace, DraftId draft) {
        return Link.workspace(workspace).child("imports").child(draft.value());
    }

    static Html page(Visit visit, String title, Html... content) {
        return Frame.page(
                visit.session(),
                title,
                Frame.main(
                        "narrow plan",
                        el(
                                Tag.P,
                                el(
                                        Tag.A,
                                        attr(Name.HREF, Link.workspace(visit.workspace())),
                                        text(visit.workspace().value()))),
                        el(Tag.H1, title),
                        Html.all(content)));
    }

    /** Said when the branch was changed between the dry run and the decision. */
    static Html moved(Visit visit, BranchName branch) {
        return visit.query(MOVED, text -> text)
                .<Html>map(yes -> el(
                        Tag.P,
                        cls("notice"),
                        attr(Name.ROLE, "status"),
                        text("Somebody changed "),
                        el(Tag.CODE, branch.value()),
                        text(" meanwhile, so nothing was imported. This is what the import would do now.")))
                .orElse(Html.NONE);
    }

    static Html refusal(Failure e) {
        return el(Tag.DIV, cls("alert"), attr(Name.ROLE, "alert"), Problems.list(e.problems()));
    }

    static Html discard(Visit visit, DraftId id) {
        return Frame.form(
                visit.session(),
                place(visit.workspace(), id).child("discard"),
                el(Tag.BUTTON, cls("quiet"), text("Discard")));
    }

    static Html radio(String name, String value, String words, boolean checked) {
        return el(
                Tag.LABEL,
                cls("pick"),
                el(
                        Tag.INPUT,
                        attr(Name.TYPE, "radio"),
                        attr(Name.NAME, name),
                        attr(Name.VALUE, value),
                        Html.flag(Name.CHECKED, checked)),
                text(words));
    }

    /** A choice of the definitions that can be brought up to date. */
    static Html targets(ShowOverview.Overview overview, Optional<TreePath> chosen, String none) {
        return el(
                Tag.SELECT,
                attr(Name.ID, TARGET),
                attr(Name.NAME, TARGET),
                el(Tag.OPTION, attr(Name.VALUE, ""), text(none)),
                Html.all(overview.rows().stream()
                        .filter(ShowOverview.Row::exported)
                        .map(row -> row.definition().address())
                        .map(address -> el(
                                Tag.OPTION,
                                attr(Name.VALUE, address.value()),
                                Html.flag(Name.SELECTED, chosen.equals(Optional.of(address))),
                                text(address.value())))
                        .toList()));
    }
}
