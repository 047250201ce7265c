package dev.offshoot.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionCookieTest {
    private static final SessionId ID = new SessionId("abcDEF-_".repeat(5) + "xyz");

    @Test
    void scriptsAndOtherSitesNeverGetIt() {
        assertThat(new SessionCookie(false, 8080).set(ID))
                .isEqualTo("offshoot-8080=" + ID.value() + "; Path=/; Max-Age=28800; HttpOnly; SameSite=Strict");
    }

    @Test
    void overHttpsItNeverTravelsInTheClear() {
        assertThat(new SessionCookie(true, 443).set(ID))
                .isEqualTo("__Host-offshoot-443=" + ID.value()
                        + "; Path=/; Max-Age=28800; HttpOnly; SameSite=Strict; Secure");
    }

    @Test
    void itIsReadFromAmongOthers() {
        SessionCookie cookie = new SessionCookie(false, 80);
        assertThat(cookie.in("a=b; offshoot-80=" + ID.value() + "; c=d")).contains(ID);
        assertThat(cookie.in("offshoot-80=" + ID.value())).contains(ID);
    }

    @Test
    void whatIsNotItIsNotTaken() {
        SessionCookie cookie = new SessionCookie(true, 443);
        String name = "__Host-offshoot-443=";
        assertThat(cookie.in("offshoot-443=" + ID.value())).isEmpty();
        assertThat(cookie.in("x" + name + ID.value())).isEmpty();
        assertThat(cookie.in(name + "short")).isEmpty();
        assertThat(cookie.in(name + ID.value() + "x")).isEmpty();
        assertThat(cookie.in(name)).isEmpty();
        assertThat(cookie.in("")).isEmpty();
        assertThat(cookie.in(name + ID.value() + "; " + name + ID.value())).isEmpty();
    }
}
