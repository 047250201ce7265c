package dev.offshoot.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.layout.Layouts;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Markdown that fits into a comment, and that no name or text breaks out of. */
class ComparisonMarkdownTest {
    private static final String APP = "tooljet/apps/A";

    private final Comparing comparing = new Comparing(Layouts.bundled());

    private static FileTree tree(Map<String, String> files) {
        Map<TreePath, Content> all = new TreeMap<>();
        all.put(TreePath.of(APP + "/app.yaml"), Content.utf8("name: A\n"));
        all.put(TreePath.of(APP + "/versions/v1/version.yaml"), Content.utf8("name: v1\n"));
        files.forEach((path, text) -> all.put(TreePath.of(APP + "/versions/v1/" + path), Content.utf8(text)));
        return FileTree.of(all);
    }

    private String markdown(FileTree before, FileTree after) {
        return ComparisonMarkdown.of(comparing.compare(before, after), Noise.HIDE, "main", "x");
    }

    /** What is left when code spans and fences are taken out: our own words. */
    private static String outsideCode(String markdown) {
        StringBuilder rest = new StringBuilder();
        String fence = "";
        for (String line : markdown.split("\n", -1)) {
            String text = line.strip();
            if (!fence.isEmpty()) {
                fence = text.equals(fence) ? "" : fence;
            } else if (text.matches("`{3,}diff")) {
                fence = text.substring(0, text.length() - "diff".length());
            } else {
                rest.append(line.replaceAll("(?<!`)(`+)(?!`).*?(?<!`)\\1(?!`)", ""))
                        .append('\n');
            }
        }
        assertThat(fence).as("an open fence").isEmpty();
        return rest.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@everyone and #1",
                "`tick` ``two``",
                "</sub><img src=x onerror=alert(1)>",
                "[click](javascript:alert(1))",
                "- x\\n# heading\\n```\\n@team",
                "\\u202Ereversed\\u0007",
                "https://evil.example/?q=1",
                "| a | b |"
            })
    void namesAndValuesAreCode(String hostile) {
        FileTree before = tree(Map.of("queries/q.yaml", "name: \"" + hostile + "\"\nkind: x\noptions:\n  a: 1\n"));
        FileTree after = tree(Map.of(
                "queries/q.yaml",
                "name: \"" + hostile + "\"\nkind: x\noptions:\n  a: \"" + hostile + "\"\n  \"" + hostile + "\": 2\n"));
        String markdown = markdown(before, after);
        assertThat(outsideCode(markdown))
                .doesNotContain("@", "[", "<img", "http", "# h", "#1", "|", "`", "\u202e", "\u0007")
                .doesNotContain("tick", "two", "click", "team", "heading", "reversed", "evil", "everyone")
                .contains("query", "added");
    }

    @Test
    void namesOfWhatACopyDiffersInAreCodeToo() {
        Map<String, String> files = new TreeMap<>();
        for (int i = 0; i < 8; i++) {
            files.put("pages/p/components/c" + i + ".yaml", "name: '@team" + i + "'\n");
        }
        files.put("pages/p/page.yaml", "name: p\n");
        Map<String, String> copied = new TreeMap<>(files);
        files.forEach((path, text) -> copied.put(path.replace("pages/p/", "pages/p2/"), text));
        copied.put("pages/p2/components/c1.yaml", "name: '@team1'\nx: 1\n");
        String markdown = markdown(tree(files), tree(copied));
        assertThat(markdown).contains("a copy of `p` but for `component @team1`");
        assertThat(outsideCode(markdown)).doesNotContain("@");
    }

    @Test
    void textsCannotCloseTheirFence() {
        FileTree before = tree(Map.of("queries/q.yaml", "name: q\n", "queries/q.sql", "a\n"));
        FileTree after =
                tree(Map.of("queries/q.yaml", "name: q\n", "queries/q.sql", "a\n```\n@team\n`````\n@all\r\u2028x\n"));
        String markdown = markdown(before, after);
        assertThat(markdown).contains("``````diff", "+@team");
        assertThat(outsideCode(markdown)).doesNotContain("@");
    }

    @Test
    void longCommentsAreCutAndSayWhatIsLeftOut() {
        Map<String, String> many = new TreeMap<>();
        Map<String, String> changed = new TreeMap<>();
        for (int i = 0; i < 3_000; i++) {
            many.put("queries/q" + i + ".yaml", "name: q" + i + "\n");
            many.put("queries/q" + i + ".sql", "a\n");
            changed.put("queries/q" + i + ".yaml", "name: q" + i + "\n");
            changed.put("queries/q" + i + ".sql", "b".repeat(200) + "\n");
        }
        String markdown = markdown(tree(many), tree(changed));
        assertThat(markdown.length()).isBetween(50_000, ComparisonMarkdown.MOST_CHARACTERS);
        int shown = (int) markdown.lines().filter(l -> l.startsWith("- ")).count();
        assertThat(markdown)
                .contains("**" + (3_000 - shown) + " more changes** left out")
                .contains("lines of source are left out");
    }

    @Test
    void oneEndlessLineOrTextDoesNotFillIt() {
        FileTree before = tree(Map.of("queries/q.yaml", "name: q\n", "queries/q.js", "a\n"));
        FileTree after = tree(Map.of(
                "queries/q.yaml", "name: q\n", "queries/q.js", "x ".repeat(250_000) + "\n" + "y\n".repeat(5_000)));
        String markdown = markdown(before, after);
        assertThat(markdown.length()).isLessThan(10_000);
        assertThat(markdown).contains("(500000 characters)", "more lines not shown");
    }

    @Test
    void saysWhenNothingChanged() {
        assertThat(markdown(tree(Map.of()), tree(Map.of()))).contains("Nothing.");
    }

    @Test
    void secretsAreMasked() {
        List<String> secrets = List.of(
                "hunter2hunter2", "sk-abcdefghijklmnopqrstuvwx", "topsecret99", "swordfish1", "abcDEF0123456789xyz");
        FileTree before = tree(Map.of("queries/q.yaml", "name: q\n", "queries/q.js", "a\n"));
        FileTree after = tree(Map.of(
                "queries/q.yaml",
                "name: q\noptions:\n  password: hunter2hunter2\n  headers:\n    key: sk-abcdefghijklmnopqrstuvwx\n  url: 'postgres://me:swordfish1@db/x'\n"
                        + "  credential:\n    token:\n      value: topsecret99\n",
                "queries/q.js",
                "const password = 'topsecret99';\nfetch(u, {Authorization: 'Bearer abcDEF0123456789xyz'});\n"));
        Comparison comparison = comparing.compare(before, after);
        String all = ComparisonMarkdown.of(comparison, Noise.SHOW, "a", "b")
                + ComparisonText.of(comparison, Noise.SHOW)
                + ComparisonJson.of(comparison, Noise.SHOW);
        assertThat(secrets).allSatisfy(secret -> assertThat(all).doesNotContain(secret));
        assertThat(all).contains(Mask.HIDDEN, "postgres://me:");
    }
}
