package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row of a platform's table of import rules names a test that exists. */
class ImportRulesDocTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    @ParameterizedTest
    @ValueSource(strings = {"tooljet", "appsmith", "appbuilder", "flowrunner"})
    void everyRowHasATest(String platform) throws Exception {
        List<String> rows = rows(platform);
        assertThat(rows).hasSizeGreaterThan(6);
        for (String row : rows) {
            String[] cells = row.split("\\|");
            assertThat(cells).as(row).hasSize(5);
            Matcher test = TEST.matcher(cells[4].strip());
            assertThat(test.matches()).as(row).isTrue();
            Class<?> named = Class.forName("dev.offshoot.service." + test.group(1));
            Method method = Stream.of(named.getDeclaredMethods())
                    .filter(m -> m.getName().equals(test.group(2)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no such test: " + row));
            assertThat(method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class))
                    .as(row)
                    .isTrue();
        }
    }

    /** A rule that a layout knows and no row speaks of would be one that nobody promised and nobody tests. */
    @ParameterizedTest
    @ValueSource(strings = {"tooljet", "appsmith", "appbuilder", "flowrunner"})
    void everyRuleOfTheLayoutIsInTheTable(String platform) throws Exception {
        String layout = Files.readString(Path.of("src/main/resources/dev/offshoot/layout/" + platform + ".yaml"));
        Matcher imports = Pattern.compile("(?ms)^imports:\n(.*?)^\\S").matcher(layout);
        assertThat(imports.find()).isTrue();
        Set<String> rules = Pattern.compile("(?m)^  ([a-z-]+):")
                .matcher(imports.group(1))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        String section = String.join("\n", section(platform));
        assertThat(rules)
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(section).containsPattern("`(rule=)?" + rule + "`"));
    }

    /** All of them, whether they name a test or not. */
    private static List<String> rows(String platform) throws IOException {
        List<String> table =
                section(platform).stream().filter(line -> line.startsWith("|")).toList();
        assertThat(table.get(0)).endsWith("| here | normalisation | test |");
        assertThat(table.get(1)).startsWith("|---");
        return table.subList(2, table.size());
    }

    private static List<String> section(String platform) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("docs/platforms/" + platform + ".md"))) {
            inside = line.startsWith("## ") ? line.equals("## Import rules") : inside;
            if (inside) {
                lines.add(line);
            }
        }
        return lines;
    }
}
