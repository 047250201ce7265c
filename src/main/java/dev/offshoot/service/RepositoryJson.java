package dev.offshoot.service;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.TreePath;
import java.util.List;

/** What imports of several definitions would do and have done, as JSON: for clients, and for the ledger. */
public final class RepositoryJson {
    private static final int MOST_PATHS = 200;

    private RepositoryJson() {}

    /** What a repository holds. */
    public static JsonObject of(ImportFromRepository.Listing listing) {
        return JsonObject.builder()
                .put("url", listing.url().toString())
                .put("commit", listing.commit().id().value())
                .put(
                        "definitions",
                        JsonArray.of(listing.offers().stream()
                                .map(RepositoryJson::offer)
                                .toList()))
                .build();
    }

    private static JsonObject offer(Offer offer) {
        return JsonObject.builder()
                .put("path", offer.path())
                .put("form", offer.form().word())
                .put("kind", offer.kind())
                .put("name", offer.name())
                .build();
    }

    static JsonObject receipt(JoinedPlan plan) {
        return JsonObject.builder()
                .put(
                        "imports",
                        JsonArray.of(
                                plan.parts().stream().map(RepositoryJson::part).toList()))
                .build();
    }

    private static JsonObject part(JoinedPlan.Part part) {
        JsonObject.Builder json = JsonObject.builder();
        part.origin().ifPresent(origin -> json.put("origin", origin.json()));
        json.put("message", part.plan().message()).putAll(PlanJson.receipt(part.plan()));
        part.sides()
                .ifPresent(sides -> json.put("base", sides.base().value())
                        .put("changedHere", paths(sides.here()))
                        .put("changedThere", paths(sides.there())));
        return json.build();
    }

    private static JsonArray paths(List<TreePath> paths) {
        return JsonArray.of(paths.stream()
                .limit(MOST_PATHS)
                .map(path -> new JsonString(path.value()))
                .toList());
    }

    /** A history that became a branch, or would. */
    public static JsonObject of(KeepHistory.Done done) {
        JsonObject.Builder json = JsonObject.builder()
                .put("url", done.url().toString())
                .put("branch", done.history().branch().value())
                .put("commit", done.history().head().value())
                .put("commits", JsonValue.of(done.history().commits()));
        done.history().before().ifPresent(before -> json.put("before", before.value()));
        return json.put(
                        "definitions",
                        JsonArray.of(done.definitions().stream()
                                .map(RepositoryJson::offer)
                                .toList()))
                .put("warnings", PlanJson.problems(done.history().findings()))
                .build();
    }

    /** A plan. */
    public static JsonObject of(JoinedPlan plan) {
        return JsonObject.builder()
                .put("branch", plan.branch().value())
                .put("before", plan.base().value())
                .putAll(PlanJson.confirm(plan.consent()))
                .put("files", JsonValue.of(plan.files().changes().size()))
                .putAll(receipt(plan))
                .build();
    }

    /** What was done. */
    public static JsonObject of(JoinedPlan.Done done) {
        return JsonObject.builder()
                .put("branch", done.plan().branch().value())
                .put("commit", done.commit().value())
                .put("before", done.before().value())
                .put("committed", JsonValue.of(done.moved()))
                .putAll(receipt(done.plan()))
                .build();
    }
}
