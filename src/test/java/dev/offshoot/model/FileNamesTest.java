package dev.offshoot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.offshoot.model.FileNames.Candidate;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
    private static final int GENERATED = 10_000;

    @Test
    void givesThePlainSlugToTheFirstOfAName() {
        assertThat(allocate("orders", "customers")).containsExactly("orders", "customers");
    }

    @Test
    void givesOrdinalsToTwinsInTheOrderOfTheirKeysAndContent() {
        List<String> names = FileNames.allocate(
                List.of(
                        candidate("b", "2", "z"),
                        candidate("b", "1", "y"),
                        candidate("b", "1", "x"),
                        candidate("b", "0", "q")),
                Set.of());
        assertThat(names).containsExactly("b~4", "b~3", "b~2", "b");
    }

    @Test
    void asksForContentOnlyOnTies() {
        Candidate lazy = new Candidate("a", List.of("1"), () -> {
            throw new AssertionError("nobody needs it");
        });
        assertThat(FileNames.allocate(List.of(lazy, candidate("a", "2", ""), candidate("b", "1", "")), Set.of()))
                .containsExactly("a", "a~2", "b");
    }

    @Test
    void givesAHashToADifferentNameThatFoldsToTheSame() {
        // printf button | sha256sum
        assertThat(allocate("button", "Button")).containsExactly("button~c3e2d78f", "Button");
        assertThat(allocate("a b", "a/b", "a b")).containsExactly("a-b", "a-b~c14cddc0", "a-b~2");
        assertThat(allocate("button", "Button", "button"))
                .containsExactly("button~c3e2d78f", "Button", "button~c3e2d78f~2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "straße STRASSE",
                "straße STRAẞE",
                "ΟΔΟΣ οδος",
                "οδοσ οδος",
                "ISTANBUL istanbul",
                "İstanbul istanbul",
                "ıstanbul Istanbul",
                "é É",
                "ﬁnd FIND",
                "ǆ ǅ",
                "ꭰ Ꭰ",
                "ſ S",
                "ᾳ ΑΙ",
                "Größe GRÖSSE"
            })
    void tellsNamesApartThatSomeSystemFoldsTogether(String pair) {
        List<String> names = allocate(pair.split(" "));
        assertThat(names).anyMatch(n -> n.contains("~")).anyMatch(n -> !n.contains("~"));
    }

    @Test
    void tellsFormsOfOneTextApart() {
        assertThat(allocate("é", "e\u0301")).containsExactly("é~4a99557e", "é");
        assertThat(allocate("\ud800", "\ud801")).doesNotHaveDuplicates();
    }

    @Test
    void avoidsWhatIsTaken() {
        assertThat(FileNames.allocate(List.of(candidate("Page", "", "")), Set.of(FileNames.fold("page"))))
                .singleElement()
                .asString()
                .matches("Page~[0-9a-f]{8}");
    }

    @Test
    void checksMadeUpNamesToo() {
        String hash = FileNames.hash("button");
        Set<String> taken = Set.of(FileNames.fold("button~" + hash.substring(0, 8)));
        assertThat(FileNames.allocate(List.of(candidate("button", "", ""), candidate("Button", "", "")), taken))
                .containsExactly("button~" + hash.substring(0, 9), "Button");
        assertThat(FileNames.allocate(List.of(candidate("b", "1", ""), candidate("b", "2", "")), Set.of("B~2")))
                .containsExactly("b", "b~3");
        Set<String> all = new HashSet<>();
        all.add("B");
        for (int digits = 8; digits <= 64; digits++) {
            all.add(FileNames.fold("b~" + FileNames.hash("b").substring(0, digits)));
        }
        assertThat(FileNames.allocate(List.of(candidate("b", "", "")), all))
                .containsExactly("b~" + FileNames.hash("b") + "~2");
    }

    @Test
    void aMadeUpNameNeverTakesThePlaceOfAPlainOne() {
        String cut = FileName.slug("x".repeat(61));
        int ordinal = Integer.parseInt(cut.substring(cut.indexOf('~') + 1), 16);
        assertThat(cut).as("a slug with a hash").matches("x{55}~[0-9a-f]{4}");
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < Math.max(ordinal, 3); i++) {
            candidates.add(candidate("x".repeat(55), "", ""));
        }
        candidates.add(candidate("x".repeat(61), "", ""));
        List<String> names = FileNames.allocate(candidates, Set.of());
        assertThat(names.get(names.size() - 1)).isEqualTo(cut);
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void neverMakesAShortNameOfGit() {
        assertThat(allocate("git", "git", "gi7eba", "gi7eba", "con", "con"))
                .containsExactly("git_", "git_~2", "gi7eba_", "gi7eba_~2", "con_", "con_~2");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void namesHostileThingsForEverySystem(long seed) {
        List<String> trueNames = HostileNames.generate(seed, GENERATED);
        List<String> names = FileNames.allocate(candidates(trueNames, seed), Set.of());

        assertThat(names).hasSameSizeAs(trueNames);
        ObjectChecker git = new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            assertThat(name).as("of %s", trueNames.get(i)).satisfies(FileNamesTest::requireLinux);
            assertThat(name).as("of %s", trueNames.get(i)).satisfies(FileNamesTest::requireMac);
            for (String file : List.of(name, name + ".yaml", name + ".sql")) {
                assertThat(file).as("of %s", trueNames.get(i)).satisfies(FileNamesTest::requireWindows);
                assertThat(FileName.isPortable(file)).as(file).isTrue();
                assertThatCode(() -> git.checkPath(Constants.encode(file), 0, Constants.encode(file).length))
                        .as(file)
                        .doesNotThrowAnyException();
            }
            assertThat(name)
                    .as("needs no quotes, holds no dot")
                    .matches("[\\p{L}\\p{Nd}\\p{M}_~-]+")
                    .doesNotStartWith("-");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void namesAreUniqueWhateverASystemDoesToLetterCase(long seed) {
        List<String> names = FileNames.allocate(candidates(HostileNames.generate(seed, GENERATED), seed), Set.of());
        Map<String, UnaryOperator<String>> systems = Map.of(
                "Linux", n -> n,
                "Windows",
                        n -> n.chars()
                                .collect(
                                        StringBuilder::new,
                                        (s, c) -> s.append(Character.toUpperCase((char) c)),
                                        StringBuilder::append)
                                .toString(),
                "macOS", n -> Normalizer.normalize(n.toLowerCase(Locale.ROOT), Normalizer.Form.NFD),
                "upper", n -> n.toUpperCase(Locale.ROOT),
                "compatible",
                        n -> Normalizer.normalize(n, Normalizer.Form.NFC)
                                .toUpperCase(Locale.ROOT)
                                .toLowerCase(Locale.ROOT),
                "Turkish lower", n -> n.toLowerCase(Locale.forLanguageTag("tr")),
                "Turkish upper", n -> n.toUpperCase(Locale.forLanguageTag("tr")),
                "Lithuanian", n -> n.toLowerCase(Locale.forLanguageTag("lt")));
        systems.forEach((system, fold) ->
                assertThat(names.stream().map(fold).toList()).as(system).doesNotHaveDuplicates());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void namesDependOnWhatThereIsAndNotOnItsOrder(long seed) {
        List<Candidate> candidates = candidates(HostileNames.generate(seed, GENERATED), seed);
        Map<Candidate, String> before = byCandidate(candidates);
        List<Candidate> shuffled = new ArrayList<>(candidates);
        for (int round = 0; round < 3; round++) {
            Collections.shuffle(shuffled, new Random(seed + round));
            Map<Candidate, String> after = byCandidate(shuffled);
            for (Candidate candidate : candidates) {
                assertThat(after.get(candidate)).as(candidate.trueName()).isEqualTo(before.get(candidate));
            }
        }
    }

    @Test
    void whatIsAddedUnderAnotherNameMovesNothing() {
        List<String> before = allocate("orders", "orders", "Orders", "customers");
        List<String> after = allocate("orders", "orders", "Orders", "customers", "visits", "zebra", "order");
        assertThat(after).startsWith(before.toArray(new String[0]));
    }

    private static Map<Candidate, String> byCandidate(List<Candidate> candidates) {
        List<String> names = FileNames.allocate(candidates, Set.of("TAKEN", "BUTTON"));
        Map<Candidate, String> map = new IdentityHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            map.put(candidates.get(i), names.get(i));
        }
        return map;
    }

    /** Some tell themselves apart by order keys, some only by content. */
    private static List<Candidate> candidates(List<String> trueNames, long seed) {
        Random random = new Random(seed);
        List<Candidate> candidates = new ArrayList<>();
        for (String name : trueNames) {
            candidates.add(candidate(name, Integer.toString(random.nextInt(3)), "content " + candidates.size()));
        }
        return candidates;
    }

    private static List<String> allocate(String... trueNames) {
        return FileNames.allocate(
                Arrays.stream(trueNames).map(n -> candidate(n, "", "")).toList(), Set.of());
    }

    private static Candidate candidate(String trueName, String orderKey, String content) {
        return new Candidate(trueName, List.of(orderKey), () -> content);
    }

    // What each system says about itself, written down without looking at FileName.

    private static void requireLinux(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        assertThat(bytes.length).isBetween(1, 255);
        assertThat(bytes).doesNotContain((byte) 0, (byte) '/');
        assertThat(name).isNotIn(".", "..");
        assertThat(new String(bytes, StandardCharsets.UTF_8)).as("text").isEqualTo(name);
    }

    private static void requireMac(String name) {
        assertThat(name).doesNotContain(":", "/");
        assertThat(Normalizer.normalize(name, Normalizer.Form.NFD).length()).isLessThanOrEqualTo(255);
        assertThat(Normalizer.isNormalized(name, Normalizer.Form.NFC)).isTrue();
        assertThat(name.codePoints()).allMatch(Character::isDefined);
        String visible = name.replaceAll("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]", "")
                .toLowerCase(Locale.ROOT);
        assertThat(visible)
                .as("HFS+ ignores the rest")
                .isNotIn(".git", ".gitmodules")
                .isEqualTo(name.toLowerCase(Locale.ROOT));
    }

    private static final Pattern WINDOWS_DEVICE =
            Pattern.compile("(?iu)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\\$|conout\\$) *(\\..*)?");
    private static final Pattern WINDOWS_SHORT_GIT =
            Pattern.compile("(?i)(git|gitmod|gitatt|gitign|mailma)~[0-9]+|(?i)(gi7eba|gi7d29|gi250a|maba30)~[0-9]");

    private static void requireWindows(String name) {
        assertThat(name.length()).isLessThanOrEqualTo(255);
        assertThat(name)
                .doesNotContainPattern("[\\x00-\\x1f<>:\"/\\\\|?*]")
                .doesNotEndWith(".")
                .doesNotEndWith(" ");
        assertThat(WINDOWS_DEVICE.matcher(name).matches()).as("device").isFalse();
        assertThat(WINDOWS_SHORT_GIT.matcher(name).matches()).as("short name").isFalse();
    }
}
