package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.service.Differences.Difference;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    private static JsonValue json(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static java.util.List<Difference> between(String a, String b) {
        return Differences.between(json(a), json(b), 3);
    }

    @Test
    void orderOfMembersIsNone() {
        assertThat(between("{\"a\": 1, \"b\": [1, 2]}", "{\"b\": [1, 2], \"a\": 1}"))
                .isEmpty();
    }

    @Test
    void saysWhatHappensWhere() {
        assertThat(between(
                        "{\"a\": {\"x/y~\": 1}, \"b\": [1, 2], \"c\": null}",
                        "{\"a\": {\"x/y~\": 1.0}, \"b\": [1], \"d\": null}"))
                .containsExactly(
                        new Difference("/a/x~1y~0", "would change"),
                        new Difference("/b", "would change"),
                        new Difference("/c", "would be lost"));
        assertThat(between("{\"c\": 1}", "{\"c\": 1, \"d\": null}"))
                .containsExactly(new Difference("/d", "would appear"));
        assertThat(between("[{\"a\": 1}]", "[{\"a\": \"1\"}]")).containsExactly(new Difference("/0/a", "would change"));
    }

    @Test
    void stopsWhenItHasEnough() {
        assertThat(between("[1,2,3,4,5,6]", "[0,0,0,0,0,0]")).hasSize(3);
    }
}
