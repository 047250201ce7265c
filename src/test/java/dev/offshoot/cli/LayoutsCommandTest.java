package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code layouts check} on the layouts of {@code docs/layouts.md}: what that page shows is what the command says. */
class LayoutsCommandTest {
    private static final Pattern FILE =
            Pattern.compile("`([a-z]+\\.(?:json|yaml))`:\\n\\n```(?:json|yaml)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SHOWN =
            Pattern.compile("    offshoot (layouts check \\S+ --against \\S+)\\n\\n```text\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private String page;

    private record Run(int code, String out, String err) {}

    @BeforeEach
    void writeFilesOfThePage() throws IOException {
        page = Files.readString(Path.of("docs/layouts.md"));
        Matcher file = FILE.matcher(page);
        while (file.find()) {
            Files.writeString(folder.resolve(file.group(1)), file.group(2));
        }
    }

    private Run run(byte[] in, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CommandLineApp app = new CommandLineApp((options, env) -> {
            throw Failure.of(Reason.BUSY, "port", "not in this test");
        });
        int code = app.run(
                new ByteArrayInputStream(in),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                args);
        String start = folder + "/";
        return new Run(
                code,
                out.toString(StandardCharsets.UTF_8).replace(start, ""),
                err.toString(StandardCharsets.UTF_8).replace(start, ""));
    }

    private Run check(String layout, String... exports) {
        String[] args = Stream.concat(
                        Stream.of("layouts", "check", folder.resolve(layout).toString()),
                        exports.length == 0
                                ? Stream.empty()
                                : Stream.concat(
                                        Stream.of("--against"),
                                        Stream.of(exports)
                                                .map(e -> e.equals("-")
                                                        ? e
                                                        : folder.resolve(e).toString())))
                .toArray(String[]::new);
        return run(new byte[0], args);
    }

    @Test
    void saysWhatThePageShows() {
        Map<String, String> shown = new LinkedHashMap<>();
        Matcher m = SHOWN.matcher(page);
        while (m.find()) {
            shown.put(m.group(1), m.group(2));
        }
        assertThat(shown).hasSize(2);
        shown.forEach((command, text) -> {
            String[] words = command.split(" ");
            Run run = check(words[2], words[4]);
            assertThat(run.out()).as(command).isEqualTo(text);
            assertThat(run.err()).isEmpty();
            assertThat(run.code()).isZero();
        });
    }

    @Test
    void tinyPlatformOfThePageComesBack() {
        Run run = check("pinboard.yaml", "pinboard.json");
        assertThat(run.out()).contains("Shopping.md", "the same document", "the same tree again");
        assertThat(run.code()).isZero();
    }

    @Test
    void wrongLayoutIsRefusedWithItsLine() throws IOException {
        Path layout = folder.resolve("signs.yaml");
        Files.writeString(layout, Files.readString(layout).replace("kind: display,", "kind: displays,"));
        Run run = check("signs.yaml", "signs.json");
        assertThat(run.err()).contains("signs.yaml:28: /kinds/slide/place: no such kind: displays [invalid-layout]");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(3);
    }

    @Test
    void layoutAloneIsChecked() {
        Run run = check("signs.yaml");
        assertThat(run.out())
                .isEqualTo("signs.yaml: the layout is sound; platform signpost with 3 kinds: theme, display, slide\n");
        assertThat(run.code()).isZero();
    }

    @Test
    void exportOfAnotherPlatformIsRefusedAndTheNextOneTried() {
        Run run = check("signs.yaml", "pinboard.json", "signs.json");
        assertThat(run.err()).contains("the layout does not recognise this export");
        assertThat(run.out())
                .contains("pinboard.json: refused", "signs.json: signpost, 13 files", "1 of 2 exports come back");
        assertThat(run.code()).isEqualTo(3);
    }

    @Test
    void fileThatIsNotThereIsNotFound() {
        assertThat(check("nothing.yaml").code()).isEqualTo(5);
        Run run = check("signs.yaml", "nothing.json");
        assertThat(run.err()).contains("nothing.json");
        assertThat(run.code()).isEqualTo(5);
    }

    @Test
    void layoutThatWantsTooMuchIsWarnedOf() throws IOException {
        Files.writeString(
                folder.resolve("greedy.yaml"),
                "platform: greedy\nrecognise: {nodes: $list}\nkinds:\n  flow: {at: '', name: name, place: {under: root, file: 'flows/{name}'}}\n");
        Files.copy(Path.of("src/test/resources/golden/n8n-workflow/input.json"), folder.resolve("flow.json"));
        Run run = check("greedy.yaml", "flow.json");
        assertThat(run.err()).contains("the layout of n8n recognises flow.json too");
        assertThat(run.code()).isZero();
    }

    @Test
    void treeIsShortenedUnlessAskedFor() throws IOException {
        Path layout = Path.of("src/main/resources/dev/offshoot/layout/tooljet.yaml");
        Path export = Path.of("src/test/resources/sample/crm.json");
        Run some = run(new byte[0], "layouts", "check", layout.toString(), "--against", export.toString());
        assertThat(some.out()).containsPattern("… and \\d+ more; --all-files shows them");
        Run all =
                run(new byte[0], "layouts", "check", layout.toString(), "--all-files", "--against", export.toString());
        assertThat(all.out())
                .doesNotContain("more; --all-files")
                .hasSizeGreaterThan(some.out().length());
        Run in = run(Files.readAllBytes(export), "layouts", "check", layout.toString(), "--against", "-");
        assertThat(in.out().replace("-: ", export + ": ")).isEqualTo(some.out());
    }

    @Test
    void listNamesPlatformsAndKinds() {
        Run run = run(new byte[0], "layouts", "list");
        assertThat(run.out().lines()).hasSizeGreaterThanOrEqualTo(8).anyMatch(l -> l.matches("n8n +workflow, node"));
        assertThat(run(new byte[0], "layouts").code()).isEqualTo(2);
    }
}
