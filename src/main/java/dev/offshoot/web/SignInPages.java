package dev.offshoot.web;

import static dev.offshoot.web.Html.attr;
import static dev.offshoot.web.Html.cls;
import static dev.offshoot.web.Html.el;
import static dev.offshoot.web.Html.text;

import dev.offshoot.access.Caller;
import dev.offshoot.access.Callers;
import dev.offshoot.access.Gate;
import dev.offshoot.access.SessionCookie;
import dev.offshoot.access.Sessions;
import dev.offshoot.access.Throttle;
import dev.offshoot.web.Html.Name;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;

/** Signing in exchanges the token for a session; signing out ends it. */
final class SignInPages {
    private static final String NEXT = "next";

    private final Callers callers;
    private final Throttle throttle;

    SignInPages(Callers callers, Throttle throttle) {
        this.callers = callers;
        this.throttle = throttle;
    }

    /** What a stranger sees wherever they knock; after the sign-in they get where they wanted to go. */
    static Reply ask(Context ctx) {
        String wanted = ctx.req().getRequestURI()
                + Optional.ofNullable(ctx.req().getQueryString())
                        .map(q -> "?" + q)
                        .orElse("");
        boolean reading = ctx.req().getMethod().equals("GET");
        if (reading && "cross-site".equals(ctx.header("Sec-Fetch-Site"))) {
            // Who follows a link from another site comes without the cookie. Asked once more from here, the browser
            // sends it.
            ctx.header("Refresh", "0");
        }
        return form(ctx, 401, next(reading ? wanted : ""), Html.NONE);
    }

    /** A token came. */
    Reply signIn(Context ctx) {
        Form form = Form.ofStranger(ctx);
        Link next = next(form.raw(NEXT).orElse(""));
        Duration delay = throttle.delayOf(ctx.req().getRemoteAddr());
        if (!delay.isZero()) {
            ctx.header("Retry-After", String.valueOf(delay.toSeconds() + 1));
            return form(
                    ctx,
                    429,
                    next,
                    alert("Too many wrong tokens came from your address. Wait "
                            + Words.count((int) delay.toMinutes() + 1, "minute", "minutes") + " and try again."));
        }
        Optional<Caller> caller = caller(form);
        if (caller.isEmpty()) {
            throttle.wrong(ctx.req().getRemoteAddr());
            return form(
                    ctx,
                    401,
                    next,
                    alert(
                            "This is no token of this instance, or no longer good, or not the password of that account."));
        }
        end(ctx);
        Sessions.Opened opened = callers.sessions().open(caller.get());
        ctx.res().addHeader("Set-Cookie", cookie(ctx).set(opened.id()));
        return new Reply.GoTo(next);
    }

    /** With an e-mail address the other field holds a password, without one a token. */
    private Optional<Caller> caller(Form form) {
        Optional<String> proof = form.text("token");
        return form.text("email")
                .map(email -> proof.flatMap(password -> callers.gate().signIn(new Gate.Login(email, password))))
                .orElseGet(() -> proof.flatMap(callers.gate()::holderOf));
    }

    Reply signOut(Visit visit) {
        visit.form();
        end(visit.ctx());
        visit.ctx().res().addHeader("Set-Cookie", cookie(visit.ctx()).clear());
        return new Reply.GoTo(Link.HOME);
    }

    private void end(Context ctx) {
        Optional.ofNullable(ctx.header("Cookie")).flatMap(cookie(ctx)::in).ifPresent(callers.sessions()::end);
    }

    private static SessionCookie cookie(Context ctx) {
        return new SessionCookie(ctx.req().isSecure(), ctx.req().getServerPort());
    }

    private static Link next(String wanted) {
        return Link.isOurs(wanted) && wanted.startsWith(Link.WORKSPACES.value()) ? new Link(wanted) : Link.HOME;
    }

    private static Html alert(String what) {
        return el(Tag.P, cls("alert"), attr(Name.ROLE, "alert"), text(what));
    }

    private static Reply form(Context ctx, int status, Link next, Html message) {
        if (status == 401) {
            // Of the two ways to send a token, the one that makes no browser open a window of its own.
            ctx.header("WWW-Authenticate", "Bearer realm=\"Offshoot\"");
        }
        return new Reply.Show(
                status,
                Frame.open(
                        "Sign in",
                        Frame.main(
                                "narrow",
                                el(Tag.H1, "Sign in"),
                                message,
                                el(
                                        Tag.FORM,
                                        cls("card stack"),
                                        attr(Name.METHOD, "post"),
                                        attr(Name.ACTION, Link.SESSION),
                                        Frame.hidden(NEXT, next.value()),
                                        el(
                                                Tag.LABEL,
                                                attr(Name.FOR, "email"),
                                                text("E-mail address, if you have an account")),
                                        el(
                                                Tag.INPUT,
                                                attr(Name.TYPE, "email"),
                                                attr(Name.ID, "email"),
                                                attr(Name.NAME, "email"),
                                                attr(Name.AUTOCOMPLETE, "username")),
                                        el(Tag.LABEL, attr(Name.FOR, "token"), text("Your password, or a token")),
                                        el(
                                                Tag.INPUT,
                                                attr(Name.TYPE, "password"),
                                                attr(Name.ID, "token"),
                                                attr(Name.NAME, "token"),
                                                attr(Name.AUTOCOMPLETE, "current-password"),
                                                attr(Name.ARIA_DESCRIBEDBY, "token-help"),
                                                attr(Name.REQUIRED, ""),
                                                attr(Name.AUTOFOCUS, "")),
                                        el(
                                                Tag.P,
                                                cls("muted"),
                                                attr(Name.ID, "token-help"),
                                                text(
                                                        "The server showed its own token once, when it started for the first time, or its operator"
                                                                + " chose it. You stay signed in for half an hour after your last click.")),
                                        el(Tag.BUTTON, cls("main"), text("Sign in"))))));
    }
}
