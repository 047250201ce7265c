package dev.offshoot.http;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Secret;
import dev.offshoot.model.WorkspaceId;
import dev.offshoot.people.Account;
import dev.offshoot.people.AccountChange;
import dev.offshoot.people.AccountId;
import dev.offshoot.people.Email;
import dev.offshoot.people.GroupRef;
import dev.offshoot.people.MembershipWish;
import dev.offshoot.people.NewAccount;
import dev.offshoot.people.People;
import dev.offshoot.people.Profile;
import dev.offshoot.people.Role;
import dev.offshoot.people.Status;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Accounts, for administrators of the instance; members of a workspace, for its administrators. */
final class AccountRoutes {
    private static final String MEMBERS = "/api/workspaces/{workspace}/members";

    private final Doorkeeping doors;
    private final People people;

    AccountRoutes(Doorkeeping doors) {
        this.doors = doors;
        this.people = doors.registry().people();
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/accounts", this::list);
        routes.post("/api/accounts", this::create);
        routes.get("/api/accounts/{account}", this::show);
        routes.patch("/api/accounts/{account}", this::change);
        routes.delete("/api/accounts/{account}", this::erase);
        routes.get(MEMBERS, this::members);
        routes.put(MEMBERS + "/{account}", this::join);
        routes.delete(MEMBERS + "/{account}", this::leave);
    }

    private void list(Context ctx) {
        Query.of(ctx, Set.of());
        List<JsonObject> all =
                people.list(People.Filter.NONE).stream().map(AccountJson::of).toList();
        Answers.json(
                ctx,
                200,
                JsonObject.builder().put("accounts", JsonArray.of(all)).build());
    }

    private void create(Context ctx) {
        Query.of(ctx, Set.of());
        Fields fields = Fields.of(ctx, Set.of("name", "email", "password", "kind", "administrator"));
        Profile made = people.create(new NewAccount(
                fields.optional("kind", word -> one(Account.Kind.values(), word))
                        .orElse(Account.Kind.PERSON),
                fields.required("name", text -> text),
                fields.required("email", Email::new),
                fields.optional("password", Secret::of),
                Status.ACTIVE,
                fields.optional("administrator", AccountRoutes::flag).orElse(false),
                Optional.empty(),
                List.of()));
        ctx.header("Location", "/api/accounts/" + made.account().id());
        Answers.json(ctx, 201, AccountJson.of(made));
    }

    private void show(Context ctx) {
        Query.of(ctx, Set.of());
        AccountId id = account(ctx);
        Answers.json(
                ctx,
                200,
                AccountJson.of(people.find(id)
                        .orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "account", "there is no account " + id))));
    }

    private void change(Context ctx) {
        Query.of(ctx, Set.of());
        Fields fields = Fields.of(ctx, Set.of("name", "email", "password", "status"));
        AccountChange change = new AccountChange(
                fields.optional("name", text -> text),
                fields.optional("email", Email::new),
                fields.optional("password", Secret::of),
                fields.optional("status", AccountRoutes::status),
                Optional.empty());
        Answers.json(ctx, 200, AccountJson.of(people.change(account(ctx), change)));
    }

    private void erase(Context ctx) {
        Query.of(ctx, Set.of());
        people.erase(account(ctx));
        ctx.status(204);
    }

    private void members(Context ctx) {
        Query.of(ctx, Set.of());
        WorkspaceId workspace = workspace(ctx);
        List<JsonObject> here = people.list(People.Filter.NONE).stream()
                .flatMap(profile -> profile.in(workspace).stream().map(place -> AccountJson.of(profile, place)))
                .toList();
        Answers.json(
                ctx,
                200,
                JsonObject.builder().put("members", JsonArray.of(here)).build());
    }

    /** Members are named by id or by e-mail address: who administers a workspace alone does not see all accounts. */
    private void join(Context ctx) {
        Query.of(ctx, Set.of());
        WorkspaceId workspace = workspace(ctx);
        Fields fields = Fields.of(ctx, Set.of("role", "status", "groups"));
        List<String> groups = fields.list("groups");
        MembershipWish wish = new MembershipWish(
                workspace,
                fields.optional("role", AccountRoutes::role),
                fields.optional("status", AccountRoutes::status),
                groups.isEmpty()
                        ? Optional.empty()
                        : Optional.of(groups.stream()
                                .<GroupRef>map(GroupRef.ByName::new)
                                .toList()));
        Profile profile = people.join(member(ctx), wish);
        Answers.json(ctx, 200, AccountJson.of(profile, profile.in(workspace).orElseThrow()));
    }

    private void leave(Context ctx) {
        Query.of(ctx, Set.of());
        people.leave(member(ctx), workspace(ctx));
        ctx.status(204);
    }

    private AccountId member(Context ctx) {
        String named = ctx.pathParam("account");
        return Email.isValid(named)
                ? people.find(new Email(named))
                        .map(profile -> profile.account().id())
                        .orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "account", "nobody has this e-mail address"))
                : account(ctx);
    }

    private WorkspaceId workspace(Context ctx) {
        var name = Parameters.workspace(ctx);
        return doors.workspaces()
                .apply(name)
                .orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "workspace", "no workspace named " + name));
    }

    private static AccountId account(Context ctx) {
        return new AccountId(TokenRoutes.uuid(ctx.pathParam("account"), "account"));
    }

    private static Role role(String word) {
        return Role.of(word).orElseThrow(() -> unknown(Role.values(), Role::word));
    }

    private static Status status(String word) {
        return Status.of(word).orElseThrow(() -> unknown(Status.values(), Status::word));
    }

    private static boolean flag(String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Query.refused("", "neither true nor false", "");
        };
    }

    private static <E extends Enum<E>> E one(E[] all, String word) {
        return Stream.of(all)
                .filter(e -> e.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> unknown(all, e -> e.name().toLowerCase(Locale.ROOT)));
    }

    private static <E> Failure unknown(E[] all, Function<E, String> word) {
        return Query.refused(
                "",
                "unknown",
                "use one of " + String.join(", ", Stream.of(all).map(word).toList()));
    }
}
