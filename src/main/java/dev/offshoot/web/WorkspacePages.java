package dev.offshoot.web;

import static dev.offshoot.web.Html.el;

import dev.offshoot.service.UseCases;

/** Workspaces and what is in them. */
final class WorkspacePages {
    private final UseCases use;

    WorkspacePages(UseCases use) {
        this.use = use;
    }

    Reply home(Visit visit) {
        return new Reply.Show(
                200,
                Frame.page(
                        visit.session(),
                        "Workspaces",
                        Frame.main(
                                "narrow",
                                el(Tag.H1, "Workspaces"),
                                el(
                                        Tag.UL,
                                        Html.all(use.listWorkspaces().run().stream()
                                                .map(info ->
                                                        el(Tag.LI, info.name().value()))
                                                .toList())))));
    }
}
