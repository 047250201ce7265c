package dev.offshoot.http;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.service.ChangeRemotes;
import dev.offshoot.service.PublishAfterCommits.BranchState;
import dev.offshoot.service.Standing;
import dev.offshoot.store.BranchSelection;
import dev.offshoot.store.Publication;
import dev.offshoot.store.Remote;

/** What clients see of a remote. */
final class RemoteJson {
    static final String ALL = "all";

    private RemoteJson() {}

    /** With every branch that is published by itself. */
    static JsonObject whole(ChangeRemotes.Shown shown) {
        return JsonObject.builder()
                .putAll(summary(shown))
                .put(
                        "branches",
                        JsonArray.of(shown.branches().stream()
                                .map(RemoteJson::branch)
                                .toList()))
                .build();
    }

    static JsonObject summary(ChangeRemotes.Shown shown) {
        Remote remote = shown.remote();
        JsonObject.Builder json = JsonObject.builder()
                .put("name", remote.name().value())
                .put("url", remote.url().toString())
                .put("user", remote.user())
                .put("hasPassword", JsonValue.of(shown.hasPassword()));
        remote.attempt()
                .ifPresent(last -> json.put(
                        "lastAttempt",
                        JsonObject.builder()
                                .put("branch", last.branch().value())
                                .put("at", last.at().toString())
                                .build()));
        remote.success()
                .ifPresent(last -> json.put(
                        "lastSuccess",
                        JsonObject.builder()
                                .put("branch", last.branch().value())
                                .put("commit", last.commit().value())
                                .put("at", last.at().toString())
                                .build()));
        remote.trouble().ifPresent(why -> json.put("error", Views.problem(why)));
        return json.put("publish", selection(remote.publish()))
                .put(
                        "behind",
                        JsonValue.of(shown.branches().stream()
                                .filter(RemoteJson::isBehind)
                                .count()))
                .build();
    }

    private static boolean isBehind(BranchState state) {
        return !(state.standing() instanceof Standing.Published || state.standing() instanceof Standing.Missing);
    }

    private static JsonValue selection(BranchSelection branches) {
        return branches.all()
                ? new JsonString(ALL)
                : JsonArray.of(branches.names().stream()
                        .map(branch -> new JsonString(branch.value()))
                        .toList());
    }

    private static JsonObject branch(BranchState state) {
        JsonObject.Builder json = JsonObject.builder()
                .put("branch", state.branch().value())
                .put("state", state.standing().word());
        state.head().ifPresent(head -> json.put("commit", head.value()));
        state.publication().arrival().ifPresent(arrival -> json.put("published", arrival(arrival)));
        state.publication().setback().ifPresent(last -> {
            json.put("failures", JsonValue.of(last.failures()))
                    .put("lastAttempt", last.at().toString())
                    .put("error", Views.problem(last.why()));
            if (state.standing() instanceof Standing.Retrying retrying) {
                json.put("nextAttempt", retrying.next().toString());
            }
        });
        return json.build();
    }

    private static JsonObject arrival(Publication.Arrival arrival) {
        return JsonObject.builder()
                .put("commit", arrival.commit().value())
                .put("at", arrival.at().toString())
                .build();
    }
}
