package dev.offshoot.web;

import static dev.offshoot.web.Html.attr;
import static dev.offshoot.web.Html.cls;
import static dev.offshoot.web.Html.el;
import static dev.offshoot.web.Html.text;

import dev.offshoot.model.TreePath;
import dev.offshoot.service.ShowOverview;
import dev.offshoot.service.ShowOverview.Overview;
import dev.offshoot.service.ShowOverview.Row;
import dev.offshoot.store.CommitInfo;
import dev.offshoot.web.Html.Name;
import java.util.List;

/** The definitions of a branch: what can be downloaded first, then what travels inside those. */
final class DefinitionList {
    private DefinitionList() {}

    static Html of(Overview overview) {
        List<Row> own = overview.rows().stream().filter(Row::exported).toList();
        List<Row> mains =
                own.stream().filter(row -> row.definition().header().main()).toList();
        List<Row> carried =
                own.stream().filter(row -> !row.definition().header().main()).toList();
        List<Row> shared =
                overview.rows().stream().filter(row -> !row.exported()).toList();
        return el(
                Tag.DIV,
                cls("list"),
                el(
                        Tag.SECTION,
                        attr(Name.ARIA_LABELLEDBY, "definitions"),
                        el(Tag.H2, attr(Name.ID, "definitions"), text("Definitions")),
                        mains.isEmpty() ? empty(overview) : table(overview, mains),
                        everything(overview)),
                folded(overview, carried, "carried along", "Others use them; they have exports of their own as well."),
                folded(overview, shared, "shared", "They travel in the exports of the definitions that use them."));
    }

    private static Html folded(Overview overview, List<Row> rows, String sort, String meaning) {
        return rows.isEmpty()
                ? Html.NONE
                : el(
                        Tag.DETAILS,
                        cls("shared"),
                        el(Tag.SUMMARY, rows.size() + " " + sort),
                        el(Tag.P, cls("muted"), text(meaning)),
                        table(overview, rows));
    }

    private static Html empty(Overview overview) {
        return el(
                Tag.P,
                cls("empty"),
                text("Nothing is on "),
                el(Tag.CODE, overview.branch().value()),
                text(" yet. Drop an export of your platform here to the side, or give the address of a repository."));
    }

    private static Html table(Overview overview, List<Row> rows) {
        boolean download = rows.get(0).exported();
        return el(
                Tag.TABLE,
                cls("definitions"),
                el(
                        Tag.THEAD,
                        el(
                                Tag.TR,
                                column("Name"),
                                column("Kind"),
                                column("Last change"),
                                Html.when(download, column("Export")))),
                el(
                        Tag.TBODY,
                        Html.all(rows.stream().map(row -> row(overview, row)).toList())));
    }

    private static Html column(String name) {
        return el(Tag.TH, attr(Name.SCOPE, "col"), text(name));
    }

    private static Html row(Overview overview, Row row) {
        TreePath address = row.definition().address();
        return el(
                Tag.TR,
                el(
                        Tag.TH,
                        attr(Name.SCOPE, "row"),
                        Html.foreign(row.definition().header().name()),
                        el(Tag.CODE, cls("muted"), Html.foreign(address.value()))),
                el(
                        Tag.TD,
                        cls("kind"),
                        text(Words.platform(address) + " "
                                + row.definition().header().kind())),
                el(
                        Tag.TD,
                        cls("change"),
                        row.changed().map(DefinitionList::change).orElse(text("longer ago"))),
                Html.when(row.exported(), el(Tag.TD, cls("get"), downloads(overview, row))));
    }

    private static Html change(CommitInfo commit) {
        return Html.all(
                el(Tag.TIME, attr(Name.DATETIME, commit.when().toString()), text(Words.time(commit.when()))),
                el(
                        Tag.SPAN,
                        cls("muted"),
                        Html.foreign(Words.subject(commit.message())),
                        text(" – "),
                        Html.foreign(commit.author().name())));
    }

    private static Html downloads(Overview overview, Row row) {
        String name = row.definition().header().name();
        Link all = export(overview, row.definition().address());
        Html whole = el(
                Tag.A,
                cls("button"),
                attr(Name.HREF, all),
                attr(Name.ARIA_LABEL, "Download " + name),
                text("Download"));
        if (row.versions().size() < 2) {
            return whole;
        }
        return Html.all(
                whole,
                el(
                        Tag.DETAILS,
                        el(
                                Tag.SUMMARY,
                                attr(Name.ARIA_LABEL, "Versions of " + name),
                                text(Words.count(row.versions().size(), "version", "versions"))),
                        el(
                                Tag.UL,
                                Html.all(row.versions().stream()
                                        .map(version -> el(
                                                Tag.LI,
                                                el(
                                                        Tag.A,
                                                        attr(Name.HREF, all.with("version", version.name())),
                                                        Html.foreign(version.name()))))
                                        .toList()))));
    }

    private static Html everything(Overview overview) {
        return Html.all(overview.wide().stream()
                .map(address -> el(
                        Tag.P,
                        el(
                                Tag.A,
                                attr(Name.HREF, export(overview, address)),
                                text("Download everything of " + Words.platform(address)))))
                .toList());
    }

    private static Link export(ShowOverview.Overview overview, TreePath address) {
        return Link.workspace(overview.info().name())
                .child("export")
                .with("branch", overview.branch().value())
                .with("document", address.value());
    }
}
