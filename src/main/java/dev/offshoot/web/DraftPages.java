package dev.offshoot.web;

/** Imports that somebody is deciding about: shows, carries out and discards them, whichever sort they are. */
final class DraftPages {
    private final Drafts drafts;
    private final ImportPages documents;
    private final RepositoryPages repositories;

    DraftPages(Drafts drafts, ImportPages documents, RepositoryPages repositories) {
        this.drafts = drafts;
        this.documents = documents;
        this.repositories = repositories;
    }

    Reply show(Visit visit) {
        DraftId id = id(visit);
        Draft draft = drafts.find(visit.session(), visit.workspace(), id);
        if (draft instanceof Draft.Sent sent) {
            return documents.show(visit, id, sent);
        }
        if (draft instanceof Draft.Looked looked) {
            return repositories.show(visit, id, looked);
        }
        return Done.page(visit, (Draft.Done) draft);
    }

    Reply confirm(Visit visit) {
        visit.form();
        DraftId id = id(visit);
        Draft draft = drafts.find(visit.session(), visit.workspace(), id);
        if (draft instanceof Draft.Sent sent) {
            return documents.confirm(visit, id, sent);
        }
        if (draft instanceof Draft.Looked looked) {
            return repositories.confirm(visit, id, looked);
        }
        // Pressed twice: what was done is shown.
        return new Reply.GoTo(DraftFrame.place(visit.workspace(), id));
    }

    Reply discard(Visit visit) {
        visit.form();
        DraftId id = id(visit);
        drafts.find(visit.session(), visit.workspace(), id);
        drafts.remove(id);
        return new Reply.GoTo(Link.workspace(visit.workspace()));
    }

    static DraftId id(Visit visit) {
        return new DraftId(visit.ctx().pathParam("draft"));
    }
}
