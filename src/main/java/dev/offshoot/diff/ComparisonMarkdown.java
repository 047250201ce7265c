package dev.offshoot.diff;

import dev.offshoot.diff.Outline.Group;
import dev.offshoot.diff.Outline.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A comparison as Markdown for the comment of a pull request. Everything that others wrote stands in code spans and fences, where neither
 * Markdown nor a mention of somebody means anything. What would be too long is left out, and it is said what.
 */
public final class ComparisonMarkdown {
    /** The longest comment that GitHub takes, in characters. */
    public static final int MOST_CHARACTERS = 65_536;

    private static final int RESERVE = 600;
    private static final int MOST_NAMES = 10;
    /** Lines of each text that are shown, the first number that makes the comment fit. */
    private static final int[] LINES = {80, 12, 0};

    private final Words words = new Words(ComparisonMarkdown::code);
    private final Comparison comparison;
    private final Noise noise;
    private final String title;

    private ComparisonMarkdown(Comparison comparison, Noise noise, String title) {
        this.comparison = comparison;
        this.noise = noise;
        this.title = title;
    }

    /**
     * Writes it, at most {@link #MOST_CHARACTERS} long.
     *
     * @param from how the state before is called, a branch for example
     * @param to how the state after is called
     */
    public static String of(Comparison comparison, Noise noise, String from, String to) {
        String title = "### What changed from " + code(Words.oneLine(from)) + " to " + code(Words.oneLine(to)) + "\n";
        return new ComparisonMarkdown(comparison, noise, title).write();
    }

    /** A piece that is written whole or not at all. */
    private record Block(String text, int changes) {}

    private String write() {
        Outline outline = Outline.of(comparison, noise);
        List<Block> blocks = List.of();
        int lines = 0;
        for (int most : LINES) {
            lines = most;
            blocks = blocks(outline, most);
            if (blocks.stream().mapToInt(b -> b.text().length()).sum() <= MOST_CHARACTERS - RESERVE) {
                break;
            }
        }
        StringBuilder out = new StringBuilder(title);
        int left = 0;
        for (Block block : blocks) {
            if (left > 0 || out.length() + block.text().length() > MOST_CHARACTERS - RESERVE) {
                left += block.changes();
            } else {
                out.append(block.text());
            }
        }
        return out.append(end(outline, lines, left)).toString();
    }

    private List<Block> blocks(Outline outline, int lines) {
        List<Block> blocks = new ArrayList<>();
        for (Section section : outline.sections()) {
            String heading = section.definition()
                    .map(who -> "**" + who.kind() + "** " + code(Words.oneLine(who.name())) + " · "
                            + code(who.address().value()))
                    .orElse("**Outside of definitions**");
            StringBuilder before = new StringBuilder("\n" + heading + "\n");
            for (Group group : section.groups()) {
                if (!group.within().isEmpty()) {
                    before.append("\n")
                            .append(group.within().stream()
                                    .map(n -> words.who(n.kind(), n.name()))
                                    .collect(Collectors.joining(" › ")))
                            .append("\n");
                }
                before.append("\n");
                for (Change change : group.changes()) {
                    blocks.add(new Block(before + change(change, lines), 1));
                    before.setLength(0);
                }
            }
        }
        return blocks;
    }

    private String change(Change change, int lines) {
        StringBuilder out = new StringBuilder("- " + words.sentence(change) + "\n");
        if (lines > 0 && change instanceof Change.Changed changed) {
            for (Detail detail : changed.details()) {
                if (detail instanceof Detail.Text text && !text.hunks().isEmpty()) {
                    fence(out, text, lines);
                }
            }
        }
        return out.toString();
    }

    private static void fence(StringBuilder out, Detail.Text text, int most) {
        List<String> shown = new ArrayList<>();
        int left = text.more();
        for (Hunk hunk : text.hunks()) {
            if (shown.size() >= most) {
                left += hunk.lines().size();
                continue;
            }
            shown.add("@@ line " + hunk.after() + " @@");
            for (Hunk.Line line : hunk.lines()) {
                if (shown.size() < most) {
                    shown.add(line.sign().mark() + ComparisonJson.cut(printable(line.text())));
                } else {
                    left++;
                }
            }
        }
        String fence = "`".repeat(Math.max(3, longestRun(String.join("\n", shown)) + 1));
        out.append("\n  ").append(fence).append("diff\n");
        shown.forEach(line -> out.append("  ").append(line).append('\n'));
        out.append("  ").append(fence).append('\n');
        if (left > 0) {
            out.append("\n  ").append(Words.count(left, "more line")).append(" not shown\n");
        }
        out.append('\n');
    }

    private String end(Outline outline, int lines, int left) {
        Totals totals = Totals.of(comparison);
        StringBuilder out = new StringBuilder();
        if (outline.sections().isEmpty()) {
            out.append(comparison.isEmpty() ? "\nNothing.\n" : "\nNothing that a reviewer has to read.\n");
        }
        if (left > 0) {
            out.append("\n**")
                    .append(Words.count(left, "more change"))
                    .append("** left out: this comment would be too long.\n");
        }
        if (lines == 0) {
            out.append("\nThe lines of source are left out: this comment would be too long.\n");
        }
        if (comparison.unread() > 0) {
            out.append("\n")
                    .append(Words.count(comparison.unread(), "changed file"))
                    .append(" not looked into: there are too many.\n");
        }
        if (noise == Noise.HIDE && totals.hidden() > 0) {
            out.append("\n<sub>Not shown: ").append(hidden(totals)).append(".</sub>\n");
        }
        if (!outline.placed().isEmpty()) {
            String names = outline.placed().stream()
                    .limit(MOST_NAMES)
                    .map(w -> code(Words.oneLine(w.name())))
                    .collect(Collectors.joining(", "));
            int rest = Math.max(0, outline.placed().size() - MOST_NAMES);
            out.append("\nMoved or resized: ")
                    .append(names)
                    .append(rest == 0 ? "" : " and " + Words.count(rest, "other"))
                    .append("\n");
        }
        return out.toString();
    }

    static String hidden(Totals totals) {
        List<String> parts = new ArrayList<>();
        if (totals.placed() > 0) {
            parts.add(totals.placed() + " moved or resized");
        }
        if (totals.derived() > 0) {
            parts.add(totals.derived() + " with other derived facts");
        }
        if (totals.references() > 0) {
            parts.add(totals.references() + " where only references followed");
        }
        if (totals.formatting() > 0) {
            parts.add(totals.formatting() + " written differently");
        }
        return String.join(", ", parts);
    }

    /** A code span, whatever the text holds. */
    static String code(String text) {
        String inner = text.isBlank() ? "(empty)" : text;
        String ticks = "`".repeat(longestRun(inner) + 1);
        boolean pad = inner.startsWith("`") || inner.endsWith("`");
        return ticks + (pad ? " " + inner + " " : inner) + ticks;
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /** A line of source without characters that would end it or turn it round. */
    static String printable(String line) {
        StringBuilder out = new StringBuilder();
        line.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean hidden = c != '\t'
                    && (Character.isISOControl(c)
                            || type == Character.FORMAT
                            || type == Character.LINE_SEPARATOR
                            || type == Character.PARAGRAPH_SEPARATOR
                            || type == Character.SURROGATE);
            out.appendCodePoint(hidden ? '\ufffd' : c);
        });
        return out.toString();
    }
}
