package dev.offshoot.web;

import static dev.offshoot.web.Html.attr;
import static dev.offshoot.web.Html.cls;
import static dev.offshoot.web.Html.el;
import static dev.offshoot.web.Html.text;

import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Removal;
import dev.offshoot.model.TreePath;
import dev.offshoot.web.Html.Name;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an import takes away, by what that costs, and the question whether somebody really wants to lose data. */
final class RemovalsView {
    /** Field that agrees to a loss. */
    static final String CONFIRM = "confirm";

    private static final int MOST = 100;
    private static final int MOST_DEPENDENTS = 5;

    private RemovalsView() {}

    static Html of(Tag heading, List<Removal> removals) {
        if (removals.isEmpty()) {
            return Html.NONE;
        }
        return el(
                Tag.SECTION,
                el(heading, "What goes"),
                el(
                        Tag.UL,
                        cls("problems"),
                        Html.all(removals.stream()
                                .limit(MOST)
                                .map(RemovalsView::removal)
                                .toList())),
                Html.when(
                        removals.size() > MOST,
                        el(Tag.P, cls("muted"), text("and " + (removals.size() - MOST) + " more"))));
    }

    private static Html removal(Removal removal) {
        return el(
                Tag.LI,
                el(Tag.SPAN, el(Tag.STRONG, Html.foreign(removal.what())), text(" "), Html.foreign(removal.words())),
                el(Tag.SPAN, cls(removal.losesData() ? "gone" : "hint"), text(cost(removal.grade()))),
                dependents(removal.dependents()),
                el(Tag.SPAN, cls("where"), el(Tag.CODE, Html.foreign(removal.where()))));
    }

    private static String cost(Removal.Grade grade) {
        return switch (grade) {
            case COSMETIC -> "Nothing works otherwise.";
            case BEHAVIOUR -> "Something works otherwise.";
            case DATA_LOSS -> "What is stored there is lost in the platform, and no import brings it back.";
        };
    }

    private static Html dependents(List<TreePath> files) {
        return Html.when(
                !files.isEmpty(),
                el(
                        Tag.SPAN,
                        cls("hint"),
                        text("Still spoken of in "),
                        Html.foreign(files.stream()
                                .limit(MOST_DEPENDENTS)
                                .map(TreePath::value)
                                .collect(Collectors.joining(", "))),
                        text(
                                files.size() > MOST_DEPENDENTS
                                        ? " and " + (files.size() - MOST_DEPENDENTS) + " more files"
                                        : "")));
    }

    /** Part of the form that confirms an import: a box to tick when data would be lost. */
    static Html question(Optional<ConfirmToken> toConfirm) {
        return toConfirm
                .<Html>map(token -> el(
                        Tag.DIV,
                        cls("alert"),
                        el(
                                Tag.LABEL,
                                cls("pick"),
                                el(
                                        Tag.INPUT,
                                        attr(Name.TYPE, "checkbox"),
                                        attr(Name.NAME, CONFIRM),
                                        attr(Name.VALUE, token.value()),
                                        attr(Name.REQUIRED, "")),
                                text(
                                        "Data will be lost, as listed under \u201cWhat goes\u201d. I have kept elsewhere what I need"
                                                + " of it."))))
                .orElse(Html.NONE);
    }
}
