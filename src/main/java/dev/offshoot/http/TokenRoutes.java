package dev.offshoot.http;

import dev.offshoot.access.Caller;
import dev.offshoot.access.Gate;
import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.WorkspaceId;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.people.AccessGrant;
import dev.offshoot.people.Account;
import dev.offshoot.people.AccountId;
import dev.offshoot.people.Profile;
import dev.offshoot.people.Scope;
import dev.offshoot.people.TokenId;
import dev.offshoot.people.Tokens;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Tokens: a person gets one for e-mail address and password, an administrator makes one for a service. Who signs in too often with a wrong
 * password has to wait.
 */
final class TokenRoutes {
    private static final int LONGEST_DAYS = 3660;
    private static final int ALL_DAYS = 90;

    private final Doorkeeping doors;
    private final Tokens tokens;

    TokenRoutes(Doorkeeping doors) {
        this.doors = doors;
        this.tokens = doors.registry().tokens();
    }

    void addTo(RoutesConfig routes) {
        routes.post("/api/tokens", this::issue);
        routes.get("/api/tokens", this::list);
        routes.delete("/api/tokens/{token}", this::revoke);
        routes.get("/api/caller", this::caller);
    }

    private void issue(Context ctx) {
        Query.of(ctx, Set.of());
        Optional<String> authorization = Optional.ofNullable(ctx.header("Authorization"));
        Caller caller = doors.callers()
                .gate()
                .admit(authorization)
                .or(() -> signIn(ctx, authorization))
                .orElseThrow(() -> Failure.of(
                        Reason.UNAUTHENTICATED,
                        "",
                        "e-mail address and password are wrong, or missing",
                        "send them as Basic, or the token of an administrator"));
        Fields fields = Fields.of(ctx, Set.of("account", "label", "scope", "workspace", "days"));
        AccountId account = fields.optional("account", TokenRoutes::account)
                .map(id -> mayMakeFor(caller, id))
                .orElseGet(() -> self(caller));
        Tokens.Issued issued = tokens.issue(new Tokens.Wanted(
                account,
                fields.optional("label", text -> text).orElse(""),
                fields.optional("scope", TokenRoutes::scope).orElse(Scope.WRITE),
                fields.optional("workspace", WorkspaceName::new).map(this::workspace),
                Optional.of(ends(fields.optional("days", TokenRoutes::days).orElse(ALL_DAYS)))));
        ctx.header("Cache-Control", "no-store");
        Answers.json(
                ctx,
                201,
                JsonObject.builder()
                        .put("token", issued.token().reveal())
                        .putAll(AccountJson.of(issued.grant()).build())
                        .build());
    }

    private Optional<Caller> signIn(Context ctx, Optional<String> authorization) {
        return Gate.login(authorization).flatMap(login -> {
            Duration wait = doors.signIns().delayOf(ctx.req().getRemoteAddr());
            if (!wait.isZero()) {
                ctx.header("Retry-After", String.valueOf(wait.toSeconds() + 1));
                throw Failure.of(
                        Reason.THROTTLED, "", "too many wrong passwords came from your address", "try again later");
            }
            Optional<Caller> caller = doors.callers().gate().signIn(login);
            if (caller.isEmpty()) {
                doors.signIns().wrong(ctx.req().getRemoteAddr());
            }
            return caller;
        });
    }

    /** A password makes tokens for its own account; a token that somebody lost makes no more of itself. */
    private static AccountId self(Caller caller) {
        if (caller.proof() instanceof Caller.Proof.Password password) {
            return password.id();
        }
        throw Failure.of(
                Reason.FORBIDDEN,
                "",
                "a token makes no other token of its account",
                "send e-mail address and password as Basic, or name a service as \"account\"");
    }

    private AccountId mayMakeFor(Caller caller, AccountId id) {
        if (!caller.isAdministrator()) {
            throw Failure.of(Reason.FORBIDDEN, "/account", "only administrators make tokens for others");
        }
        Profile profile = doors.registry()
                .people()
                .find(id)
                .orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "/account", "there is no account " + id));
        if (profile.account().kind() != Account.Kind.SERVICE) {
            throw Failure.of(
                    Reason.FORBIDDEN,
                    "/account",
                    "nobody makes tokens in the name of another person",
                    "make an account of kind service, or let the person sign in");
        }
        return id;
    }

    private WorkspaceId workspace(WorkspaceName name) {
        return doors.workspaces()
                .apply(name)
                .orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "/workspace", "no workspace named " + name));
    }

    private Instant ends(int days) {
        return doors.clock().instant().plus(Duration.ofDays(days));
    }

    private void list(Context ctx) {
        Query.of(ctx, Set.of());
        Caller caller = FrontDoor.who(ctx.req());
        List<JsonObject> shown = tokens.list().stream()
                .filter(grant -> maySee(caller, grant))
                .map(grant -> AccountJson.of(grant).build())
                .toList();
        Answers.json(
                ctx,
                200,
                JsonObject.builder().put("tokens", JsonArray.of(shown)).build());
    }

    private void revoke(Context ctx) {
        Query.of(ctx, Set.of());
        TokenId id = new TokenId(uuid(ctx.pathParam("token"), "token"));
        tokens.find(id)
                .filter(grant -> maySee(FrontDoor.who(ctx.req()), grant))
                .orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "token", "there is no token " + id));
        tokens.revoke(id);
        ctx.status(204);
    }

    private static boolean maySee(Caller caller, AccessGrant grant) {
        return caller.isAdministrator()
                || caller.account().filter(a -> a.id().equals(grant.account())).isPresent();
    }

    /** Who one is here, and what one may. */
    private void caller(Context ctx) {
        Query.of(ctx, Set.of());
        Caller caller = FrontDoor.who(ctx.req());
        JsonObject.Builder json =
                JsonObject.builder().put("name", caller.author().name());
        if (caller.standing() instanceof Caller.Standing.OfAccount known) {
            json.put("scope", known.scope().word()).put("account", AccountJson.of(known.profile()));
        } else {
            json.put("scope", Scope.ADMIN.word());
        }
        Answers.json(ctx, 200, json.build());
    }

    private static AccountId account(String text) {
        return new AccountId(uuid(text, "account"));
    }

    static UUID uuid(String text, String what) {
        if (!text.matches("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw Query.refused(what, "not an id", "ids look like 0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f");
        }
        return UUID.fromString(text);
    }

    private static Scope scope(String word) {
        return Scope.of(word).orElseThrow(() -> Query.refused("scope", "unknown", "use read, write or admin"));
    }

    private static int days(String text) {
        int days = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (days < 1 || days > LONGEST_DAYS) {
            throw Query.refused("days", "not a number from 1 to " + LONGEST_DAYS, "");
        }
        return days;
    }
}
