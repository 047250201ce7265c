package dev.offshoot.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the reader accepts is what {@code docs/layouts.md} describes: every word with an example, and no word more. */
class LayoutDocsTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void everyWordIsDescribedAndNoOther() throws IOException {
        Map<String, Map<String, String>> described = described();
        assertThat(described.keySet())
                .containsExactlyInAnyOrderElementsOf(LayoutWords.all().keySet());
        LayoutWords.all()
                .forEach((heading, words) -> assertThat(described.get(heading).keySet())
                        .as(heading)
                        .containsExactlyInAnyOrderElementsOf(words));
    }

    @Test
    void everyWordHasAnExample() throws IOException {
        described()
                .forEach((heading, words) -> words.forEach((word, examples) -> {
                    Set<String> keys = new LinkedHashSet<>();
                    for (String example : code(examples)) {
                        keys.addAll(((JsonObject) YamlReader.read(
                                        example.replace("\\|", "|").getBytes(StandardCharsets.UTF_8), heading))
                                .keys());
                    }
                    assertThat(keys).as(heading + ", " + word + ": " + examples).contains(word);
                }));
    }

    /** Words that no layout of ours says would be words that nothing proves. */
    @Test
    void everyWordOfAKindIsUsed() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(Path.of("src/main/resources/dev/offshoot/layout"))) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
        }
        assertThat(LayoutWords.KIND).allSatisfy(word -> assertThat(all).containsPattern("(?m)^ *" + word + ":"));
    }

    /** By heading and word, the cell with the examples. */
    private static Map<String, Map<String, String>> described() throws IOException {
        Map<String, Map<String, String>> found = new LinkedHashMap<>();
        Map<String, String> words = null;
        for (String line : Files.readAllLines(Path.of("docs/layouts.md"))) {
            if (line.startsWith("#")) {
                words = line.startsWith("### Words ")
                        ? found.computeIfAbsent(line.substring(4), h -> new LinkedHashMap<>())
                        : null;
            } else if (words != null && line.startsWith("| `")) {
                String[] cells = line.split("(?<!\\\\)\\|");
                for (String word : code(cells[1])) {
                    words.put(word, cells[3]);
                }
            }
        }
        return found;
    }

    private static List<String> code(String text) {
        Matcher m = CODE.matcher(text);
        return m.results().map(r -> r.group(1)).toList();
    }
}
