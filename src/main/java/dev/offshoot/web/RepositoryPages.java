package dev.offshoot.web;

import static dev.offshoot.web.Html.attr;
import static dev.offshoot.web.Html.cls;
import static dev.offshoot.web.Html.el;
import static dev.offshoot.web.Html.text;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.ImportFromRepository;
import dev.offshoot.service.JoinedPlan;
import dev.offshoot.service.RepositoryRequest;
import dev.offshoot.service.UseCases;
import dev.offshoot.store.RemoteCredentials;
import dev.offshoot.web.Html.Name;
import dev.offshoot.wire.Statuses;
import java.util.List;
import java.util.Optional;

/** Another repository: what is in it, which of that is to come, what that would do, and doing it. */
final class RepositoryPages {
    private static final int MOST_PATHS = 200;
    private static final String BEFORE = "before";
    private static final String DEFINITION = "definition";
    private static final String HOW = "how";

    private final UseCases use;
    private final Drafts drafts;

    RepositoryPages(UseCases use, Drafts drafts) {
        this.use = use;
        this.drafts = drafts;
    }

    /** What somebody has seen when they say so: where the branch stood, and what would be lost. */
    private record Decision(Optional<ObjectName> before, Optional<ConfirmToken> confirm) {
        static final Decision NONE = new Decision(Optional.empty(), Optional.empty());
    }

    /** An address came: what is there is kept for choosing from, at the commit that it was found at. */
    Reply look(Visit visit) {
        Form form = visit.form();
        WorkspaceName workspace = visit.workspace();
        BranchName branch = form.required(ImportForms.BRANCH, BranchName::new);
        Optional<RemoteCredentials> credentials = form.raw("password")
                .map(password -> new RemoteCredentials(form.text("user").orElse(""), password));
        RemoteUrl url = form.required("url", RemoteUrl::parse);
        Revision revision = form.parse("ref", Revision::parse).orElse(Revision.DEFAULT);
        ImportFromRepository.Listing listing = use.importFromRepository()
                .list(request(
                        visit,
                        branch,
                        url,
                        revision,
                        credentials,
                        new Draft.Picked(List.of(), Optional.empty()),
                        Decision.NONE));
        List<Draft.Found> found = listing.offers().stream()
                .map(offer -> new Draft.Found(offer.path(), offer.kind(), offer.name()))
                .toList();
        if (found.isEmpty()) {
            throw Failure.of(
                    Reason.NOT_FOUND,
                    "url",
                    "nothing in " + url + " at " + listing.commit().id().abbreviated() + " can be imported",
                    "trees of definitions, repositories that Appsmith or ToolJet wrote, and exports as .json files are found");
        }
        Draft.Looked looked =
                new Draft.Looked(branch, url, listing.commit().id(), found, credentials, Optional.empty());
        return new Reply.GoTo(DraftFrame.place(workspace, drafts.keep(visit.session(), workspace, looked)));
    }

    /** The choice, or what follows from it. */
    Reply show(Visit visit, DraftId id, Draft.Looked looked) {
        if (looked.picked().isEmpty() || visit.query("again", text -> text).isPresent()) {
            return new Reply.Show(200, choice(visit, id, looked, Html.NONE));
        }
        JoinedPlan plan;
        try {
            plan = use.importFromRepository().plan(request(visit, looked, Decision.NONE));
        } catch (Failure e) {
            return new Reply.Show(Statuses.of(e.reason()), choice(visit, id, looked, DraftFrame.refusal(e)));
        }
        return new Reply.Show(
                200,
                DraftFrame.page(
                        visit,
                        "What this import would do",
                        DraftFrame.moved(visit, looked.branch()),
                        about(visit, looked),
                        el(
                                Tag.P,
                                el(
                                        Tag.A,
                                        attr(
                                                Name.HREF,
                                                DraftFrame.place(visit.workspace(), id)
                                                        .with("again", "yes")),
                                        text("Choose otherwise"))),
                        parts(plan),
                        NeedsView.of(
                                use.showConfiguration()
                                        .planned(
                                                visit.workspace(),
                                                plan.base(),
                                                plan.files(),
                                                plan.ledger(),
                                                addresses(plan)),
                                findings(plan)),
                        el(
                                Tag.DIV,
                                cls("go row"),
                                Frame.form(
                                        visit.session(),
                                        DraftFrame.place(visit.workspace(), id),
                                        Frame.hidden(BEFORE, plan.base().value()),
                                        RemovalsView.question(plan.toConfirm()),
                                        el(
                                                Tag.BUTTON,
                                                cls("main"),
                                                text("Import into "
                                                        + looked.branch().value()))),
                                DraftFrame.discard(visit, id))));
    }

    private static Html about(Visit visit, Draft.Looked looked) {
        return el(
                Tag.DL,
                cls("facts"),
                el(Tag.DT, "From"),
                el(Tag.DD, Html.foreign(looked.url().toString())),
                el(Tag.DT, "At"),
                el(Tag.DD, text("commit "), el(Tag.CODE, looked.commit().abbreviated())),
                el(Tag.DT, "Into"),
                el(
                        Tag.DD,
                        text(visit.workspace() + ", branch "),
                        el(Tag.CODE, looked.branch().value())));
    }

    private Html choice(Visit visit, DraftId id, Draft.Looked looked, Html notice) {
        Draft.Picked picked = looked.picked().orElse(new Draft.Picked(List.of(), Optional.empty()));
        boolean only = looked.found().size() == 1;
        return DraftFrame.page(
                visit,
                "What is in this repository",
                notice,
                about(visit, looked),
                Frame.form(
                        visit.session(),
                        DraftFrame.place(visit.workspace(), id).child("choice"),
                        el(
                                Tag.DIV,
                                cls("stack"),
                                card(
                                        el(Tag.LEGEND, "Definitions"),
                                        Html.all(looked.found().stream()
                                                .map(found -> found(
                                                        found,
                                                        only || picked.paths().contains(found.path())))
                                                .toList())),
                                card(
                                        el(Tag.LEGEND, "How"),
                                        DraftFrame.radio(
                                                HOW,
                                                "copy",
                                                "As copies of their own, which change only when somebody wants it",
                                                picked.target().isEmpty()),
                                        DraftFrame.radio(
                                                HOW,
                                                "update",
                                                "Bring a definition that is here up to date, keeping what was changed here",
                                                picked.target().isPresent()),
                                        el(Tag.LABEL, attr(Name.FOR, DraftFrame.TARGET), text("Definition to update")),
                                        DraftFrame.targets(
                                                use.showOverview().run(visit.workspace(), Optional.of(looked.branch())),
                                                picked.target(),
                                                "choose one")),
                                el(Tag.BUTTON, cls("main"), text("See what it would do")))),
                el(Tag.DIV, cls("go"), DraftFrame.discard(visit, id)));
    }

    private static Html card(Html... fields) {
        return el(Tag.DIV, cls("card"), el(Tag.FIELDSET, fields));
    }

    private static Html found(Draft.Found found, boolean checked) {
        return el(
                Tag.LABEL,
                cls("pick"),
                el(
                        Tag.INPUT,
                        attr(Name.TYPE, "checkbox"),
                        attr(Name.NAME, DEFINITION),
                        attr(Name.VALUE, found.path()),
                        Html.flag(Name.CHECKED, checked)),
                el(
                        Tag.SPAN,
                        Html.foreign(found.name()),
                        el(
                                Tag.SPAN,
                                cls("muted"),
                                text(found.kind() + " "),
                                el(Tag.CODE, Html.foreign(found.path())))));
    }

    Reply choose(Visit visit) {
        Form form = visit.form();
        DraftId id = DraftPages.id(visit);
        Draft draft = drafts.find(visit.session(), visit.workspace(), id);
        if (!(draft instanceof Draft.Looked looked)) {
            return new Reply.GoTo(DraftFrame.place(visit.workspace(), id));
        }
        try {
            drafts.replace(id, looked.with(Optional.of(picked(form, looked))));
        } catch (Failure e) {
            return new Reply.Show(Statuses.of(e.reason()), choice(visit, id, looked, DraftFrame.refusal(e)));
        }
        return new Reply.GoTo(DraftFrame.place(visit.workspace(), id));
    }

    private static Draft.Picked picked(Form form, Draft.Looked looked) {
        List<String> known = looked.found().stream().map(Draft.Found::path).toList();
        List<String> paths =
                form.all(DEFINITION).stream().filter(known::contains).toList();
        if (paths.isEmpty()) {
            throw Visit.refused("definitions", "nothing is chosen", "tick what is to come");
        }
        if (!form.text(HOW).equals(Optional.of("update"))) {
            return new Draft.Picked(paths, Optional.empty());
        }
        if (paths.size() > 1) {
            throw Visit.refused(
                    "definitions",
                    "one definition here cannot become several from there",
                    "tick one, or import copies");
        }
        return new Draft.Picked(paths, Optional.of(form.required(DraftFrame.TARGET, TreePath::of)));
    }

    /** It is to be imported as the dry run said. */
    Reply confirm(Visit visit, DraftId id, Draft.Looked looked) {
        Form form = visit.form();
        Link place = DraftFrame.place(visit.workspace(), id);
        if (looked.picked().isEmpty()) {
            return new Reply.GoTo(place);
        }
        Decision decision = new Decision(
                Optional.of(form.required(BEFORE, ObjectName::new)),
                form.parse(RemovalsView.CONFIRM, ConfirmToken::new));
        JoinedPlan.Done done;
        try {
            done = use.importFromRepository().run(request(visit, looked, decision));
        } catch (Failure e) {
            return e.reason() == Reason.STALE_PLAN
                    ? new Reply.GoTo(place.with(DraftFrame.MOVED, "yes"))
                    : new Reply.Show(Statuses.of(e.reason()), choice(visit, id, looked, DraftFrame.refusal(e)));
        }
        visit.landed(done.commit());
        drafts.replace(
                id,
                new Draft.Done(Done.report(
                        done,
                        use.showConfiguration().after(visit.workspace(), done.commit(), addresses(done.plan())))));
        return new Reply.GoTo(place);
    }

    private static List<TreePath> addresses(JoinedPlan plan) {
        return plan.parts().stream()
                .flatMap(part -> ImportPages.addresses(part.plan()).stream())
                .toList();
    }

    static List<Problem> findings(JoinedPlan plan) {
        return plan.parts().stream()
                .flatMap(part -> part.plan().findings().stream())
                .toList();
    }

    /** Each definition under its own heading when there are several. */
    static Html parts(JoinedPlan plan) {
        if (plan.parts().size() == 1) {
            JoinedPlan.Part part = plan.parts().get(0);
            return Html.all(PlanView.of(part.plan()), sides(part));
        }
        return Html.all(plan.parts().stream()
                .map(part -> el(
                        Tag.DIV,
                        cls("part"),
                        el(Tag.H2, Html.foreign(part.origin().orElseThrow().path())),
                        PlanView.part(part.plan()),
                        sides(part)))
                .toList());
    }

    /** Who changed what since both were the same. */
    private static Html sides(JoinedPlan.Part part) {
        return part.sides()
                .<Html>map(sides -> el(
                        Tag.SECTION,
                        el(Tag.H2, "Since both were the same"),
                        el(
                                Tag.P,
                                cls("muted"),
                                text("Counted from commit "),
                                el(Tag.CODE, sides.base().abbreviated())),
                        files("changed here, and kept", sides.here()),
                        files("changed there", sides.there())))
                .orElse(Html.NONE);
    }

    private static Html files(String what, List<TreePath> paths) {
        return el(
                Tag.DETAILS,
                el(Tag.SUMMARY, Words.count(paths.size(), "file ", "files ") + what),
                el(
                        Tag.UL,
                        Html.all(paths.stream()
                                .limit(MOST_PATHS)
                                .map(path -> el(Tag.LI, el(Tag.CODE, Html.foreign(path.value()))))
                                .toList())),
                Html.when(
                        paths.size() > MOST_PATHS,
                        el(Tag.P, cls("muted"), text("and " + (paths.size() - MOST_PATHS) + " more"))));
    }

    private static RepositoryRequest request(Visit visit, Draft.Looked looked, Decision decision) {
        return request(
                visit,
                looked.branch(),
                looked.url(),
                new Revision.Commit(looked.commit()),
                looked.credentials(),
                looked.picked().orElseThrow(),
                decision);
    }

    private static RepositoryRequest request(
            Visit visit,
            BranchName branch,
            RemoteUrl url,
            Revision revision,
            Optional<RemoteCredentials> credentials,
            Draft.Picked picked,
            Decision decision) {
        return new RepositoryRequest(
                visit.workspace(),
                url,
                revision,
                picked.paths(),
                Optional.of(branch),
                picked.target(),
                Optional.empty(),
                credentials,
                decision.before(),
                decision.confirm(),
                visit.session().person());
    }
}
