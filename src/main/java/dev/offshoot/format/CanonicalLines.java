package dev.offshoot.format;

import dev.offshoot.format.CanonicalYaml.Unexpected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads files of lines as {@link YamlWriter#line} writes them; the twin of {@link CanonicalYaml}, with the same promise. */
final class CanonicalLines {
    private final byte[] in;
    private final Limits limits;
    private final Symbols symbols;
    private final CanonicalScalars scalars;
    private final ValueStack stack = new ValueStack();
    private int at;
    private int count;

    private CanonicalLines(byte[] in, Limits limits, Symbols symbols) {
        this.in = in;
        this.limits = limits;
        this.symbols = symbols;
        this.scalars = new CanonicalScalars(in, limits);
    }

    /** The lines, or empty when the text is not (exactly) what we write, or breaks a limit. */
    static Optional<List<YamlLine>> read(byte[] bytes, Limits limits, Symbols symbols) {
        int length = bytes.length;
        if (length == 0 || length > limits.maxBytes() || bytes[length - 1] != '\n' || !CanonicalYaml.isClean(bytes)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CanonicalLines(bytes, limits, symbols).lines());
        } catch (Unexpected e) {
            return Optional.empty();
        }
    }

    private List<YamlLine> lines() {
        List<YamlLine> lines = new ArrayList<>();
        while (at < in.length) {
            String key = symbols.shared(scalars.key(at));
            at = scalars.end();
            expect(':');
            expect(' ');
            JsonValue value = value(1);
            expect('\n');
            lines.add(new YamlLine(lines.size() + 1, key, value));
        }
        return lines;
    }

    private void expect(char c) {
        if (in[at] != c) {
            throw Unexpected.HERE;
        }
        at++;
    }

    private JsonValue value(int depth) {
        if (++count > limits.maxValues()) {
            throw Unexpected.HERE;
        }
        byte c = in[at];
        if (c == '{' || c == '[') {
            if (depth >= limits.maxDepth()) { // the file as a whole is an object, too
                throw Unexpected.HERE;
            }
            at++;
            return c == '{' ? object(depth) : array(depth);
        }
        JsonValue value = scalars.flowScalar(at);
        at = scalars.end();
        return value;
    }

    private JsonValue object(int depth) {
        if (in[at] == '}') {
            at++;
            return JsonObject.EMPTY;
        }
        int base = stack.top();
        Shape shape = symbols.flow();
        PlainKeys plain = null;
        while (true) {
            Shape next = shape == null ? null : shape.follow(in, at);
            if (next != null) {
                at += next.tokenLength();
                shape = next;
            } else {
                int from = at;
                boolean explicit = in[at] == '?'; // before a very long key
                if (explicit) {
                    at++;
                    expect(' ');
                }
                String key = symbols.shared(scalars.flowKey(at, explicit));
                at = scalars.end();
                if (explicit) {
                    expect(' ');
                }
                expect(':');
                if (shape != null) {
                    next = explicit || shape.has(key) ? null : symbols.learn(shape, in, from, at, key);
                    plain = next == null ? new PlainKeys(shape.keys()) : null;
                    shape = next;
                }
                if (shape == null && !plain.add(key)) {
                    throw Unexpected.HERE;
                }
            }
            expect(' ');
            stack.push(value(depth + 1));
            if (in[at] == '}') {
                break;
            }
            expect(',');
            expect(' ');
        }
        at++;
        return JsonObject.adopt(shape == null ? plain.toArray() : shape.keys(), stack.take(base));
    }

    private JsonValue array(int depth) {
        if (in[at] == ']') {
            at++;
            return JsonArray.EMPTY;
        }
        int base = stack.top();
        while (true) {
            stack.push(value(depth + 1));
            if (in[at] == ']') {
                break;
            }
            expect(',');
            expect(' ');
        }
        at++;
        return JsonArray.adopt(stack.take(base));
    }
}
