package dev.offshoot.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.Property;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanonicalOrderTest {
    private static final List<String> ORDERED =
            List.of("id", "name", "type", "", "A", "Id", "a", "aa", "b", "ids", "names", "é", "\ue000", "\uffff", "😀");

    @Test
    void putsIdentifyingKeysFirstAndTheRestByCodePoints() {
        for (int seed = 0; seed < 50; seed++) {
            List<String> keys = new ArrayList<>(ORDERED);
            Collections.shuffle(keys, new Random(seed));
            JsonObject.Builder object = JsonObject.builder();
            keys.forEach(k -> object.put(k, "value of " + k));
            JsonObject sorted = CanonicalOrder.sort(object.build());
            assertThat(sorted.keys()).isEqualTo(ORDERED);
            sorted.forEach((k, v) -> assertThat(v).isEqualTo(JsonValue.of("value of " + k)));
        }
    }

    @Test
    void comparesAsCodePointsDo() {
        for (String a : ORDERED.subList(3, ORDERED.size())) {
            for (String b : ORDERED.subList(3, ORDERED.size())) {
                int[] x = ("p" + a).codePoints().toArray();
                int[] y = ("p" + b).codePoints().toArray();
                assertThat(Integer.signum(CanonicalOrder.KEYS.compare("p" + a, "p" + b)))
                        .isEqualTo(Integer.signum(java.util.Arrays.compare(x, y)));
            }
        }
    }

    @Test
    void sortsDeepAndLargeObjectsButNoArrays() {
        Property.holds(11, 2_000, value -> {
            JsonValue sorted = CanonicalOrder.sort(value);
            assertThat(sorted).isEqualTo(value);
            assertThat(JsonReader.read(YamlToJsonOrder.of(value))).isEqualTo(value);
            assertThat(JsonWriter.compact(sorted)).isEqualTo(YamlToJsonOrder.of(value));
            assertThat(CanonicalOrder.sort(sorted)).isSameAs(sorted);
        });
        JsonObject.Builder large = JsonObject.builder();
        for (int i = 999; i >= 100; i--) {
            large.put("k" + i, JsonValue.of(i));
        }
        assertThat(CanonicalOrder.sort(large.build()).keys()).isSorted().hasSize(900);
    }

    /** The order in which the members stand in our YAML, which must be the same. */
    private static final class YamlToJsonOrder {
        static byte[] of(JsonValue value) {
            return JsonWriter.compact(YamlReader.read(YamlWriter.write(value), "yaml"));
        }
    }
}
