package dev.offshoot.model;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Names that people, programs and attackers have given to things: a fixed list, and as many more as wanted from a seed. */
public final class HostileNames {
    /** What every route and field is fed: threats.md A1, A2, A4, A6, A12, and names that broke tools of ours. */
    public static final List<String> FIXED = List.of(
            "",
            " ",
            ".",
            "..",
            "...",
            "../../../../x",
            "..\\..\\x",
            "/x",
            "//x",
            "C:\\x",
            "C:x",
            "\\\\server\\share",
            "a/b",
            "a\\b",
            "a:b",
            "\0",
            "a\0b",
            "%2e%2e%2f",
            "%252e%252e%252f",
            "%c0%ae%c0%ae/",
            "..%2f..%2fetc",
            "(_)",
            "a#b",
            "a?b",
            "~",
            "~root",
            "-",
            "--",
            "-rf",
            "--upload-pack=x",
            "--Playground",
            "@{upstream}",
            "@{components/x}",
            "{}",
            "^",
            "HEAD",
            ".git",
            ".GIT",
            ".Git",
            ".git.",
            ".git ",
            ".git. .",
            ".git\u200c",
            ".g\u200cit",
            "\u200d.git",
            ".gi\ufefft",
            ".g\u0131t",
            ".git::$INDEX_ALLOCATION",
            "git~1",
            "GIT~1",
            "git~2",
            "git",
            ".gitmodules",
            ".GITMODULES",
            ".gitmodules .",
            "gitmod~1",
            "gitmod",
            "gi7eba~1",
            "gi7eba",
            "gi7d29~1",
            ".gitattributes",
            "gitatt~1",
            "aux",
            "AUX",
            "Aux.json",
            "con",
            "CON .txt",
            "con.a.b",
            "prn",
            "nul",
            "nul.",
            "NUL::$DATA",
            "com1",
            "COM0",
            "COM¹",
            "com².txt",
            "LPT³",
            "lpt9.yaml",
            "CONIN$",
            "conout$",
            "name.",
            "name ",
            "name. .",
            " name",
            ".name",
            "name::$DATA",
            "file.txt:stream",
            "null",
            "true",
            "~1",
            "a~2",
            "a\nb",
            "a\rb",
            "a\tb",
            "a\u0007b",
            "a\u0085b",
            "a\u2028b",
            "a\u2029b",
            "\ufeffbom",
            "zero\u200bwidth",
            "soft\u00adhyphen",
            "\u202egnp.exe",
            "\u2066isolate\u2069",
            "عربي",
            "שָׁלוֹם",
            "می‌خواهم",
            "हिन्दी",
            "ภาษาไทย",
            "한국어",
            "\u1112\u1161\u11ab",
            "日本語",
            "葛\udb40\udd00城",
            "ελληνικός",
            "ΕΛΛΗΝΙΚΟΣ",
            "straße",
            "STRASSE",
            "STRAẞE",
            "ıi",
            "İI",
            "ﬁnd",
            "Å",
            "\u212b",
            "A\u030a",
            "\u212a",
            "e\u0301",
            "é",
            "\u0301e",
            "\u0344",
            "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324",
            "👩‍👩‍👧‍👦",
            "❤️",
            "1️⃣",
            "🇦🇹",
            "🫠",
            "𝒳",
            "\ud800",
            "\udc00",
            "a\ud800b",
            "a\ud801b",
            "\udbff\udfff",
            "\uffff",
            "\ue000",
            "\uf05c",
            "$(touch x)",
            "`id`",
            "; rm -rf /",
            "a|b",
            "<script>alert(1)</script>",
            "\"quoted\"",
            "it's",
            "a*",
            "desktop.ini",
            "Thumbs.db",
            "x".repeat(60),
            "x".repeat(61),
            "x".repeat(255),
            "x".repeat(256),
            "x".repeat(100_000),
            "é".repeat(60),
            "日".repeat(53),
            "日".repeat(54),
            "日".repeat(300),
            "😀".repeat(64),
            "𐎀".repeat(40),
            "𐎀".repeat(41),
            "a" + "\u0301".repeat(500),
            "/".repeat(300),
            "../".repeat(100),
            ".".repeat(255));

    private static final String[] WORDS = {
        "button",
        "Table",
        "get orders",
        "con",
        "git",
        ".git",
        "Größe",
        "naïve",
        "listOrders",
        "日本",
        "Привет",
        "x",
        "A",
        "lpt1",
        "~",
        "-",
        "_",
        "...",
        "İstanbul",
        "ırmak",
        "ΟΔΟΣ",
        "ß",
        "ﬀ",
        "한글",
        "😀",
        "👨‍👩‍👧",
        "e\u0301",
        "a\u0308\u0323",
        "\u202e",
        "\u200b",
        "\u0000",
        "/",
        "\\",
        ":",
        "..",
        "~2",
        "~1234",
    };

    private final Random random;
    private final List<String> earlier = new ArrayList<>();

    private HostileNames(long seed) {
        random = new Random(seed);
    }

    /** The fixed list and then as many generated names; the same for the same seed. */
    static List<String> generate(long seed, int count) {
        HostileNames names = new HostileNames(seed);
        names.earlier.addAll(FIXED);
        List<Supplier<String>> kinds = List.of(
                names::words,
                names::words,
                names::anyCharacters,
                names::anyCharacters,
                names::letters,
                names::combining,
                names::longName,
                names::twistedCase,
                names::twistedForm,
                names::garnished,
                names::again);
        for (int i = 0; i < count; i++) {
            names.earlier.add(kinds.get(names.random.nextInt(kinds.size())).get());
        }
        return List.copyOf(names.earlier);
    }

    private String words() {
        StringBuilder name = new StringBuilder();
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            name.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(3) == 0 ? " " : "");
        }
        return name.append(random.nextInt(3) == 0 ? random.nextInt(20) : "").toString();
    }

    /** Code units from anywhere: controls, all planes, unassigned ones, halves of pairs. */
    private String anyCharacters() {
        StringBuilder name = new StringBuilder();
        for (int n = 1 + random.nextInt(20); n > 0; n--) {
            switch (random.nextInt(5)) {
                case 0 -> name.append((char) random.nextInt(0x100));
                case 1 -> name.append((char) random.nextInt(0x10000));
                case 2 -> name.appendCodePoint(random.nextInt(0x110000));
                case 3 -> name.appendCodePoint(0x2000 + random.nextInt(0x80));
                default -> name.append((char) ('a' + random.nextInt(26)));
            }
        }
        return name.toString();
    }

    private String letters() {
        int start = random.nextInt(0x1f000);
        StringBuilder name = new StringBuilder();
        for (int c = start, n = 1 + random.nextInt(12); n > 0 && c < start + 400; c++) {
            if (Character.isLetterOrDigit(c)) {
                name.appendCodePoint(c);
                n--;
            }
        }
        return name.toString();
    }

    private String combining() {
        StringBuilder name = new StringBuilder(random.nextBoolean() ? "" : letters());
        for (int n = random.nextInt(30); n > 0; n--) {
            name.appendCodePoint(random.nextInt(4) == 0 ? 'a' + random.nextInt(26) : 0x300 + random.nextInt(0x70));
        }
        return name.toString();
    }

    private String longName() {
        String piece = random.nextBoolean() ? letters() + "-" : words();
        return (piece + "y").repeat(1 + random.nextInt(40)) + random.nextInt(5);
    }

    private String twistedCase() {
        String name = pick();
        return random.nextBoolean() ? name.toUpperCase(java.util.Locale.ROOT) : name.toLowerCase(java.util.Locale.ROOT);
    }

    private String twistedForm() {
        Normalizer.Form[] forms = Normalizer.Form.values();
        return Normalizer.normalize(pick(), forms[random.nextInt(forms.length)]);
    }

    private String garnished() {
        String[] extras = {
            ".", " ", "/", "\u200b", "\u202e", "\u0301", "~2", "-", "_", ".json", ":x", "\u0000", "\ufe0f"
        };
        String extra = extras[random.nextInt(extras.length)];
        return random.nextBoolean() ? pick() + extra : extra + pick();
    }

    private String again() {
        return pick();
    }

    private String pick() {
        String name = earlier.get(random.nextInt(earlier.size()));
        return name.length() > 400 ? name.substring(0, 400) : name;
    }
}
