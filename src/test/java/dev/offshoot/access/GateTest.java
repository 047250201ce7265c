package dev.offshoot.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.model.Person;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Person ADA = new Person("Ada", "ada@example.org");
    private final Gate gate = new Gate(InstanceToken.of("a-long-enough-token", ADA), Holders.NONE);

    private Optional<Person> admit(String header) {
        return gate.admit(Optional.of(header)).map(Caller::author);
    }

    @Test
    void letsTheTokenInAsItsOwner() {
        assertThat(admit("Bearer a-long-enough-token")).contains(ADA);
        assertThat(admit("bEARER   a-long-enough-token ")).contains(ADA);
        assertThat(admit(basic("git:a-long-enough-token"))).contains(ADA);
        assertThat(admit(basic(":a-long-enough-token"))).contains(ADA);
    }

    @Test
    void aPasswordMayHoldColons() {
        Gate colons = new Gate(InstanceToken.of("a:long:enough:token", ADA), Holders.NONE);
        assertThat(colons.admit(Optional.of(basic("git:a:long:enough:token"))).map(Caller::author))
                .contains(ADA);
    }

    @Test
    void nothingElseGetsIn() {
        assertThat(gate.admit(Optional.empty())).isEmpty();
        for (String header : new String[] {
            "",
            " ",
            "Bearer",
            "Bearer ",
            "Bearer a-long-enough-toke",
            "Bearer a-long-enough-token2",
            "Bearer A-LONG-ENOUGH-TOKEN",
            "a-long-enough-token",
            "Token a-long-enough-token",
            "Basic a-long-enough-token",
            basic("a-long-enough-token"),
            basic("a-long-enough-token:"),
            basic(""),
            "Basic %%%",
            "Bearer " + "x".repeat(10_000)
        }) {
            assertThat(admit(header)).as(header).isEmpty();
        }
    }

    private static String basic(String text) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
