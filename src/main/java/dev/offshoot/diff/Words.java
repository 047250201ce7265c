package dev.offshoot.diff;

import dev.offshoot.diff.Change.Added;
import dev.offshoot.diff.Change.Changed;
import dev.offshoot.diff.Change.Moved;
import dev.offshoot.diff.Change.Removed;
import dev.offshoot.diff.Change.Renamed;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.Places;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Changes in plain words, one line each. Everything that somebody else wrote, names above all, goes through one function that makes it harmless. */
public final class Words {
    private static final Words PLAIN = new Words(text -> text);

    private static final int MOST_DETAILS = 3;
    private static final int SHORT_VALUE = 40;
    private static final int SHORT_NAME = 80;

    private static final Map<String, String> LANGUAGES = Map.of(
            "js",
            "JavaScript",
            "jsx",
            "JSX",
            "py",
            "Python",
            "md",
            "text",
            "txt",
            "text",
            "bpmn",
            "BPMN",
            "yaml",
            "YAML");

    private final UnaryOperator<String> quote;

    /** @param quote makes a short text without line ends harmless for where the words go */
    Words(UnaryOperator<String> quote) {
        this.quote = quote;
    }

    /** The whole sentence, plain: {@code query listOrders: 3 lines of SQL changed}. */
    public static String summary(Change change) {
        return PLAIN.sentence(change);
    }

    String sentence(Change change) {
        return who(change.who().kind(), subject(change).name()) + tail(change);
    }

    /** Whom the sentence is about: who was renamed is known by the old name. */
    static Who subject(Change change) {
        if (change instanceof Renamed renamed) {
            return renamed.before();
        }
        return change instanceof Moved moved ? moved.before() : change.who();
    }

    /** What follows the subject. */
    String tail(Change change) {
        if (change instanceof Added added) {
            return " added" + with(added.with()) + added.copy().map(this::copy).orElse("");
        }
        if (change instanceof Removed removed) {
            return " removed" + with(removed.with());
        }
        if (change instanceof Renamed renamed) {
            return (renamed.isNoise()
                            ? ": its file is called "
                                    + quoted(renamed.who().address().name())
                            : " renamed to " + quoted(renamed.who().name()))
                    + followed(renamed.references());
        }
        if (change instanceof Moved moved) {
            String from = owner(moved.before()).map(o -> " from " + o).orElse("");
            String to = owner(moved.who()).map(o -> " to " + o).orElse("");
            String name = moved.before().name().equals(moved.who().name())
                    ? ""
                    : " and renamed to " + quoted(moved.who().name());
            return " moved" + from + to + name + followed(moved.references());
        }
        return details((Changed) change);
    }

    private Optional<String> owner(Who who) {
        return who.within().stream().reduce((a, b) -> b).map(n -> who(n.kind(), n.name()));
    }

    private String details(Changed changed) {
        List<Detail> told = changed.isNoise()
                ? changed.details()
                : changed.details().stream().filter(d -> !d.isNoise()).toList();
        String some = told.stream().limit(MOST_DETAILS).map(this::detail).collect(Collectors.joining("; "));
        int rest = Math.max(0, told.size() - MOST_DETAILS) + changed.more();
        return ": " + some + (rest == 0 ? "" : "; " + count(rest, "more change"));
    }

    /** One detail: {@code styles/width 100 → 120}. */
    String detail(Detail detail) {
        return detail.half().map(h -> h + ": ").orElse("") + bare(detail);
    }

    private String bare(Detail detail) {
        if (detail instanceof Detail.Field field) {
            return field(field);
        }
        if (detail instanceof Detail.Text text) {
            return lines(text);
        }
        if (detail instanceof Detail.Order order) {
            return "order of " + quoted(place(order.of())) + " changed";
        }
        if (detail instanceof Detail.Placed placed) {
            return isResized(placed) ? "moved or resized" : "another place among its neighbours";
        }
        if (detail instanceof Detail.Derived) {
            return "derived facts changed";
        }
        if (detail instanceof Detail.References references) {
            return count(references.count(), "reference") + " followed";
        }
        if (detail instanceof Detail.Formatting formatting) {
            return "only the way " + quoted(formatting.of()) + " is written changed";
        }
        if (detail instanceof Detail.Deployed) {
            return "is now what is edited";
        }
        Detail.Attachment attachment = (Detail.Attachment) detail;
        return "the " + quoted(attachment.of()) + " file "
                + (attachment.before().isEmpty() ? "added" : attachment.after().isEmpty() ? "removed" : "changed");
    }

    /** True when more changed than who stands before it. */
    static boolean isResized(Detail.Placed placed) {
        return placed.fields().stream()
                .anyMatch(f ->
                        !Places.isNeighbour(f.pointer().substring(f.pointer().lastIndexOf('/') + 1)));
    }

    private String field(Detail.Field field) {
        String place = quoted(place(field.pointer()));
        Optional<String> before = field.before().flatMap(this::shortText);
        Optional<String> after = field.after().flatMap(this::shortText);
        if (field.before().isEmpty()) {
            return place + " added" + after.map(v -> ": " + v).orElse("");
        }
        if (field.after().isEmpty()) {
            return place + " removed";
        }
        return before.isPresent() && after.isPresent()
                ? place + " " + before.get() + " → " + after.get()
                : place + " changed";
    }

    private static String place(String pointer) {
        String place = pointer.startsWith("/") ? pointer.substring(1) : pointer;
        return place.isEmpty() ? "the whole" : place.replace("~1", "/").replace("~0", "~");
    }

    private Optional<String> shortText(JsonValue value) {
        String text = new String(JsonWriter.compact(value), StandardCharsets.UTF_8);
        return text.length() <= SHORT_VALUE ? Optional.of(quoted(text)) : Optional.empty();
    }

    private String lines(Detail.Text text) {
        String language = language(text.of());
        // Only what is not one of our own words is somebody else's.
        String of = " of " + (language.matches("[A-Za-z]{1,12}") ? language : quote.apply(language));
        if (text.removed() == 0) {
            return count(text.added(), "line") + of + " added";
        }
        if (text.added() == 0) {
            return count(text.removed(), "line") + of + " removed";
        }
        return text.added() == text.removed()
                ? count(text.added(), "line") + of + " changed"
                : count(text.added(), "line") + of + " added, " + text.removed() + " removed";
    }

    /** What a text is written in, by the end of its file's name; the field that holds it otherwise. */
    static String language(String of) {
        if (of.startsWith("/")) {
            return oneLine(place(of));
        }
        String extension = of.substring(of.lastIndexOf('.') + 1);
        return oneLine(LANGUAGES.getOrDefault(extension, extension.toUpperCase(Locale.ROOT)));
    }

    private String copy(Change.Copy copy) {
        String of = ", a copy of " + quoted(copy.of().name());
        if (copy.different().isEmpty()) {
            return of;
        }
        List<String> different = new ArrayList<>(copy.different());
        String some =
                different.stream().limit(MOST_DETAILS + 2).map(this::quoted).collect(Collectors.joining(", "));
        int rest = Math.max(0, different.size() - MOST_DETAILS - 2) + copy.more();
        return of + " but for " + some + (rest == 0 ? "" : " and " + count(rest, "other"));
    }

    private static String with(Map<String, Integer> with) {
        if (with.isEmpty()) {
            return "";
        }
        return with.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(e -> count(e.getValue(), e.getKey()))
                .collect(Collectors.joining(", ", " with ", ""));
    }

    private static String followed(int references) {
        return references == 0 ? "" : "; " + count(references, "reference") + " followed";
    }

    String who(String kind, String name) {
        return kind + " " + quoted(name);
    }

    static String count(int n, String what) {
        return n + " " + (n == 1 ? what : plural(what));
    }

    /** Several of what a word names. */
    public static String plural(String what) {
        if (what.endsWith("y") && !what.endsWith("ay") && !what.endsWith("ey")) {
            return what.substring(0, what.length() - 1) + "ies";
        }
        return what.endsWith("s") || what.endsWith("x") ? what + "es" : what + "s";
    }

    private String quoted(String text) {
        return quote.apply(oneLine(text));
    }

    /** A name as it can stand in a line: no line ends, no control or direction characters, not endless. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        int[] points = text.codePoints().limit(SHORT_NAME + 1).toArray();
        for (int i = 0; i < Math.min(points.length, SHORT_NAME); i++) {
            int type = Character.getType(points[i]);
            boolean hidden = Character.isISOControl(points[i])
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            line.appendCodePoint(hidden ? ' ' : points[i]);
        }
        return line.toString().strip() + (points.length > SHORT_NAME ? "…" : "");
    }
}
