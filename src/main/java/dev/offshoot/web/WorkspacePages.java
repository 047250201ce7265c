package dev.offshoot.web;

import static dev.offshoot.web.Html.attr;
import static dev.offshoot.web.Html.cls;
import static dev.offshoot.web.Html.el;
import static dev.offshoot.web.Html.text;

import dev.offshoot.access.Right;
import dev.offshoot.access.Session;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceId;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.DefinitionRequest;
import dev.offshoot.service.ExportDefinition;
import dev.offshoot.service.ShowOverview;
import dev.offshoot.service.UseCases;
import dev.offshoot.store.WorkspaceInfo;
import dev.offshoot.web.Html.Name;
import dev.offshoot.wire.Download;
import dev.offshoot.wire.Statuses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Workspaces, what is in them, and getting it out. */
final class WorkspacePages {
    private final UseCases use;
    private final int mostBytes;

    /** @param mostBytes of a file that can be sent */
    WorkspacePages(UseCases use, int mostBytes) {
        this.use = use;
        this.mostBytes = mostBytes;
    }

    /** Where everybody begins: in the only workspace there is, or with a choice. */
    Reply home(Visit visit) {
        List<WorkspaceInfo> all = readable(visit.session());
        return all.size() == 1
                ? new Reply.GoTo(Link.workspace(all.get(0).name()))
                : new Reply.Show(200, choice(visit.session(), all, Html.NONE));
    }

    private static Html choice(Session session, List<WorkspaceInfo> all, Html problem) {
        return Frame.page(
                session,
                "Workspaces",
                Frame.main(
                        "narrow",
                        el(Tag.H1, "Workspaces"),
                        problem,
                        all.isEmpty()
                                ? el(
                                        Tag.P,
                                        text(
                                                "A workspace is one Git repository that holds the definitions of your apps and flows."
                                                        + " There is none yet: begin with one."))
                                : el(
                                        Tag.UL,
                                        cls("choice"),
                                        Html.all(all.stream()
                                                .map(info -> el(Tag.LI, workspaceLink(info.name())))
                                                .toList())),
                        el(Tag.SECTION, cls("card"), el(Tag.H2, "New workspace"), newWorkspace(session))));
    }

    private static Html newWorkspace(Session session) {
        return Frame.form(
                session,
                Link.WORKSPACES,
                el(
                        Tag.DIV,
                        cls("stack"),
                        el(Tag.LABEL, attr(Name.FOR, "name"), text("Name")),
                        el(
                                Tag.INPUT,
                                attr(Name.ID, "name"),
                                attr(Name.NAME, "name"),
                                attr(Name.REQUIRED, ""),
                                attr(Name.MAXLENGTH, "64"),
                                attr(Name.PATTERN, "[a-z0-9]([a-z0-9_\\-]*[a-z0-9])?"),
                                attr(Name.AUTOCAPITALIZE, "none"),
                                attr(Name.AUTOCOMPLETE, "off"),
                                attr(Name.SPELLCHECK, "false"),
                                attr(Name.ARIA_DESCRIBEDBY, "name-help"),
                                attr(
                                        Name.TITLE,
                                        "small letters, digits, - and _, beginning and ending with a letter or digit")),
                        el(
                                Tag.P,
                                cls("muted"),
                                attr(Name.ID, "name-help"),
                                text("Small letters, digits, - and _. It becomes the address for git clone.")),
                        el(Tag.BUTTON, text("Create"))));
    }

    Reply create(Visit visit) {
        Form form = visit.form();
        try {
            WorkspaceName name = form.required("name", WorkspaceName::new);
            use.createWorkspace().run(name, visit.session().person());
            return new Reply.GoTo(Link.workspace(name));
        } catch (Failure e) {
            return new Reply.Show(
                    Statuses.of(e.reason()),
                    choice(
                            visit.session(),
                            readable(visit.session()),
                            el(Tag.DIV, cls("alert"), attr(Name.ROLE, "alert"), Problems.list(e.problems()))));
        }
    }

    Reply show(Visit visit) {
        return new Reply.Show(200, page(visit));
    }

    private Html page(Visit visit) {
        ShowOverview.Overview overview = use.showOverview().run(visit.workspace(), visit.branch());
        WorkspaceName name = overview.info().name();
        return Frame.page(
                visit.session(),
                name.value(),
                el(
                        Tag.DIV,
                        cls("columns"),
                        el(
                                Tag.NAV,
                                cls("side"),
                                attr(Name.ARIA_LABEL, "Workspaces"),
                                el(Tag.H2, "Workspaces"),
                                el(
                                        Tag.UL,
                                        Html.all(readable(visit.session()).stream()
                                                .map(info -> el(
                                                        Tag.LI,
                                                        info.name().equals(name)
                                                                ? current(name)
                                                                : workspaceLink(info.name())))
                                                .toList())),
                                el(Tag.DETAILS, el(Tag.SUMMARY, "New workspace"), newWorkspace(visit.session()))),
                        Frame.main(
                                "work",
                                el(Tag.DIV, cls("title"), el(Tag.H1, name.value()), branches(overview)),
                                el(
                                        Tag.DIV,
                                        cls("split"),
                                        DefinitionList.of(overview),
                                        ImportForms.of(visit.session(), overview, mostBytes)))));
    }

    /** The workspaces that somebody may see. */
    private List<WorkspaceInfo> readable(Session session) {
        return use.listWorkspaces().run().stream()
                .filter(info -> session.caller().may(Right.READ, new WorkspaceId(info.id())))
                .toList();
    }

    private static Html workspaceLink(WorkspaceName name) {
        return el(Tag.A, attr(Name.HREF, Link.workspace(name)), text(name.value()));
    }

    private static Html current(WorkspaceName name) {
        return el(Tag.A, attr(Name.HREF, Link.workspace(name)), attr(Name.ARIA_CURRENT, "page"), text(name.value()));
    }

    private static Html branches(ShowOverview.Overview overview) {
        if (overview.branches().size() < 2) {
            return el(
                    Tag.P,
                    cls("muted"),
                    text("branch "),
                    el(Tag.CODE, overview.branch().value()));
        }
        return el(
                Tag.FORM,
                cls("inline"),
                attr(Name.METHOD, "get"),
                attr(Name.ACTION, Link.workspace(overview.info().name())),
                el(Tag.LABEL, attr(Name.FOR, "branch"), text("Branch")),
                el(
                        Tag.SELECT,
                        attr(Name.ID, "branch"),
                        attr(Name.NAME, "branch"),
                        Html.all(overview.branches().stream()
                                .map(branch -> el(
                                        Tag.OPTION,
                                        attr(Name.VALUE, branch.value()),
                                        Html.flag(Name.SELECTED, branch.equals(overview.branch())),
                                        text(branch.value())))
                                .toList())),
                el(Tag.BUTTON, cls("quiet"), text("Show")));
    }

    /** The document itself, as a download. */
    Reply export(Visit visit) {
        DefinitionRequest request = new DefinitionRequest(
                visit.workspace(),
                visit.branch().<Revision>map(Revision.Named::new).orElse(Revision.DEFAULT),
                visit.query("document", TreePath::of)
                        .filter(path -> !path.isRoot())
                        .orElseThrow(() -> Visit.refused("document", "nothing is named", "choose one on the page")));
        ExportDefinition.Part part =
                new ExportDefinition.Part(visit.query("version", version -> version), Optional.empty());
        ExportDefinition.Export export = use.exportDefinition().run(request, part, tag -> false);
        visit.ctx()
                .contentType("application/json")
                .header("Content-Disposition", Download.disposition(export.fileName()))
                .header("X-Offshoot-Commit", export.commit().value());
        try {
            export.document().orElseThrow().writeTo(visit.ctx().res().getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Reply.Written();
    }
}
