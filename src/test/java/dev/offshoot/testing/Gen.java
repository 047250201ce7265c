package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Makes random values from a seed: the same seed gives the same values on every machine. */
public final class Gen {
    /** Strings that some reader of YAML or JSON, some shell or some file system treats in a way of its own. */
    public static final List<String> NASTY = List.of(
            "",
            " ",
            "  ",
            "~",
            "null",
            "Null",
            "NULL",
            "nUll",
            "true",
            "True",
            "TRUE",
            "false",
            "False",
            "yes",
            "Yes",
            "YES",
            "no",
            "No",
            "NO",
            "on",
            "On",
            "off",
            "OFF",
            "y",
            "Y",
            "n",
            "N",
            "=",
            "<<",
            "-",
            "--",
            "---",
            "--- a",
            "...",
            "... ",
            "....",
            "- ",
            "- a",
            "-a",
            "?",
            "? ",
            "? a",
            "?a",
            ":",
            ": ",
            ": a",
            ":a",
            "a:",
            "a: ",
            "a: b",
            "a:b",
            "a :b",
            "a : b",
            "#",
            "# a",
            "a#",
            "a #",
            "a # b",
            "a#b",
            "&",
            "&a",
            "*",
            "*a",
            "!",
            "!a",
            "!!str a",
            "|",
            "|-",
            "| a",
            ">",
            ">-",
            "'",
            "''",
            "'a'",
            "a'b",
            "\"",
            "\"\"",
            "\"a\"",
            "a\"b",
            "%",
            "%YAML 1.2",
            "@",
            "@a",
            "`",
            "`a",
            "{",
            "}",
            "{}",
            "[",
            "]",
            "[]",
            "{a: b}",
            "[a, b]",
            ",",
            "a,b",
            "a, b",
            "a]",
            "a}",
            "{{x}}",
            "{{a: b}}",
            "@{a/b}",
            "\\",
            "\\n",
            "\\u0041",
            "a\\",
            "0",
            "-0",
            "1",
            "-1",
            "+1",
            "01",
            "007",
            "08",
            "1_000",
            "0b1",
            "0o7",
            "0x1F",
            "0x1.8p3",
            "1e5",
            "1E5",
            "1e",
            "1.",
            "1.0",
            "1.00",
            ".5",
            "-.5",
            "+.5",
            ".",
            "..",
            "1.2.3",
            ".inf",
            "-.inf",
            "+.Inf",
            ".nan",
            ".NaN",
            "NaN",
            "nan",
            "inf",
            "Infinity",
            "-Infinity",
            "1e400",
            "12:30",
            "12:30:45",
            "190:20:30.15",
            "2001-12-14",
            "2001-1-1",
            "2001-12-14t21:59:43.10-05:00",
            "2001-12-14 21:59:43.10 -5",
            "1-2",
            "1,000",
            "1 000",
            "123e4567-e89b-12d3-a456-426614174000",
            "00000000-0000-0000-0000-000000000000",
            "12345678-1234-1234-1234-123456789012",
            "1e5-1e5",
            "0xe-1",
            "dead-beef",
            "5e7f6789-aaaa-bbbb-cccc-dddddddddddd",
            "1a",
            "10px",
            "100%",
            "1/2",
            "#fff",
            "#1e5000",
            "a\nb",
            "a\nb\n",
            "a\n\nb",
            "\na",
            "\n",
            "\n\n",
            "a\n",
            "a\n\n",
            "a\n\n\n",
            " a\nb",
            "  a\n b\n",
            "\ta\nb",
            "\t\n a",
            "a\n  ",
            "a\n  \n",
            "a\n\t",
            "a\n \nb",
            "a \nb ",
            "a\n#b",
            "a\n# b\n",
            "a\n---\nb",
            "a\n...\nb\n",
            "---\na",
            " \n a",
            "\n a\n",
            "\n\n  a",
            "  \n",
            "\t\n",
            "\n ",
            "a\r",
            "\r",
            "a\r\nb",
            "a\r\nb\r\n",
            "a\rb",
            "\r\n",
            "a\n\rb",
            "\t",
            "a\t",
            "\ta",
            "a\tb",
            "a: \tb",
            "a\t# b",
            "a ",
            " a",
            " a ",
            "a\u00a0",
            "\u00a0a",
            "\u0000",
            "a\u0000b",
            "\u0001",
            "\u0007",
            "\b",
            "\f",
            "\u000b",
            "\u001b",
            "\u007f",
            "\u0080",
            "\u0085",
            "a\u0085b",
            "a\u0085\nb",
            "\u009f",
            "\u00a0",
            "\u00ad",
            "\u2028",
            "\u2029",
            "a\u2028b",
            "a\u2029\nb",
            "\ufeff",
            "a\ufeffb",
            "\ufeffa\nb",
            "\ufffd",
            "\ufffe",
            "\uffff",
            "\ud7ff",
            "\ue000",
            "\ufdd0",
            "\ud83d\ude00",
            "\ud800\udc00",
            "\udbff\udfff",
            "\ud83f\udffe",
            "\ud800",
            "\udc00",
            "a\ud800",
            "\ud800a",
            "\udc00\ud800",
            "\ud800\ud800\udc00",
            "a\n\ud800",
            "\ud83d\ude00\nb",
            "é",
            "日本語",
            "ñ: ñ",
            "é # é",
            "é\né",
            "e\u0301",
            "עברית",
            "key: |\n  x",
            "- - -",
            "a: {b: c",
            "SELECT *\nFROM t\nWHERE a = 'x' -- no\n",
            "return {\n\ta: 1,\n\n  b: \"x\"\n}",
            "https://x.y/z?a=b#c",
            "C:\\x",
            "a:\\",
            "::",
            "<div>",
            "</b>",
            "<",
            "(a)",
            "$x",
            "$",
            ";",
            "^",
            "_",
            "/",
            "/a/",
            "a?",
            "a!",
            "a*",
            "a&b",
            "a|b",
            "a>b",
            "a%",
            "a@b.c");

    private static final List<String> PIECES = List.of(
            " ",
            "  ",
            "\n",
            "\n\n",
            "\t",
            "\r",
            "\r\n",
            ": ",
            ":",
            " #",
            "#",
            "- ",
            "-",
            "'",
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            "a",
            "b",
            "no",
            "1",
            "0",
            ".",
            "e",
            "_",
            "é",
            "日",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\ud83d\ude00",
            "\ud800",
            "\udc00",
            "\u0000",
            "\u001f",
            "|",
            ">",
            "&",
            "*",
            "!",
            "?",
            "%",
            "@",
            "`",
            "~",
            "=",
            "<<",
            "---",
            "...");

    private final Random random;

    public Gen(long seed) {
        this.random = new Random(seed);
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    public <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Any string: words, nasty ones, nasty pieces in a row, characters of every plane, now and then a long one. */
    public String string() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> word();
            case 3, 4 -> pick(NASTY);
            case 5, 6 -> repeat(random.nextInt(8), () -> pick(PIECES));
            case 7 -> repeat(random.nextInt(6), () -> chance(50) ? pick(NASTY) : word());
            case 8 -> repeat(random.nextInt(20), this::character);
            default -> random.nextInt(20) == 0 ? repeat(random.nextInt(3_000), this::character) : text();
        };
    }

    public String word() {
        return repeat(1 + random.nextInt(8), () -> String.valueOf((char) ('a' + random.nextInt(26))));
    }

    /** Lines as in source text: indented, some empty, with or without a line break at the end. */
    public String text() {
        String lines = repeat(
                1 + random.nextInt(6),
                () -> " ".repeat(random.nextInt(5)) + (chance(20) ? "" : word() + " " + pick(PIECES)) + "\n");
        return chance(50) ? lines : lines.substring(0, lines.length() - 1);
    }

    /** One character of any plane, lone surrogates included. */
    public String character() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> String.valueOf((char) random.nextInt(0x80));
            case 3 -> String.valueOf((char) random.nextInt(0x100));
            case 4 -> String.valueOf((char) random.nextInt(0x10000));
            default -> Character.toString(random.nextInt(0x110000));
        };
    }

    private static String repeat(int times, Supplier<String> piece) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < times; i++) {
            text.append(piece.get());
        }
        return text.toString();
    }

    /** A number as JSON writes it. */
    public String number() {
        StringBuilder text = new StringBuilder();
        if (chance(30)) {
            text.append('-');
        }
        text.append(chance(20) ? "0" : (1 + random.nextInt(9)) + digits(chance(5) ? 400 : 6));
        if (chance(40)) {
            text.append('.').append(random.nextInt(10)).append(digits(chance(5) ? 60 : 4));
        }
        if (chance(20)) {
            text.append(chance(50) ? 'e' : 'E')
                    .append(pick(List.of("", "+", "-")))
                    .append(random.nextInt(10))
                    .append(digits(3));
        }
        return text.toString();
    }

    private String digits(int atMost) {
        return repeat(random.nextInt(atMost), () -> String.valueOf(random.nextInt(10)));
    }

    /** A value of some {@code size} parts at most. */
    public JsonValue value(int size) {
        if (size <= 1 || chance(10)) {
            return scalar();
        }
        int children = random.nextInt(Math.min(size, 8));
        if (chance(40)) {
            return JsonArray.of(java.util.stream.Stream.generate(() -> value(size / Math.max(1, children)))
                    .limit(children)
                    .toList());
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = 0; i < children; i++) {
            members.put(chance(60) ? word() : string(), value(size / children));
        }
        return JsonObject.of(members);
    }

    private JsonValue scalar() {
        return switch (random.nextInt(12)) {
            case 0 -> JsonNull.NULL;
            case 1 -> JsonBoolean.TRUE;
            case 2 -> JsonBoolean.FALSE;
            case 3, 4 -> new JsonNumber(number());
            case 5 -> JsonObject.EMPTY;
            case 6 -> JsonArray.EMPTY;
            default -> new JsonString(string());
        };
    }
}
