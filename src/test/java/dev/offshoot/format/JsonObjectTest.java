package dev.offshoot.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonObjectTest {
    /** Every way of finding a member, with keys whose hash codes differ and with keys that all have the same one. */
    static Stream<Arguments> sizes() {
        return Stream.of(1, 19, 20, 31, 32, 255, 256, 600)
                .flatMap(n -> Stream.of(Arguments.of(n, false), Arguments.of(n, true)));
    }

    private static String key(int i, boolean sameHash) {
        if (!sameHash) {
            return "key " + i;
        }
        StringBuilder key = new StringBuilder();
        for (int bit = 0; bit < 10; bit++) {
            key.append((i >> bit & 1) == 0 ? "Aa" : "BB"); // both have one hash code
        }
        return key.toString();
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void everyMemberIsFoundAtItsPlaceAndNothingElse(int size, boolean sameHash) {
        JsonObject.Builder all = JsonObject.builder();
        for (int i = 0; i < size; i++) {
            all.put(key(i, sameHash), JsonNull.NULL);
        }
        JsonObject object = all.build();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < size; i++) {
                assertThat(object.indexOf(key(i, sameHash))).isEqualTo(i);
            }
            assertThat(object.indexOf(key(size, sameHash))).isEqualTo(-1);
            assertThat(object.indexOf("")).isEqualTo(-1);
        }
        assertThat(object.without(key(0, sameHash)).indexOf(key(size - 1, sameHash)))
                .isEqualTo(size - 2);
    }
}
