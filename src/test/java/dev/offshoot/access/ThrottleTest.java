package dev.offshoot.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.MovedClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final MovedClock clock = new MovedClock();
    private final Throttle throttle = new Throttle(clock, 3, Duration.ofMinutes(3));

    @Test
    void afterSoManyWrongTriesOneHasToWait() {
        for (int i = 0; i < 3; i++) {
            assertThat(throttle.delayOf("1.2.3.4")).isZero();
            throttle.wrong("1.2.3.4");
        }
        assertThat(throttle.delayOf("1.2.3.4")).isEqualTo(Duration.ofMinutes(1));
        clock.pass(Duration.ofMinutes(1));
        assertThat(throttle.delayOf("1.2.3.4")).isZero();
        throttle.wrong("1.2.3.4");
        assertThat(throttle.delayOf("1.2.3.4")).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void allTriesComeBackInTime() {
        for (int i = 0; i < 3; i++) {
            throttle.wrong("1.2.3.4");
        }
        clock.pass(Duration.ofHours(1));
        throttle.wrong("1.2.3.4");
        throttle.wrong("1.2.3.4");
        assertThat(throttle.delayOf("1.2.3.4")).isZero();
    }

    @Test
    void nobodyLocksOthersOut() {
        for (int i = 0; i < 50; i++) {
            throttle.wrong("1.2.3.4");
        }
        assertThat(throttle.delayOf("1.2.3.5")).isZero();
    }

    @Test
    void anIpv6NetworkIsOneCaller() {
        for (int i = 0; i < 3; i++) {
            throttle.wrong("2001:db8:0:1:0:0:0:" + i);
        }
        assertThat(throttle.delayOf("2001:db8:0:1:0:0:0:99")).isPositive();
        assertThat(throttle.delayOf("2001:db8:0:2:0:0:0:1")).isZero();
    }
}
