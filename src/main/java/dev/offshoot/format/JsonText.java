package dev.offshoot.format;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The parser behind {@link JsonReader}: one pass over bytes that are known to be UTF-8. */
final class JsonText {
    private final byte[] in;
    private final int start;
    private final Limits limits;
    private final Symbols symbols;
    private final ByteStrings strings;
    private final Unescaper unescaper;
    private final ValueStack stack = new ValueStack();
    private int at;
    private int count;
    /** Of several members with one key the last counts. */
    private boolean lastCounts;

    /** The others, on their way up to learn their places. */
    private final List<Broken> repeated = new ArrayList<>();

    JsonText(byte[] in, int start, Limits limits, Symbols symbols) {
        this.in = in;
        this.start = start;
        this.at = start;
        this.limits = limits;
        this.symbols = symbols;
        this.strings = new ByteStrings(in);
        this.unescaper = new Unescaper(in, true);
    }

    /** The value; of several members with one key the last counts. */
    JsonValue lastOfRepeated(Consumer<Problem> told) {
        lastCounts = true;
        JsonValue value = document();
        repeated.forEach(r -> {
            Problem p = r.failure(in, start).problems().get(0);
            told.accept(new Problem(p.reason(), p.where(), p.message(), "the last of them counts, as on the platform"));
        });
        return value;
    }

    JsonValue document() {
        try {
            if (skip() < 0) {
                throw broken("the text is empty");
            }
            JsonValue value = value(0);
            if (skip() >= 0) {
                throw broken("something follows after the end of the document");
            }
            return value;
        } catch (Broken e) {
            throw e.failure(in, start);
        }
    }

    /** The next byte that is no white space, which becomes the current one; -1 at the end. */
    private int skip() {
        byte[] in = this.in;
        int i = at;
        while (i < in.length) {
            byte c = in[i];
            if (c > ' ' || c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                at = i;
                return c & 0xff;
            }
            i++;
        }
        at = i;
        return -1;
    }

    /** The value at the current place, which is no white space. */
    private JsonValue value(int depth) {
        if (++count > limits.maxValues()) {
            throw new Broken(limits.tooMany(""), at);
        }
        return switch (in[at]) {
            case '"' -> string();
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            case 't' -> word("true", JsonBoolean.TRUE);
            case 'f' -> word("false", JsonBoolean.FALSE);
            case 'n' -> word("null", JsonNull.NULL);
            default -> throw unknown();
        };
    }

    private JsonValue object(int depth) {
        at++;
        int c = skip();
        checkDepth(depth);
        if (c == '}') {
            at++;
            return JsonObject.EMPTY;
        }
        int base = stack.top();
        Shape shape = symbols.json();
        PlainKeys plain = null;
        String key = null;
        try {
            while (true) {
                if (c != '"') {
                    throw broken("a key in double quotes must stand here");
                }
                Shape next = shape == null ? null : shape.follow(in, at);
                if (next != null) {
                    at += next.tokenLength();
                    key = next.key();
                    shape = next;
                } else {
                    int from = at;
                    key = symbols.shared(text());
                    if (shape != null) {
                        next = shape.has(key) ? null : symbols.learn(shape, in, from, at, key);
                        plain = next == null ? new PlainKeys(shape.keys()) : null;
                        shape = next;
                    }
                    if (shape == null && !plain.add(key)) {
                        if (!lastCounts) {
                            throw duplicate(from);
                        }
                        repeated.add(duplicate(from).inside(key));
                        plain.again(key);
                    }
                }
                if (skip() != ':') {
                    throw broken("a colon must stand here");
                }
                at++;
                if (skip() < 0) {
                    throw broken("a value must stand here");
                }
                stack.push(lastCounts ? inside(key, depth) : value(depth));
                c = skip();
                if (c == '}') {
                    break;
                }
                if (c != ',') {
                    throw broken("a comma or } must stand here");
                }
                at++;
                key = null;
                c = skip();
            }
        } catch (Broken e) {
            throw key == null ? e : e.inside(key);
        }
        at++;
        return shape == null ? plain.object(stack.take(base)) : JsonObject.adopt(shape.keys(), stack.take(base));
    }

    /** A value whose repeated keys learn where it stands. */
    private JsonValue inside(String keyOrIndex, int depth) {
        int before = repeated.size();
        JsonValue value = value(depth);
        repeated.subList(before, repeated.size()).forEach(r -> r.inside(keyOrIndex));
        return value;
    }

    private JsonValue array(int depth) {
        at++;
        int c = skip();
        checkDepth(depth);
        if (c == ']') {
            at++;
            return JsonArray.EMPTY;
        }
        int base = stack.top();
        int index = 0;
        try {
            while (true) {
                if (c < 0) {
                    throw broken("a value must stand here");
                }
                stack.push(lastCounts ? inside(Integer.toString(index), depth) : value(depth));
                c = skip();
                if (c == ']') {
                    break;
                }
                if (c != ',') {
                    throw broken("a comma or ] must stand here");
                }
                at++;
                index++;
                c = skip();
            }
        } catch (Broken e) {
            throw e.inside(Integer.toString(index));
        }
        at++;
        return JsonArray.adopt(stack.take(base));
    }

    private void checkDepth(int depth) {
        if (depth > limits.maxDepth()) {
            throw new Broken(limits.tooDeep(""), at - 1);
        }
    }

    private JsonValue string() {
        int from = at + 1;
        int end = stringEnd(from);
        if (in[end] == '"' && end - from <= limits.maxStringLength()) {
            at = end + 1;
            return strings.string(from, end);
        }
        return new JsonString(text());
    }

    /** The string at the current place. */
    private String text() {
        int from = at + 1;
        int end = stringEnd(from);
        String text;
        if (in[end] == '"') {
            text = new String(in, from, end - from, StandardCharsets.UTF_8);
            at = end + 1;
        } else {
            text = unescaper.decode(from);
            at = unescaper.end();
            if (text == null) {
                throw broken(
                        at >= in.length
                                ? "the text ends within a string"
                                : in[at] == '\\'
                                        ? "this is no escape of JSON"
                                        : "a control character in a string must be written as an escape");
            }
        }
        if (text.length() > limits.maxStringLength()) {
            throw new Broken(limits.stringTooLong(""), from - 1);
        }
        return text;
    }

    /** Where a string ends, or where its first escape or wrong character stands. */
    private int stringEnd(int from) {
        int end = Scan.quoted(in, from, (byte) '"');
        while (end < in.length && in[end] == 0x7f) { // DEL is a character like others here
            end = Scan.quoted(in, end + 1, (byte) '"');
        }
        if (end == in.length) {
            at = end;
            throw broken("the text ends within a string");
        }
        return end;
    }

    private JsonValue number() {
        int from = at;
        if (in[at] == '-') {
            at++;
        }
        if (byteAt(at) == '0') {
            at++;
            if (isDigit(byteAt(at))) {
                throw broken("a number may not start with 0");
            }
        } else {
            digits();
        }
        if (byteAt(at) == '.') {
            at++;
            digits();
        }
        if ((byteAt(at) | 0x20) == 'e') {
            at++;
            if (byteAt(at) == '+' || byteAt(at) == '-') {
                at++;
            }
            digits();
        }
        if (at - from > limits.maxNumberLength()) {
            throw new Broken(limits.numberTooLong(""), from);
        }
        return strings.number(from, at);
    }

    private void digits() {
        if (!isDigit(byteAt(at))) {
            throw broken("a digit must stand here");
        }
        do {
            at++;
        } while (isDigit(byteAt(at)));
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private int byteAt(int i) {
        return i < in.length ? in[i] : -1;
    }

    private JsonValue word(String word, JsonValue value) {
        for (int i = 0; i < word.length(); i++) {
            if (byteAt(at + i) != word.charAt(i)) {
                throw unknown();
            }
        }
        at += word.length();
        return value;
    }

    private Broken unknown() {
        return broken(
                switch (in[at]) {
                    case '\'' -> "strings need double quotes";
                    case '/' -> "comments are not part of JSON";
                    case ',', ']', '}' -> "a value must stand here; a comma too many?";
                    default -> "a value must stand here: an object, array, string, number, true, false or null";
                });
    }

    private Broken broken(String message) {
        boolean ended = at >= in.length;
        String text =
                "not valid JSON: " + message + (ended && !message.startsWith("the text") ? ", but the text ends" : "");
        String hint = ended ? "was the document cut off?" : "";
        return new Broken(new Problem(Reason.MALFORMED_JSON, "", text, hint), at);
    }

    private static Broken duplicate(int at) {
        return new Broken(
                new Problem(Reason.DUPLICATE_KEY, "", "the object has this key twice", "remove one of the two members"),
                at);
    }

    /** A problem on its way up, which learns its place on the way. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final int LONGEST_POINTER = 300;

        private final transient Problem problem;
        private final int offset;
        private final transient Deque<String> path = new ArrayDeque<>();

        Broken(Problem problem, int offset) {
            super(null, null, false, false);
            this.problem = problem;
            this.offset = offset;
        }

        Broken inside(String keyOrIndex) {
            path.addFirst(keyOrIndex);
            return this;
        }

        Failure failure(byte[] in, int start) {
            StringBuilder pointer = new StringBuilder();
            for (String step : path) {
                pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
                if (pointer.length() > LONGEST_POINTER) {
                    pointer.setLength(LONGEST_POINTER);
                    pointer.append('…');
                    break;
                }
            }
            int line = 1;
            int lineStart = start;
            for (int i = start; i < offset; i++) {
                if (in[i] == '\n') {
                    line++;
                    lineStart = i + 1;
                }
            }
            int column = 1 + new String(in, lineStart, offset - lineStart, StandardCharsets.UTF_8).length();
            return new Failure(new Problem(
                    problem.reason(),
                    pointer.toString(),
                    problem.message() + " (line " + line + ", column " + column + ")",
                    problem.hint()));
        }
    }
}
