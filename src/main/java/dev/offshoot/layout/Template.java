package dev.offshoot.layout;

import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.FileName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a record goes below its owner's folder: segments with at most one variable part in all, for example {@code components/{name}}.
 * {@code {pointer|name}} takes the first value found; {@code {id}} is the content id, {@code {id8}} its start.
 */
record Template(List<Segment> segments) {

    /** A path segment; an empty list of variables is a fixed name. */
    record Segment(String text, List<List<String>> variables) {
        boolean isFixed() {
            return variables.isEmpty();
        }
    }

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]*)}");

    static Template parse(String text) {
        List<Segment> segments = new ArrayList<>();
        for (String segment : text.split("/(?![^{]*})")) {
            Matcher m = VARIABLE.matcher(segment);
            List<List<String>> variables = new ArrayList<>();
            while (m.find()) {
                variables.add(List.of(m.group(1).split("\\|")));
            }
            segments.add(new Segment(segment, List.copyOf(variables)));
        }
        return new Template(List.copyOf(segments));
    }

    int size() {
        return segments.size();
    }

    Segment last() {
        return segments.get(segments.size() - 1);
    }

    /** The fixed folders before the last segment. */
    String folder() {
        StringBuilder text = new StringBuilder();
        for (Segment s : segments.subList(0, segments.size() - 1)) {
            text.append(text.isEmpty() ? "" : "/").append(s.text());
        }
        return text.toString();
    }

    boolean isFixed() {
        return segments.stream().allMatch(Segment::isFixed);
    }

    /** True when these path segments could have been made by this template. */
    boolean matches(List<String> path) {
        if (path.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            Segment s = segments.get(i);
            if (s.isFixed() && !s.text().equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** True when the last segments of a path could have been made by this template. */
    boolean isEndOf(String path) {
        int end = path.length();
        for (int i = segments.size() - 1; i >= 0; i--) {
            int start = path.lastIndexOf('/', end - 1) + 1;
            Segment s = segments.get(i);
            boolean fits = end > start
                    && (!s.isFixed() || s.text().length() == end - start && path.startsWith(s.text(), start));
            if (!fits || i > 0 && start == 0) {
                return false;
            }
            end = start - 1;
        }
        return true;
    }

    /**
     * The last segment's variables filled from a record: a file name, unique where the id is in it.
     *
     * @param otherwise what stands where none of the alternatives says anything
     */
    String fill(JsonValue record, String name, String contentId, String otherwise) {
        Matcher m = VARIABLE.matcher(last().text());
        StringBuilder text = new StringBuilder();
        int variable = 0;
        while (m.find()) {
            List<String> alternatives = last().variables().get(variable++);
            m.appendReplacement(
                    text, Matcher.quoteReplacement(value(alternatives, record, name, contentId, otherwise)));
        }
        m.appendTail(text);
        String filled = text.toString();
        return FileName.isPortable(filled) ? filled : otherwise + "~" + start(contentId);
    }

    boolean holdsStartOfId() {
        return last().variables().stream().anyMatch(v -> v.get(0).equals("id8"));
    }

    /** How {@code {id8}} shows a content id: its first eight characters, or a hash where those cannot stand in a file name. */
    static String start(String contentId) {
        String start = contentId.length() <= 8 ? contentId : contentId.substring(0, 8);
        boolean plain = !start.isEmpty() && start.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
        return plain ? start : "x" + Integer.toHexString(contentId.hashCode());
    }

    private static String value(
            List<String> alternatives, JsonValue record, String name, String contentId, String otherwise) {
        for (String alternative : alternatives) {
            if (alternative.equals("name")) {
                if (name.isBlank()) {
                    continue;
                }
                return FileName.slug(name);
            }
            if (alternative.equals("id8")) {
                return start(contentId);
            }
            if (alternative.equals("id")) {
                return FileName.slug(contentId);
            }
            Optional<String> found = Pointer.parse(alternative).get(record).flatMap(Template::text);
            if (found.isPresent()) {
                return FileName.slug(found.get());
            }
        }
        return FileName.slug(otherwise);
    }

    private static Optional<String> text(JsonValue value) {
        if (value instanceof JsonString s && !s.value().isBlank()) {
            return Optional.of(s.value());
        }
        return value instanceof JsonNumber n ? Optional.of(n.literal()) : Optional.empty();
    }

    /** True when the file name is the record's name alone, so that {@code FileNames} settles clashes by name. */
    boolean isPlainName() {
        return last().text().equals("{name}");
    }

    @Override
    public String toString() {
        return String.join("/", segments.stream().map(Segment::text).toList());
    }
}
