package dev.offshoot.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointerTest {
    private static final JsonValue VALUE = JsonReader.read(
            "{'a':{'b':[1,{'b':2,'c/d':{'b':null}}],'x~':{'b':3}},'b':4}"
                    .replace('\'', '"')
                    .getBytes(StandardCharsets.UTF_8),
            Limits.DEFAULT);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a/b | /a/b",
                "a/b/1/b | /a/b/1/b",
                "a/nothing | ''",
                "a/* | /a/b /a/x~0",
                "a/*/b | /a/x~0/b",
                "a/b/* | /a/b/0 /a/b/1",
                "a/b/*/b | /a/b/1/b",
                "a/? | /a/b /a/x~0",
                "a/b/? | ''",
                "**/b | /b /a/b /a/b/1/b /a/b/1/c~1d/b /a/x~0/b",
                "a/**/b | /a/b /a/b/1/b /a/b/1/c~1d/b /a/x~0/b",
                "a/b/** | /a/b /a/b/0 /a/b/1 /a/b/1/b /a/b/1/c~1d /a/b/1/c~1d/b",
                "a/x~0/*/** | /a/x~0/b",
                "a/x~0/** | /a/x~0 /a/x~0/b",
            })
    void matchesAreFoundWithTheWayToThem(String pattern, String found) {
        List<String> pointers = new ArrayList<>();
        Pointer.parse(pattern).each(VALUE, (pointer, value) -> {
            pointers.add(pointer);
            assertThat(Pointer.parse(pointer).get(VALUE)).contains(value);
        });
        assertThat(String.join(" ", pointers)).isEqualTo(found);
    }
}
