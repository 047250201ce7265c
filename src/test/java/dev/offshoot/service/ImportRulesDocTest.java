package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            assertThat(named.getDeclaredMethod(test.group(2)).isAnnotationPresent(Test.class))
                    .as(row)
                    .isTrue();
        }
    }

    private static List<String> rows(String platform) throws IOException {
        List<String> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("docs/platforms/" + platform + ".md"))) {
            inside = line.startsWith("## ") ? line.equals("## Import rules") : inside;
            if (inside && line.startsWith("| ") && line.contains("`") && !line.startsWith("|---")) {
                rows.add(line);
            }
        }
        return rows;
    }
}
