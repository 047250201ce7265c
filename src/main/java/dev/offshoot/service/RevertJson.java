package dev.offshoot.service;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;

/** What going back would do and has done, as JSON: for clients, and for the ledger. */
public final class RevertJson {
    private RevertJson() {}

    static JsonObject receipt(RevertPlan plan) {
        return JsonObject.builder()
                .put("reverted", plan.reverted().value())
                .put("to", plan.to().value())
                .putAll(PlanJson.effects(plan.definitions(), plan.changes()))
                .put("files", JsonValue.of(plan.files().changes().size()))
                .put("paths", PlanJson.paths(plan.files().changes().keySet()))
                .put("kept", PlanJson.paths(plan.kept()))
                .put("removals", PlanJson.removals(plan.removals()))
                .put("warnings", PlanJson.problems(plan.findings()))
                .build();
    }

    /** A plan; its fingerprint makes it binding. */
    public static JsonObject of(RevertPlan plan) {
        return JsonObject.builder()
                .put("fingerprint", plan.fingerprint().toString())
                .putAll(PlanJson.confirm(plan.consent()))
                .put("branch", plan.branch().value())
                .put("base", plan.base().value())
                .put("message", plan.message())
                .putAll(receipt(plan))
                .build();
    }

    /** What was done. */
    public static JsonObject of(RevertOperation.Done done) {
        return JsonObject.builder()
                .put("branch", done.plan().branch().value())
                .put("commit", done.commit().value())
                .put("before", done.before().value())
                .put("committed", JsonValue.of(done.moved()))
                .put("message", done.plan().message())
                .putAll(receipt(done.plan()))
                .build();
    }
}
