package dev.offshoot.web;

import static dev.offshoot.web.Html.attr;
import static dev.offshoot.web.Html.cls;
import static dev.offshoot.web.Html.el;
import static dev.offshoot.web.Html.text;

import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.service.Changes;
import dev.offshoot.service.Plan;
import dev.offshoot.web.Html.Name;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What an import would do, or has done, in words. */
final class PlanView {
    private static final int MOST = 300;

    /** Findings of some sorts under a heading of their own. */
    private enum Group {
        UNRESOLVED(
                "Unresolved",
                "These lead nowhere in the document; they are kept as they are.",
                Reason.DANGLING_REFERENCE,
                Reason.UNRESOLVED_REFERENCE),
        OTHERS("Others that change too", "They share something with what is imported.", Reason.SHARED_CHANGED),
        SECRETS("Secrets", "", Reason.SECRET_WITHHELD, Reason.SECRET_SUSPECTED),
        LINKED("Linked", "The ones that are here are used.", Reason.LINKED);

        private final String title;
        private final String meaning;
        private final Set<Reason> reasons;

        Group(String title, String meaning, Reason first, Reason... more) {
            this.title = title;
            this.meaning = meaning;
            this.reasons = EnumSet.of(first, more);
        }
    }

    private final Tag heading;

    private PlanView(Tag heading) {
        this.heading = heading;
    }

    /** One plan on a page. */
    static Html of(Plan plan) {
        return new PlanView(Tag.H2).sections(plan);
    }

    /** One of several plans on a page, under a heading of its own. */
    static Html part(Plan plan) {
        return new PlanView(Tag.H3).sections(plan);
    }

    private Html sections(Plan plan) {
        List<Html> sections = new ArrayList<>();
        sections.add(steps(plan.definitions()));
        sections.add(changes(plan.changes()));
        sections.add(RemovalsView.of(heading, plan.removals()));
        List<Problem> rest = new ArrayList<>(plan.findings());
        // Said with what else the definitions need.
        rest.removeIf(finding -> finding.reason() == Reason.UNCONFIGURED);
        for (Group group : Group.values()) {
            List<Problem> found = plan.findings().stream()
                    .filter(f -> group.reasons.contains(f.reason()))
                    .toList();
            rest.removeAll(found);
            sections.add(problems(group.title, group.meaning, found));
        }
        sections.add(problems("Worth knowing", "", rest));
        sections.add(problems(
                "Stored differently from the document",
                "By rules of the platform, or because it is known here already.",
                plan.normalisations()));
        sections.add(withheld(plan.withheld()));
        return Html.all(sections);
    }

    private Html steps(List<Plan.Step> steps) {
        List<Plan.Step> shown = steps.stream().filter(PlanView::isShown).toList();
        List<Plan.Step> rest = steps.stream().filter(step -> !isShown(step)).toList();
        return section(
                "Definitions",
                "",
                list(shown),
                rest.isEmpty()
                        ? Html.NONE
                        : el(Tag.DETAILS, el(Tag.SUMMARY, rest.size() + " unchanged or linked"), list(rest)));
    }

    private static boolean isShown(Plan.Step step) {
        return step.main() || step.action() != Plan.Action.UNCHANGED && step.action() != Plan.Action.LINKED;
    }

    private static Html list(List<Plan.Step> steps) {
        return el(
                Tag.UL,
                cls("steps"),
                Html.all(steps.stream().map(PlanView::step).toList()));
    }

    private static Html step(Plan.Step step) {
        String word = switch (step.action()) {
            case CREATED -> "created";
            case UPDATED -> "changed";
            case UNCHANGED -> "unchanged";
            case DELETED -> "deleted";
            case LINKED -> "linked";
        };
        return el(
                Tag.LI,
                el(Tag.SPAN, cls("badge " + word), text(word)),
                el(
                        Tag.DIV,
                        el(Tag.STRONG, Html.foreign(step.name())),
                        text(" " + Words.platform(step.address()) + " " + step.kind()),
                        el(Tag.CODE, cls("muted"), Html.foreign(step.address().value()))));
    }

    private Html changes(Changes changes) {
        if (changes.isEmpty()) {
            return section("Changes", "", el(Tag.P, "Nothing in the definitions changes; no commit is made."));
        }
        return section(
                "Changes",
                "",
                el(
                        Tag.TABLE,
                        cls("counts"),
                        el(
                                Tag.THEAD,
                                el(
                                        Tag.TR,
                                        el(Tag.TH, attr(Name.SCOPE, "col"), text("Kind")),
                                        number("created"),
                                        number("changed"),
                                        number("deleted"))),
                        el(
                                Tag.TBODY,
                                Html.all(changes.byKind().entrySet().stream()
                                        .map(kind -> el(
                                                Tag.TR,
                                                el(Tag.TH, attr(Name.SCOPE, "row"), text(kind.getKey())),
                                                count(kind.getValue().created(), ""),
                                                count(kind.getValue().changed(), ""),
                                                count(kind.getValue().deleted(), "gone")))
                                        .toList()))),
                each(changes, Changes.Action.DELETED, true),
                each(changes, Changes.Action.CHANGED, false),
                each(changes, Changes.Action.CREATED, false));
    }

    private static Html number(String name) {
        return el(Tag.TH, attr(Name.SCOPE, "col"), cls("n"), text(name));
    }

    private static Html count(int n, String mark) {
        return el(
                Tag.TD,
                cls("n"),
                n == 0 ? el(Tag.SPAN, cls("muted"), text("–")) : el(Tag.SPAN, cls(mark), text(String.valueOf(n))));
    }

    /** Every single one; those that go are shown without being asked for. */
    private static Html each(Changes changes, Changes.Action action, boolean open) {
        List<Changes.Change> all =
                changes.entities().stream().filter(c -> c.action() == action).toList();
        if (all.isEmpty()) {
            return Html.NONE;
        }
        String word = switch (action) {
            case CREATED -> "created";
            case CHANGED -> "changed";
            case DELETED -> "deleted";
        };
        return el(
                Tag.DETAILS,
                Html.flag(Name.OPEN, open),
                el(Tag.SUMMARY, all.size() + " " + word),
                el(
                        Tag.UL,
                        Html.all(all.stream().limit(MOST).map(PlanView::entity).toList())),
                Html.when(all.size() > MOST, el(Tag.P, cls("muted"), text("and " + (all.size() - MOST) + " more"))));
    }

    private static Html entity(Changes.Change change) {
        return el(
                Tag.LI,
                text(change.entity().kind() + " "),
                el(Tag.STRONG, Html.foreign(change.entity().name())),
                change.entity()
                        .on()
                        .<Html>map(on -> Html.all(text(" on "), Html.foreign(on)))
                        .orElse(Html.NONE));
    }

    private Html problems(String title, String meaning, List<Problem> found) {
        return found.isEmpty() ? Html.NONE : section(title, meaning, Problems.list(found));
    }

    private Html withheld(List<String> places) {
        return places.isEmpty()
                ? Html.NONE
                : section(
                        "Not stored",
                        "Values at these places are secrets, or about people. They are left out.",
                        el(
                                Tag.UL,
                                Html.all(places.stream()
                                        .limit(MOST)
                                        .map(place -> el(Tag.LI, el(Tag.CODE, Html.foreign(place))))
                                        .toList())));
    }

    private Html section(String title, String meaning, Html... content) {
        return el(
                Tag.SECTION,
                el(heading, title),
                Html.when(!meaning.isEmpty(), el(Tag.P, cls("muted"), text(meaning))),
                Html.all(content));
    }
}
