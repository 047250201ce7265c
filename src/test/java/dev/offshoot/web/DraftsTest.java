package dev.offshoot.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.access.Caller;
import dev.offshoot.access.Session;
import dev.offshoot.access.Sessions;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Person;
import dev.offshoot.model.Reason;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.testing.MovedClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DraftsTest {
    private static final WorkspaceName TEAM = new WorkspaceName("team");
    private static final int ROOM = 10_000;

    private final MovedClock clock = new MovedClock();
    private final Sessions sessions = new Sessions(clock, new SecureRandom());
    private final Drafts drafts = new Drafts(sessions, clock, new SecureRandom(), ROOM);
    private final Sessions.Opened ada = sessions.open(Caller.ofInstance(new Person("Ada", "ada@example.org")));
    private final Sessions.Opened bob = sessions.open(Caller.ofInstance(new Person("Bob", "bob@example.org")));

    /** One that cannot be packed. */
    private static Draft.Sent of(int bytes) {
        byte[] document = new byte[bytes];
        new Random(bytes).nextBytes(document);
        return Draft.Sent.of(new BranchName("main"), "x.json", document);
    }

    private boolean isKept(Session owner, DraftId id) {
        try {
            drafts.find(owner, TEAM, id);
            return true;
        } catch (Failure e) {
            assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND);
            return false;
        }
    }

    @Test
    void whatWasSentComesBackAsItWas() {
        byte[] document = "{\"a\": [1, 2, 3]}".repeat(1000).getBytes();
        Draft.Sent sent = Draft.Sent.of(new BranchName("main"), "x.json", document);
        assertThat(sent.document()).isEqualTo(document);
        assertThat(sent.bytes()).isLessThan(document.length / 5);
    }

    @Test
    void itIsForgottenInTime() {
        DraftId id = drafts.keep(ada.session(), TEAM, of(100));
        clock.pass(Duration.ofMinutes(29));
        assertThat(isKept(ada.session(), id)).isTrue();
        clock.pass(Duration.ofMinutes(2));
        assertThat(isKept(ada.session(), id)).isFalse();
    }

    @Test
    void itIsForgottenWithItsSession() {
        drafts.keep(ada.session(), TEAM, of(9_000));
        assertThatThrownBy(() -> drafts.keep(bob.session(), TEAM, of(9_000)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("too many documents");
        sessions.end(ada.id());
        drafts.keep(bob.session(), TEAM, of(9_000));
    }

    @Test
    void onesOwnMakeRoomAndThoseOfOthersDoNot() {
        DraftId others = drafts.keep(bob.session(), TEAM, of(4_000));
        DraftId first = drafts.keep(ada.session(), TEAM, of(4_000));
        DraftId second = drafts.keep(ada.session(), TEAM, of(4_500));
        assertThat(isKept(ada.session(), first)).isFalse();
        assertThat(isKept(ada.session(), second)).isTrue();
        assertThat(isKept(bob.session(), others)).isTrue();
    }

    @Test
    void aSingleOneAlwaysFits() {
        DraftId id = drafts.keep(ada.session(), TEAM, of(ROOM * 2));
        assertThat(isKept(ada.session(), id)).isTrue();
    }

    @Test
    void nobodyElseFindsIt() {
        DraftId id = drafts.keep(ada.session(), TEAM, of(100));
        assertThat(isKept(bob.session(), id)).isFalse();
        assertThatThrownBy(() -> drafts.find(ada.session(), new WorkspaceName("other"), id))
                .isInstanceOf(Failure.class);
        drafts.remove(id);
        assertThat(isKept(ada.session(), id)).isFalse();
    }
}
