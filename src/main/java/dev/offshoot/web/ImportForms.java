package dev.offshoot.web;

import static dev.offshoot.web.Html.attr;
import static dev.offshoot.web.Html.cls;
import static dev.offshoot.web.Html.el;
import static dev.offshoot.web.Html.text;

import dev.offshoot.access.Session;
import dev.offshoot.model.BranchName;
import dev.offshoot.service.ShowOverview;
import dev.offshoot.web.Html.Name;

/** The ways to bring something in. Each leads to a dry run first. */
final class ImportForms {
    static final String FILE = "document";
    static final String BRANCH = "branch";

    private ImportForms() {}

    static Html of(Session session, ShowOverview.Overview overview, int mostBytes) {
        Link workspace = Link.workspace(overview.info().name());
        return el(
                Tag.DIV,
                cls("bring"),
                el(
                        Tag.SECTION,
                        cls("card"),
                        attr(Name.ARIA_LABELLEDBY, "from-file"),
                        el(Tag.H2, attr(Name.ID, "from-file"), text("Import a file")),
                        file(session, workspace.child("imports"), overview.branch(), mostBytes)));
    }

    private static Html file(Session session, Link target, BranchName branch, int mostBytes) {
        return el(
                Tag.FORM,
                cls("stack upload"),
                attr(Name.METHOD, "post"),
                attr(Name.ENCTYPE, "multipart/form-data"),
                attr(Name.ACTION, target),
                Frame.hidden(Form.TOKEN, session.formToken()),
                Frame.hidden(BRANCH, branch.value()),
                el(
                        Tag.LABEL,
                        cls("drop"),
                        attr(Name.FOR, FILE),
                        text("Export of your platform (JSON)"),
                        el(Tag.SPAN, cls("hint"), text("Drop it here, or choose it")),
                        el(
                                Tag.INPUT,
                                attr(Name.TYPE, "file"),
                                attr(Name.ID, FILE),
                                attr(Name.NAME, FILE),
                                attr(Name.ACCEPT, ".json,application/json"),
                                attr(Name.DATA_MOST, String.valueOf(mostBytes)),
                                attr(Name.REQUIRED, ""))),
                el(Tag.P, cls("alert"), attr(Name.ROLE, "alert"), attr(Name.HIDDEN, "")),
                el(Tag.BUTTON, cls("main"), text("See what it would do")),
                el(Tag.P, cls("muted"), text("Nothing is written before you say so.")));
    }
}
