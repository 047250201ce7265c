package dev.offshoot.http;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.people.AccessGrant;
import dev.offshoot.people.Account;
import dev.offshoot.people.AuditEntry;
import dev.offshoot.people.Group;
import dev.offshoot.people.Membership;
import dev.offshoot.people.Profile;
import java.util.Locale;

/** Accounts, tokens and the audit log as clients see them. Neither passwords nor tokens are among what these values hold. */
final class AccountJson {
    private AccountJson() {}

    static JsonObject of(Profile profile) {
        return account(profile.account())
                .put(
                        "memberships",
                        JsonArray.of(profile.memberships().stream()
                                .map(AccountJson::of)
                                .toList()))
                .build();
    }

    /** Somebody as the members of a workspace are listed: with their place there and nowhere else. */
    static JsonObject of(Profile profile, Membership here) {
        return account(profile.account()).put("membership", of(here)).build();
    }

    private static JsonObject.Builder account(Account account) {
        JsonObject.Builder json = JsonObject.builder()
                .put("id", account.id().toString())
                .put("kind", account.kind().name().toLowerCase(Locale.ROOT))
                .put("name", account.name())
                .put("email", account.email().value())
                .put("status", account.status().word())
                .put("administrator", JsonValue.of(account.administrator()));
        account.defaultWorkspace().ifPresent(w -> json.put("defaultWorkspace", w.toString()));
        return json.put("createdAt", account.createdAt().toString())
                .put("updatedAt", account.updatedAt().toString());
    }

    private static JsonObject of(Membership membership) {
        return JsonObject.builder()
                .put("workspace", membership.workspace().toString())
                .put("role", membership.role().word())
                .put("status", membership.status().word())
                .put(
                        "groups",
                        JsonArray.of(membership.groups().stream()
                                .map(Group::name)
                                .map(JsonString::new)
                                .toList()))
                .build();
    }

    static JsonObject.Builder of(AccessGrant grant) {
        JsonObject.Builder json = JsonObject.builder()
                .put("id", grant.id().toString())
                .put("label", grant.label())
                .put("account", grant.account().toString())
                .put("scope", grant.scope().word());
        grant.workspace().ifPresent(w -> json.put("workspace", w.toString()));
        json.put("createdAt", grant.createdAt().toString());
        grant.expiresAt().ifPresent(end -> json.put("expiresAt", end.toString()));
        return json;
    }

    static JsonObject of(AuditEntry entry) {
        AuditEntry.Event event = entry.event();
        JsonObject.Builder json = JsonObject.builder()
                .put("number", JsonValue.of(entry.number()))
                .put("at", entry.at().toString())
                .put("request", event.request())
                .put("who", event.who());
        event.account().ifPresent(id -> json.put("account", id.toString()));
        json.put("action", event.action());
        event.workspace().ifPresent(w -> json.put("workspace", w.toString()));
        if (event.status() != AuditEntry.UNDER_WAY) {
            json.put("status", JsonValue.of(event.status()));
        }
        event.commit().ifPresent(commit -> json.put("commit", commit.value()));
        return json.build();
    }
}
