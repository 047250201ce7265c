package dev.offshoot.web;

import static dev.offshoot.web.Html.attr;
import static dev.offshoot.web.Html.cls;
import static dev.offshoot.web.Html.el;
import static dev.offshoot.web.Html.text;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.Attribution;
import dev.offshoot.service.DefinitionName;
import dev.offshoot.service.Expectation;
import dev.offshoot.service.ImportMode;
import dev.offshoot.service.ImportRequest;
import dev.offshoot.service.ImportWishes;
import dev.offshoot.service.Plan;
import dev.offshoot.service.Receipt;
import dev.offshoot.service.SentDocument;
import dev.offshoot.service.ShowOverview;
import dev.offshoot.service.UseCases;
import dev.offshoot.web.Html.Name;
import dev.offshoot.wire.Admission;
import dev.offshoot.wire.Statuses;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A document that was sent: its dry run, as often as somebody looks, and the import when they say so. */
final class ImportPages {
    private static final String FINGERPRINT = "fingerprint";
    private static final String MODE = "mode";
    private static final String NAME = "name";

    private final UseCases use;
    private final Admission admission;
    private final Uploads uploads;
    private final Drafts drafts;

    ImportPages(UseCases use, Admission admission, Uploads uploads, Drafts drafts) {
        this.use = use;
        this.admission = admission;
        this.uploads = uploads;
        this.drafts = drafts;
    }

    /** A file came: it is kept, and its dry run shown. */
    Reply send(Visit visit) {
        WorkspaceName workspace = visit.workspace();
        use.showWorkspace().run(workspace);
        Draft.Sent sent = uploads.take(visit);
        return new Reply.GoTo(DraftFrame.place(workspace, drafts.keep(visit.session(), workspace, sent)));
    }

    /** What somebody chose on the page of the dry run, or in the form that confirms it. */
    private record Choice(ImportMode mode, Optional<TreePath> target, Optional<DefinitionName> name) {
        static Choice of(Function<String, Optional<String>> fields) {
            return new Choice(
                    fields.apply(MODE)
                            .map(text -> Visit.named(MODE, text, ImportMode::parse))
                            .orElse(ImportMode.UPDATE),
                    fields.apply(DraftFrame.TARGET).map(text -> Visit.named(DraftFrame.TARGET, text, TreePath::of)),
                    fields.apply(NAME).map(text -> Visit.named(NAME, text, DefinitionName::new)));
        }

        ImportWishes wishes(BranchName branch, Expectation expectation) {
            ImportWishes wishes = ImportWishes.NONE.on(branch).as(mode).expecting(expectation);
            if (mode == ImportMode.CREATE) {
                return name.map(wishes::named).orElse(wishes);
            }
            return target.map(wishes::into).orElse(wishes);
        }

        Html fields() {
            return Html.all(
                    Frame.hidden(MODE, mode == ImportMode.CREATE ? "create" : "update"),
                    target.map(t -> Frame.hidden(DraftFrame.TARGET, t.value())).orElse(Html.NONE),
                    name.map(n -> Frame.hidden(NAME, n.value())).orElse(Html.NONE));
        }

        Link at(Link place) {
            Link link = place.with(MODE, mode == ImportMode.CREATE ? "create" : "update");
            link = target.isPresent()
                    ? link.with(DraftFrame.TARGET, target.get().value())
                    : link;
            return name.isPresent() ? link.with(NAME, name.get().value()) : link;
        }
    }

    /** The dry run, computed from the state as it is now. */
    Reply show(Visit visit, DraftId id, Draft.Sent sent) {
        WorkspaceName workspace = visit.workspace();
        Choice choice = Choice.of(name -> visit.query(name, text -> text));
        Html notice = DraftFrame.moved(visit, sent.branch());
        Plan plan;
        try (Admission.Pass room = admission.admit(sent.size())) {
            plan = use.importDocument().plan(request(visit, sent, choice.wishes(sent.branch(), Expectation.NONE)));
        } catch (Failure e) {
            return refused(visit, id, sent, choice, e);
        }
        Html decide = el(
                Tag.DIV,
                cls("go row"),
                Frame.form(
                        visit.session(),
                        DraftFrame.place(workspace, id),
                        choice.fields(),
                        Frame.hidden(FINGERPRINT, plan.fingerprint().toString()),
                        RemovalsView.question(plan.toConfirm()),
                        el(
                                Tag.BUTTON,
                                cls("main"),
                                text("Import into " + sent.branch().value()))),
                DraftFrame.discard(visit, id));
        return new Reply.Show(
                200,
                DraftFrame.page(
                        visit,
                        "What this import would do",
                        notice,
                        about(sent, workspace),
                        other(visit, id, choice, false),
                        PlanView.of(plan),
                        NeedsView.of(
                                use.showConfiguration()
                                        .planned(workspace, plan.base(), plan.files(), plan.ledger(), addresses(plan)),
                                plan.findings()),
                        decide));
    }

    /** What stands in the way, with what else could be chosen. */
    private Reply refused(Visit visit, DraftId id, Draft.Sent sent, Choice choice, Failure e) {
        return new Reply.Show(
                Statuses.of(e.reason()),
                DraftFrame.page(
                        visit,
                        "This cannot be imported as it is",
                        el(Tag.DIV, cls("alert"), attr(Name.ROLE, "alert"), Problems.list(e.problems())),
                        about(sent, visit.workspace()),
                        other(visit, id, choice, true),
                        el(Tag.DIV, cls("go row"), DraftFrame.discard(visit, id))));
    }

    private static Html about(Draft.Sent sent, WorkspaceName workspace) {
        return el(
                Tag.DL,
                cls("facts"),
                el(Tag.DT, "File"),
                el(Tag.DD, Html.foreign(sent.fileName()), text(" (" + Words.size(sent.size()) + ")")),
                el(Tag.DT, "Into"),
                el(
                        Tag.DD,
                        text(workspace.value() + ", branch "),
                        el(Tag.CODE, sent.branch().value())));
    }

    /** Which definition is meant, for those who want another than the one that was found. */
    private Html other(Visit visit, DraftId id, Choice choice, boolean open) {
        ShowOverview.Overview overview = use.showOverview().run(visit.workspace(), Optional.empty());
        boolean create = choice.mode() == ImportMode.CREATE;
        return el(
                Tag.DETAILS,
                Html.flag(Name.OPEN, open || create || choice.target().isPresent()),
                el(Tag.SUMMARY, "Import it as something else"),
                el(
                        Tag.FORM,
                        cls("stack card"),
                        attr(Name.METHOD, "get"),
                        attr(Name.ACTION, DraftFrame.place(visit.workspace(), id)),
                        DraftFrame.radio(MODE, "update", "Bring a definition up to date", !create),
                        el(Tag.LABEL, attr(Name.FOR, DraftFrame.TARGET), text("Definition to update")),
                        DraftFrame.targets(overview, choice.target(), "the one that the document means"),
                        DraftFrame.radio(MODE, "create", "Create a new definition", create),
                        el(Tag.LABEL, attr(Name.FOR, NAME), text("Its name, if it is to have another")),
                        el(
                                Tag.INPUT,
                                attr(Name.ID, NAME),
                                attr(Name.NAME, NAME),
                                attr(Name.MAXLENGTH, "200"),
                                attr(
                                        Name.VALUE,
                                        choice.name().map(DefinitionName::value).orElse(""))),
                        el(Tag.BUTTON, text("See what that would do"))));
    }

    /** It is to be imported, as the dry run said; when that does not hold any more, there is a new one. */
    Reply confirm(Visit visit, DraftId id, Draft.Sent sent) {
        Form form = visit.form();
        Choice choice = Choice.of(form::text);
        Expectation shown = form.required(FINGERPRINT, Expectation.Fingerprint::parse);
        Receipt receipt;
        try (Admission.Pass room = admission.admit(sent.size())) {
            receipt = use.importDocument()
                    .run(request(
                            visit,
                            sent,
                            choice.wishes(sent.branch(), shown)
                                    .confirming(form.parse(RemovalsView.CONFIRM, ConfirmToken::new))));
        } catch (Failure e) {
            if (e.reason() == Reason.STALE_PLAN) {
                return new Reply.GoTo(
                        choice.at(DraftFrame.place(visit.workspace(), id)).with(DraftFrame.MOVED, "yes"));
            }
            return refused(visit, id, sent, choice, e);
        }
        visit.landed(receipt.commit());
        drafts.replace(
                id,
                new Draft.Done(Done.report(
                        receipt,
                        use.showConfiguration()
                                .after(visit.workspace(), receipt.commit(), addresses(receipt.plan())))));
        return new Reply.GoTo(DraftFrame.place(visit.workspace(), id));
    }

    static List<TreePath> addresses(Plan plan) {
        return plan.definitions().stream().map(Plan.Step::address).toList();
    }

    private static ImportRequest request(Visit visit, Draft.Sent sent, ImportWishes wishes) {
        return new ImportRequest(
                new SentDocument(visit.workspace(), sent.document()),
                wishes,
                Attribution.of(visit.session().person()));
    }
}
