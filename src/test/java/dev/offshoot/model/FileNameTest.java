package dev.offshoot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "table1.yaml",
                "listOrders.sql",
                ".gitattributes",
                ".gitignore",
                ".github",
                ".mailmap",
                "My notes (1).md",
                "a~2",
                "button~1a2b3c4d",
                "git",
                "git~x",
                "gitk",
                "console",
                "con-1",
                "com",
                "com10",
                "lpt",
                "auxiliary.yaml",
                "nul1",
                "-rf",
                "Größe",
                "日本語.yaml",
                "हिन्दी",
                "😀.png",
                "a..b",
                "gitmod",
                "~1",
                "gi7eba~x",
                "gi7eba~12"
            })
    void acceptsWhatEverySystemTakes(String name) {
        assertThat(FileName.isPortable(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "a.",
                "a ",
                "a/b",
                "/",
                "a\\b",
                "C:",
                "a:b",
                "a*",
                "a?",
                "a\"",
                "<",
                ">",
                "a|b",
                "\0",
                "a\nb",
                "\u007f",
                "a\u0085",
                "a\u2028b",
                "a\u200bb",
                "\u202eb",
                "\ufeffa",
                ".git",
                ".GIT",
                ".gIt",
                ".git.",
                ".git ",
                ".g\u200cit",
                "\u200d.git",
                ".g\u0131t",
                "git~1",
                "GIT~1",
                "git~22",
                ".gitmodules",
                ".GitModules",
                "gitmod~1",
                "GITMOD~4",
                "gi7eba~1",
                "gi7eb~12",
                "GI7D29~1",
                "gitatt~1",
                "gitign~1",
                "gi250a~1",
                "mailma~1",
                "maba30~1",
                "con",
                "CON",
                "Con.yaml",
                "con .yaml",
                "con.a.b",
                "prn",
                "aux.c",
                "nul",
                "com1",
                "COM9.x",
                "com0",
                "COM¹",
                "com².txt",
                "LPT³",
                "lpt1",
                "CONIN$",
                "conout$.x",
                "e\u0301",
                "\u212b",
                "\ud800",
                "a\udc00b",
                "\ue000",
                "a\uf05cb",
                "\uffff",
                "\ufdd0"
            })
    void refusesWhatSomeSystemWouldNotKeep(String name) {
        assertThat(FileName.isPortable(name)).isFalse();
        assertThatThrownBy(() -> FileName.require(name))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.INVALID_PATH));
    }

    @Test
    void countsTheLengthInBytes() {
        assertThat(FileName.isPortable("x".repeat(255))).isTrue();
        assertThat(FileName.isPortable("x".repeat(256))).isFalse();
        assertThat(FileName.isPortable("日".repeat(85))).isTrue();
        assertThat(FileName.isPortable("日".repeat(86))).isFalse();
    }

    @Test
    void saysWhatIsWrongWithoutRepeatingIt() {
        assertThatThrownBy(() -> FileName.require("\u202egnp\u0000.exe" + "x".repeat(1000)))
                .hasMessageContaining("\"\\u{202e}gnp\\u{0}.exexxx")
                .hasMessageContaining("…\" (it holds a control character)")
                .message()
                .hasSizeLessThan(200);
    }

    @ParameterizedTest
    @CsvSource({
        "button1, button1",
        "List orders, List-orders",
        "'  padded  ', padded",
        "Public.employee, Public-employee",
        "a - b, a-b",
        "a--b, a-b",
        "snake_case, snake_case",
        "-, _",
        "'', _",
        "…, _",
        "--Playground, _Playground",
        "-rf, _rf",
        "trailing-, trailing",
        "../../etc, etc",
        ".git, git_",
        "git, git_",
        "GIT, GIT_",
        "con, con_",
        "COM1, COM1_",
        "COM¹, COM",
        "gitmod, gitmod_",
        "straße, straße",
        "日本 語, 日本-語",
        "हिन्दी, हिन्दी",
        "😀 smile, smile",
        "❤️, _",
        "1️⃣, 1",
        "m²/h, m-h",
        "null, null"
    })
    void spellsTrueNames(String trueName, String slug) {
        assertThat(FileName.slug(trueName)).isEqualTo(slug);
    }

    @Test
    void cutsLongNamesAndMarksTheCut() {
        String long1 = "a".repeat(60) + "1";
        assertThat(FileName.slug("a".repeat(60))).isEqualTo("a".repeat(60));
        assertThat(FileName.slug(long1)).matches("a{55}~[0-9a-f]{4}").isNotEqualTo(FileName.slug("a".repeat(60) + "2"));
        assertThat(FileName.slug("日".repeat(53))).isEqualTo("日".repeat(53));
        assertThat(FileName.slug("日".repeat(54))).matches("日{51}~[0-9a-f]{4}");
        assertThat(FileName.slug("a".repeat(54) + " bcdefgh")).matches("a{54}~[0-9a-f]{4}");
    }

    @Test
    void neverCutsACharacterInTwo() {
        String accented = "q\u0301".repeat(40); // has no composed form
        assertThat(FileName.slug(accented)).matches("(q\u0301){27}~[0-9a-f]{4}");
        String jamo = "\u1112\u119e\u11ab".repeat(30); // an old syllable, three letters that stand in one square
        assertThat(FileName.slug(jamo)).matches("(\u1112\u119e\u11ab){17}~[0-9a-f]{4}");
        assertThat(FileName.slug("𐎀".repeat(41))).matches("(𐎀){38}~[0-9a-f]{4}");
        assertThat(FileName.slug("q" + "\u0301".repeat(500))).matches("q\u0301{54}~[0-9a-f]{4}");
    }

    @Test
    void theHashOfACutIsTheOneOfTheTrueName() {
        // printf '%s' "$(printf 'x%.0s' {1..61})" | sha256sum
        assertThat(FileName.slug("x".repeat(61))).isEqualTo("x".repeat(55) + "~" + X61);
    }

    @Test
    void formsOfOneTextGiveOneSlug() {
        for (String name : List.of("Größe", "ﬁlé", "한국어", "שָׁלוֹם", "Ång")) {
            assertThat(FileName.slug(Normalizer.normalize(name, Normalizer.Form.NFD)))
                    .isEqualTo(FileName.slug(Normalizer.normalize(name, Normalizer.Form.NFC)));
        }
    }

    @Test
    void everyCodePointGivesAPortableSlug() {
        SoftAssertions all = new SoftAssertions();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            for (String name : List.of(Character.toString(c), "a" + Character.toString(c) + "b")) {
                String slug = FileName.slug(name);
                if (!FileName.isPortable(slug)
                        || slug.indexOf('.') >= 0
                        || !FileName.slug(slug).equals(slug)) {
                    all.fail("U+%x: %s", c, slug);
                }
            }
        }
        all.assertAll();
    }

    /** The table is a copy of what Java 17 knows; on every later Java the slugs must still be the same. */
    @Test
    void theCharactersKeptDoNotDependOnTheJavaThatRuns() throws Exception {
        var digest = java.security.MessageDigest.getInstance("SHA-256");
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            digest.update(FileName.slug("a" + Character.toString(c)).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(java.util.HexFormat.of().formatHex(digest.digest())).isEqualTo(ALL_SLUGS);
    }

    @Test
    void hiddenNamesBeginWithADot() {
        assertThat(FileName.isHidden(".gitattributes")).isTrue();
        assertThat(FileName.isHidden("a.yaml")).isFalse();
    }

    private static final String X61 = "c508";
    private static final String ALL_SLUGS = "d5bb42be05a1b224c357c735d3db5e62be173ff86f8110212d16a69674435d04";
}
