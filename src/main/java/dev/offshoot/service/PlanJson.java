package dev.offshoot.service;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Removal;
import dev.offshoot.model.TreePath;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Plans and receipts as JSON: one form for clients, for the command line and for the ledger. */
public final class PlanJson {
    private static final int MOST_PATHS = 200;

    private PlanJson() {}

    /** What the ledger keeps of an import; where it landed, the commit that holds it says. */
    static JsonObject receipt(Plan plan) {
        return JsonObject.builder()
                .put("source", "sha256:" + plan.sourceHash())
                .put("document", plan.document().value())
                .put("roundTrip", "verified")
                .putAll(effects(plan.definitions(), plan.changes()))
                .put("normalisations", problems(plan.normalisations()))
                .put("warnings", problems(plan.findings()))
                .put("withheld", texts(plan.withheld()))
                .put("removals", removals(plan.removals()))
                .put(
                        "affected",
                        JsonArray.of(
                                plan.affected().stream().map(PlanJson::affected).toList()))
                .putAll(plan.since().map(PlanJson::since).orElse(JsonObject.EMPTY))
                .build();
    }

    /** The token to repeat, where data would be lost. */
    static JsonObject confirm(Consent consent) {
        return consent.token()
                .map(token -> JsonObject.builder().put("confirm", token.value()).build())
                .orElse(JsonObject.EMPTY);
    }

    private static JsonObject affected(Plan.Affected affected) {
        return JsonObject.builder()
                .put("shared", affected.shared().value())
                .put("others", paths(affected.others()))
                .build();
    }

    /** What goes, the worst first. */
    public static JsonArray removals(List<Removal> removals) {
        return JsonArray.of(
                removals.stream().limit(MOST_PATHS).map(PlanJson::removal).toList());
    }

    private static JsonObject removal(Removal removal) {
        JsonObject.Builder json = JsonObject.builder()
                .put("address", removal.address().value())
                .put("kind", removal.kind())
                .put("name", removal.name());
        removal.field().ifPresent(field -> json.put("field", field));
        json.put("grade", removal.grade().word()).put("message", removal.words());
        if (!removal.dependents().isEmpty()) {
            json.put("dependents", paths(removal.dependents()));
        }
        return json.build();
    }

    private static JsonObject since(Plan.Since since) {
        return JsonObject.builder()
                .put(
                        "since",
                        JsonObject.builder()
                                .put("base", since.base().value())
                                .put("changedHere", paths(since.here()))
                                .put("changedThere", paths(since.there()))
                                .build())
                .build();
    }

    /** The first of many paths. */
    static JsonArray paths(Collection<TreePath> paths) {
        return texts(paths.stream().limit(MOST_PATHS).map(TreePath::value).toList());
    }

    /** A receipt with where it landed. */
    public static JsonObject of(Receipt receipt) {
        Plan plan = receipt.plan();
        return JsonObject.builder()
                .put("branch", plan.branch().value())
                .put("commit", receipt.commit().value())
                .put("before", receipt.before().value())
                .put("tree", receipt.tree().value())
                .put("committed", JsonValue.of(receipt.moved()))
                .put("message", plan.message())
                .putAll(receipt(plan))
                .put(
                        "withheld",
                        texts(plan.withheld().stream()
                                .filter(place -> !receipt.stored().contains(place))
                                .toList()))
                .put("stored", texts(receipt.stored()))
                .build();
    }

    /** A plan; its fingerprint makes it binding. */
    public static JsonObject of(Plan plan) {
        List<TreePath> paths = List.copyOf(plan.files().changes().keySet());
        return JsonObject.builder()
                .put("fingerprint", plan.fingerprint().toString())
                .putAll(confirm(plan.consent()))
                .put("branch", plan.branch().value())
                .put("base", plan.base().value())
                .put("message", plan.message())
                .putAll(receipt(plan))
                .put("files", JsonValue.of(paths.size()))
                .put("paths", paths(paths))
                .build();
    }

    /** A problem: stable code, place, message, and a hint if there is one. */
    public static JsonObject problem(Problem problem) {
        JsonObject.Builder json = JsonObject.builder()
                .put("pointer", problem.where())
                .put("code", problem.reason().code())
                .put("message", problem.message());
        return problem.hint().isEmpty()
                ? json.build()
                : json.put("hint", problem.hint()).build();
    }

    /** What happens to definitions, and to entities by kind. */
    static JsonObject effects(List<Plan.Step> definitions, Changes changes) {
        return JsonObject.builder()
                .put(
                        "definitions",
                        JsonArray.of(definitions.stream().map(PlanJson::step).toList()))
                .put("changes", changes(changes))
                .build();
    }

    private static JsonObject step(Plan.Step step) {
        return JsonObject.builder()
                .put("address", step.address().value())
                .put("kind", step.kind())
                .put("name", step.name())
                .put("action", step.action().name().toLowerCase(Locale.ROOT))
                .build();
    }

    private static JsonObject changes(Changes changes) {
        JsonObject.Builder json = JsonObject.builder();
        changes.byKind()
                .forEach((kind, counts) -> json.put(
                        kind,
                        JsonObject.builder()
                                .put("created", JsonValue.of(counts.created()))
                                .put("changed", JsonValue.of(counts.changed()))
                                .put("deleted", JsonValue.of(counts.deleted()))
                                .build()));
        return json.build();
    }

    static JsonArray problems(List<Problem> problems) {
        return JsonArray.of(problems.stream().map(PlanJson::problem).toList());
    }

    private static JsonArray texts(List<String> texts) {
        return JsonArray.of(texts.stream().map(JsonString::new).toList());
    }
}
