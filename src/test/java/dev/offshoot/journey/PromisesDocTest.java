package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Each promise in {@code docs/promises.md} names where it is kept, and a test that exists. */
class PromisesDocTest {
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    @Test
    void everyPromiseHasATest() throws Exception {
        List<String> rows = Files.readAllLines(Path.of("docs/promises.md")).stream()
                .filter(line -> line.startsWith("| "))
                .filter(line -> !line.startsWith("| promise |"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(30);
        for (String row : rows) {
            String[] cells = row.split("(?<!\\\\)\\|");
            assertThat(cells).as(row).hasSize(4);
            assertThat(cells[2].strip()).as(row).startsWith("`");
            Matcher test = TEST.matcher(cells[3].strip());
            assertThat(test.matches()).as(row).isTrue();
            assertThat(methods(test.group(1)))
                    .as(row)
                    .filteredOn(PromisesDocTest::isTest)
                    .extracting(Method::getName)
                    .contains(test.group(2));
        }
    }

    private static List<Method> methods(String simpleName) throws IOException, ClassNotFoundException {
        try (Stream<Path> all = Files.walk(TESTS)) {
            Path file = all.filter(p -> p.endsWith(simpleName + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no test class " + simpleName));
            String name = TESTS.relativize(file).toString().replace('/', '.').replaceFirst("\\.java$", "");
            return Arrays.asList(Class.forName(name).getDeclaredMethods());
        }
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }
}
