package dev.offshoot.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.model.Person;
import dev.offshoot.testing.MovedClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final Person ADA = new Person("Ada", "ada@example.org");
    private static final Caller CALLER = Caller.ofInstance(ADA);

    private final MovedClock clock = new MovedClock();
    private final Sessions sessions = new Sessions(clock, new SecureRandom());

    @Test
    void aSessionIsFoundByItsIdAlone() {
        Sessions.Opened opened = sessions.open(CALLER);
        assertThat(sessions.find(opened.id())).contains(opened.session());
        assertThat(opened.session().person()).isEqualTo(ADA);
        assertThat(sessions.find(new SessionId("A".repeat(43)))).isEmpty();
    }

    @Test
    void anIdThatSomebodyBringsAlongIsNeverTaken() {
        SessionId brought = new SessionId("x".repeat(43));
        sessions.find(brought);
        Sessions.Opened opened = sessions.open(CALLER);
        assertThat(opened.id()).isNotEqualTo(brought);
        assertThat(sessions.find(brought)).isEmpty();
    }

    @Test
    void halfAnHourWithoutARequestEndsIt() {
        SessionId id = sessions.open(CALLER).id();
        clock.pass(Sessions.IDLE);
        assertThat(sessions.find(id)).isPresent();
        clock.pass(Sessions.IDLE.plusSeconds(1));
        assertThat(sessions.find(id)).isEmpty();
    }

    @Test
    void eightHoursEndItHoweverBusyItIs() {
        Sessions.Opened opened = sessions.open(CALLER);
        for (Duration passed = Duration.ZERO; passed.compareTo(Sessions.LONGEST) < 0; passed = passed.plusMinutes(20)) {
            assertThat(sessions.find(opened.id())).isPresent();
            clock.pass(Duration.ofMinutes(20));
        }
        clock.pass(Duration.ofSeconds(1));
        assertThat(sessions.lasts(opened.session())).isFalse();
        assertThat(sessions.find(opened.id())).isEmpty();
    }

    @Test
    void signingOutEndsThatSessionAndNoOther() {
        Sessions.Opened one = sessions.open(CALLER);
        Sessions.Opened other = sessions.open(CALLER);
        sessions.end(one.id());
        assertThat(sessions.find(one.id())).isEmpty();
        assertThat(sessions.lasts(one.session())).isFalse();
        assertThat(sessions.find(other.id())).isPresent();
    }

    @Test
    void idsAndFormTokensAreNeverTheSame() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            Sessions.Opened opened = sessions.open(CALLER);
            assertThat(seen.add(opened.id().value())).isTrue();
            assertThat(seen.add(opened.session().formToken())).isTrue();
        }
    }

    @Test
    void tooManySignOutTheQuietest() {
        List<SessionId> ids = new ArrayList<>();
        for (int i = 0; i < Sessions.MOST; i++) {
            ids.add(sessions.open(CALLER).id());
        }
        sessions.find(ids.get(0));
        sessions.open(CALLER);
        assertThat(sessions.find(ids.get(0))).isPresent();
        assertThat(sessions.find(ids.get(1))).isEmpty();
        assertThat(sessions.find(ids.get(2))).isPresent();
    }

    @Test
    void nothingPrintsWhatABrowserHolds() {
        Sessions.Opened opened = sessions.open(CALLER);
        assertThat(opened.toString())
                .doesNotContain(opened.id().value())
                .doesNotContain(opened.session().formToken());
    }
}
