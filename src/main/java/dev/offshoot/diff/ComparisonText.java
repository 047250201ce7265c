package dev.offshoot.diff;

import dev.offshoot.diff.Outline.Group;
import dev.offshoot.diff.Outline.Section;
import java.util.stream.Collectors;

/** A comparison for a terminal. Nothing that others wrote can move the cursor or change colours. */
public final class ComparisonText {
    private static final int LINES = 80;

    private ComparisonText() {}

    public static String of(Comparison comparison, Noise noise) {
        Words words = new Words(text -> text);
        Outline outline = Outline.of(comparison, noise);
        StringBuilder out = new StringBuilder();
        for (Section section : outline.sections()) {
            out.append(section.definition()
                            .map(w -> words.who(w.kind(), w.name()) + " (" + w.address() + ")")
                            .orElse("outside of definitions"))
                    .append('\n');
            for (Group group : section.groups()) {
                String indent = "  ";
                if (!group.within().isEmpty()) {
                    out.append("  ")
                            .append(group.within().stream()
                                    .map(n -> words.who(n.kind(), n.name()))
                                    .collect(Collectors.joining(" › ")))
                            .append('\n');
                    indent = "    ";
                }
                for (Change change : group.changes()) {
                    out.append(indent).append(words.sentence(change)).append('\n');
                    lines(out, indent + "  ", change);
                }
            }
        }
        return out.append(end(comparison, noise)).toString();
    }

    private static void lines(StringBuilder out, String indent, Change change) {
        if (!(change instanceof Change.Changed changed)) {
            return;
        }
        for (Detail detail : changed.details()) {
            if (detail instanceof Detail.Text text) {
                int room = LINES;
                for (Hunk hunk : text.hunks()) {
                    for (Hunk.Line line :
                            hunk.lines().subList(0, Math.min(room, hunk.lines().size()))) {
                        out.append(indent)
                                .append(line.sign().mark())
                                .append(ComparisonJson.cut(ComparisonMarkdown.printable(line.text())))
                                .append('\n');
                        room--;
                    }
                }
                int all = text.more()
                        + text.hunks().stream().mapToInt(h -> h.lines().size()).sum();
                if (all > LINES) {
                    out.append(indent)
                            .append("… ")
                            .append(Words.count(all - LINES, "more line"))
                            .append('\n');
                }
            }
        }
    }

    private static String end(Comparison comparison, Noise noise) {
        Totals totals = Totals.of(comparison);
        String unread = comparison.unread() == 0
                ? ""
                : Words.count(comparison.unread(), "changed file") + " not looked into: there are too many\n";
        return noise == Noise.HIDE && totals.hidden() > 0
                ? unread + "not shown: " + ComparisonMarkdown.hidden(totals) + "\n"
                : unread;
    }
}
