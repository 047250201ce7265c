package dev.offshoot.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlReader;
import dev.offshoot.format.YamlWriter;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.testing.Mutants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong layout is refused when it loads, with its file, the line and what is wrong there. */
class LayoutLintTest {
    /** A layout with a bit of everything; each case changes one thing in it. */
    private static final String SOUND = """
            platform: pinboard
            ids: uuid
            recognise: {boards: $list}
            document: {ledger: date, apart: {loose: board}}
            kinds:
              board:
                at: boards/*
                id: id
                name: title
                main: true
                symbols: {office: office}
                fresh: {office: office, seen: time}
                place: {under: root, folder: 'boards/{name}', file: board}
              page:
                in: board
                at: pages/*
                id: id
                name: draft/name
                halves: {draft: draft, printed: printed}
                park: name
                sets: ['@/tags/*/words', '@/tags']
                derived: ['@/size']
                facets: {notes: notes}
                text: {at: '@/body', suffix: .md}
                tree:
                  at: '@/root'
                  name: label
                  folder: boxes
                  fold: {type: SHELL}
                  arrangement: {x: left, y: top}
                place: {under: container, folder: 'pages/{name}', file: page}
              pin:
                in: page
                at: pins/*
                id: $key
                scope: content
                name: label
                satellites: {colour: colours}
                implied: {code: {text: '{label}-x'}, label2: {same: code}}
                place: {under: container, file: 'pins/{name}'}
              stroke:
                in: page
                at: strokes/*
                order: index
                place: {under: container, embed: strokes}
              hint:
                in: page
                at: hints/*
                name: text
                place: {under: container, entry: hints}
            """;

    @Test
    void soundLayoutIsRead() {
        assertThat(read(SOUND).kinds()).hasSize(5);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                // Words and names.
                Arguments.of("main: true", "mian: true", 10, "unknown word"),
                Arguments.of("in: board", "in: bored", 15, "no such kind: bored"),
                Arguments.of("  stroke:", "  document:", 41, "cannot be the name of a kind"),
                Arguments.of("platform: pinboard", "platform: pin/..", 1, "not a portable file name"),
                Arguments.of("ids: uuid", "ids: uuids", 2, "unknown shape of ids"),
                Arguments.of("recognise: {boards: $list}", "recognise: {boards: '['}", 3, "not a pattern"),
                Arguments.of("scope: content", "scope: contents", 36, "instance or content"),
                Arguments.of("    id: $key\n    scope: content", "    scope: content", 35, "no id"),
                Arguments.of("apart: {loose: board}", "apart: {loose: page}", 4, "cut from the document"),
                Arguments.of("apart: {loose: board}", "apart: {'loose/*': board}", 4, "one place"),
                // Places.
                Arguments.of("embed: strokes}", "embed: strokes, file: stroke}", 45, "in one way"),
                Arguments.of(
                        "under: container, embed",
                        "under: container, field: page, kind: page, embed",
                        45,
                        "in one way"),
                Arguments.of("entry: hints}", "entry: hints, position: index}", 50, "position needs embed"),
                Arguments.of("entry: hints}", "entry: hints, flatten: board}", 50, "flatten needs a file of its own"),
                Arguments.of("file: 'pins/{name}'}", "file: 'pins/{name}', by: label}", 40, "by needs embed"),
                Arguments.of("under: container, entry", "under: root, entry", 50, "needs a file or a folder"),
                Arguments.of(
                        "under: container, entry",
                        "under: container, kind: page, entry",
                        50,
                        "belongs to field and listed"),
                Arguments.of("file: 'pins/{name}'}", "file: '{name}/pins'}", 40, "only the last segment"),
                // Halves.
                Arguments.of("    halves: {draft: draft, printed: printed}\n", "", 20, "no halves"),
                Arguments.of("{draft: draft, printed: printed}", "{draft: draft}", 19, "at least two halves"),
                Arguments.of(
                        "{draft: draft, printed: printed}",
                        "{draft: draft, printed: draft}",
                        19,
                        "the member draft too"),
                Arguments.of(
                        "{draft: draft, printed: printed}",
                        "{draft: draft, pages: printed}",
                        19,
                        "already one of what a board holds"),
                Arguments.of("name: draft/name", "name: '@/name'", 18, "cannot be said of a place in each half"),
                Arguments.of("name: title", "name: '@/title'", 9, "there are no halves"),
                Arguments.of("    order: index", "    park: index", 44, "no halves of which one could be parked"),
                // Trees.
                Arguments.of("at: '@/root'", "at: root", 26, "one place of a half"),
                Arguments.of("folder: boxes", "folder: pins", 28, "has its files in pins already"),
                Arguments.of("{x: left, y: top}", "{in: left, y: top}", 30, "says the nesting"),
                Arguments.of("{x: left, y: top}", "{x: left, y: left}", 30, "the member left is said already"),
                Arguments.of("folder: 'pages/{name}', file: page", "file: 'pages/{name}'", 25, "it must have one"),
                Arguments.of(
                        "    satellites:",
                        "    arrangement: [x]\n    satellites:",
                        38,
                        "the arrangement of a page is that of its tree"),
                Arguments.of("    facets: {notes: notes}", "    arrangement: [x]", 23, "say it in tree"),
                // Side files and lines.
                Arguments.of(
                        "facets: {notes: notes}", "facets: {page: notes}", 23, "page.yaml is already the main file"),
                Arguments.of(
                        "facets: {notes: notes}",
                        "facets: {derived: notes}",
                        23,
                        "derived.yaml is already the derived lines"),
                Arguments.of(
                        "facets: {notes: notes}", "facets: {hints: notes}", 31, "hints.yaml is already another file"),
                Arguments.of("facets: {notes: notes}", "facets: {notes: 'notes/*'}", 23, "one place, not a pattern"),
                Arguments.of("suffix: .md", "suffix: md", 24, "starts with a dot"),
                Arguments.of(
                        "{at: '@/body', suffix: .md}",
                        "[{at: '@/body', suffix: .md}, {at: '@/more', suffix: .md}]",
                        24,
                        "stands for both"),
                Arguments.of(
                        "{at: '@/body', suffix: .md}", "{at: '@/*/body', suffix: .md}", 24, "one place, not a pattern"),
                Arguments.of("    order: index", "    text: {at: body, suffix: .md}", 44, "no files of its own"),
                Arguments.of("    order: index", "    binary: {at: body}", 44, "no files of its own"),
                Arguments.of("    order: index", "    derived: size", 44, "no line of its own"),
                Arguments.of("    order: index", "    order: document", 44, "none of its own"),
                // Sets, ids, references.
                Arguments.of(
                        "['@/tags/*/words', '@/tags']",
                        "['@/tags', '@/tags/*/words']",
                        21,
                        "the inner one comes first"),
                Arguments.of("    order: index", "    refs: page", 44, "lead where they lead by themselves"),
                Arguments.of("ids: uuid\n", "", 10, "no ids"),
                Arguments.of("seen: time", "seen: now", 12, "time, null, a symbol"),
                Arguments.of("    order: index", "    unless: {bored: x}", 44, "no such kind: bored"),
                Arguments.of("    order: index", "    same-as: bored", 44, "no such kind: bored"),
                Arguments.of("    id: $key\n    scope: content", "    id: id", 37, "keyed by an id that is content"),
                Arguments.of("at: pins/*", "at: pin", 38, "beside a list or a map"),
                Arguments.of("{colour: colours}", "{colour: 'c/*'}", 38, "one map is expected"),
                Arguments.of("{same: code}", "{same: label2}", 39, "implied by itself"),
                Arguments.of("{text: '{label}-x'}", "{text: '{label2}-x'}", 39, "implied by itself"),
                Arguments.of(
                        "    in: board\n    at: pages/*",
                        "    in: board\n    at: {board: pages/*}",
                        15,
                        "says it again"),
                Arguments.of("document: {", "document: {list: pins, ", 7, "the document is a list"),
                // Two kinds in one place.
                Arguments.of("entry: hints}", "file: 'pins/{name}'}", 50, "is also that of pin"),
                Arguments.of("file: 'pins/{name}'", "folder: 'pages/{name}', file: pin", 31, "stand both in"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrong")
    void wrongLayoutIsRefused(String sound, String wrong, int line, String reason) {
        assertThat(SOUND).contains(sound);
        String text = SOUND.replaceFirst(Pattern.quote(sound), Matcher.quoteReplacement(wrong));
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(Failure.class, f -> {
            assertThat(f.reason()).isEqualTo(Reason.INVALID_LAYOUT);
            assertThat(f.problems().get(0).message()).contains(reason);
            assertThat(f.problems().get(0).where()).isEqualTo("pins.yaml:" + line);
        });
    }

    @Test
    void brokenYamlIsRefusedWithItsLine() {
        assertThatThrownBy(() -> read("platform: x\nkinds: [\n"))
                .isInstanceOfSatisfying(
                        Failure.class,
                        f -> assertThat(f.problems().get(0).where()).startsWith("pins.yaml:"));
    }

    /** Whatever a layout says, it is read or refused with a reason: never an error of ours. */
    @Test
    void damagedLayoutsAreReadOrRefused() throws IOException {
        List<String> broken = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/dev/offshoot/layout"))) {
            for (Path file : files.sorted().toList()) {
                JsonValue layout = YamlReader.read(Files.readAllBytes(file), file.toString());
                for (long seed = 0; seed < 100; seed++) {
                    JsonValue damaged = Mutants.of(layout, seed).document();
                    Throwable thrown = catchThrowable(() -> LayoutReader.read("x.yaml", YamlWriter.write(damaged)));
                    if (thrown != null && !(thrown instanceof Failure)) {
                        broken.add(
                                file.getFileName() + " " + seed + ": " + thrown + " at " + thrown.getStackTrace()[0]);
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static Layout read(String text) {
        return LayoutReader.read("pins.yaml", text.getBytes(StandardCharsets.UTF_8));
    }
}
