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
                        file(session, workspace.child("imports"), overview.branch(), mostBytes)),
                el(
                        Tag.SECTION,
                        cls("card"),
                        attr(Name.ARIA_LABELLEDBY, "from-repository"),
                        el(Tag.H2, attr(Name.ID, "from-repository"), text("Import from a repository")),
                        repository(session, workspace.child("repositories"), overview.branch())));
    }

    private static Html repository(Session session, Link target, BranchName branch) {
        return Frame.form(
                session,
                target,
                Frame.hidden(BRANCH, branch.value()),
                el(
                        Tag.DIV,
                        cls("stack"),
                        label("url", "Address of a Git repository"),
                        el(
                                Tag.INPUT,
                                attr(Name.TYPE, "url"),
                                attr(Name.ID, "url"),
                                attr(Name.NAME, "url"),
                                attr(Name.PLACEHOLDER, "https://host/team/apps.git"),
                                attr(Name.AUTOCOMPLETE, "off"),
                                attr(Name.REQUIRED, "")),
                        label("ref", "Branch, tag or commit"),
                        el(
                                Tag.INPUT,
                                attr(Name.ID, "ref"),
                                attr(Name.NAME, "ref"),
                                attr(Name.PLACEHOLDER, "its default branch"),
                                attr(Name.AUTOCAPITALIZE, "none"),
                                attr(Name.AUTOCOMPLETE, "off"),
                                attr(Name.SPELLCHECK, "false")),
                        el(
                                Tag.DETAILS,
                                el(Tag.SUMMARY, "It needs a password"),
                                el(
                                        Tag.DIV,
                                        cls("stack"),
                                        label("user", "User"),
                                        el(
                                                Tag.INPUT,
                                                attr(Name.ID, "user"),
                                                attr(Name.NAME, "user"),
                                                attr(Name.AUTOCAPITALIZE, "none"),
                                                attr(Name.AUTOCOMPLETE, "off")),
                                        label("password", "Password or token"),
                                        el(
                                                Tag.INPUT,
                                                attr(Name.TYPE, "password"),
                                                attr(Name.ID, "password"),
                                                attr(Name.NAME, "password"),
                                                attr(Name.AUTOCOMPLETE, "off"),
                                                attr(Name.ARIA_DESCRIBEDBY, "password-help")),
                                        el(
                                                Tag.P,
                                                cls("muted"),
                                                attr(Name.ID, "password-help"),
                                                text(
                                                        "Sent to that server alone; forgotten when you have decided, or after half an"
                                                                + " hour.")))),
                        el(Tag.BUTTON, text("See what is there"))));
    }

    private static Html label(String field, String words) {
        return el(Tag.LABEL, attr(Name.FOR, field), text(words));
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
