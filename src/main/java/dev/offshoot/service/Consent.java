package dev.offshoot.service;

import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FailureDetails;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Removal;
import dev.offshoot.model.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Nobody loses data, or what others use, without having agreed to exactly that. */
final class Consent {
    private static final int MOST_NAMED = 5;

    private final ConfirmToken token;
    private final Predicate<Removal> asks;
    private final List<Removal> losses;

    private Consent(ConfirmToken token, Predicate<Removal> asks, List<Removal> losses) {
        this.token = token;
        this.asks = asks;
        this.losses = losses;
    }

    /**
     * What has to be agreed to.
     *
     * @param target commit that a plan was computed from
     * @param source hash of what is imported, or asked for
     */
    static Consent to(List<Removal> removals, ObjectName target, String source) {
        return to(removals, Removal::losesData, target, source);
    }

    /**
     * What has to be agreed to before a definition is deleted: losses of data, and removals that others depend on.
     *
     * @param removals with their dependents
     */
    static Consent toDeletion(List<Removal> removals, ObjectName target, TreePath definition) {
        Predicate<Removal> asks =
                removal -> removal.losesData() || !removal.dependents().isEmpty();
        return to(removals, asks, target, "delete " + definition);
    }

    private static Consent to(List<Removal> removals, Predicate<Removal> asks, ObjectName target, String source) {
        List<Removal> losses = removals.stream().filter(asks).toList();
        StringBuilder bound = new StringBuilder("confirm " + target + " " + source);
        losses.forEach(
                loss -> bound.append('\n').append(loss.where()).append(' ').append(loss.words()));
        return new Consent(
                new ConfirmToken(Digests.sha256(bound.toString().getBytes(StandardCharsets.UTF_8))), asks, losses);
    }

    /** The token to repeat; empty when nothing would be lost. */
    Optional<ConfirmToken> token() {
        return losses.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    boolean isGiven(Optional<ConfirmToken> confirm) {
        return losses.isEmpty() || confirm.filter(token::equals).isPresent();
    }

    /**
     * Why it is refused.
     *
     * @param confirm what the caller sent; agreeing to something else is a plan that does not hold any more
     * @param dependents the losses with what depends on them
     */
    Failure refusal(Optional<ConfirmToken> confirm, List<Removal> dependents) {
        List<Removal> shown = dependents.stream().filter(asks).toList();
        String hint = confirm.isEmpty()
                ? "keep what is needed elsewhere first; then send the same again with confirm=" + token
                : "what was agreed to is not what would happen now; look again, then send confirm=" + token;
        List<Problem> problems = losses.stream()
                .map(loss -> new Problem(
                        confirm.isPresent() ? Reason.STALE_PLAN : loss.losesData() ? Reason.DATA_LOSS : Reason.CONFLICT,
                        loss.where(),
                        words(loss),
                        hint))
                .toList();
        return new Failure(problems, new FailureDetails.DataLoss(token, shown));
    }

    /** What goes and what that costs, for a person. */
    static String words(Removal loss) {
        String gone = loss.what() + " " + loss.words();
        if (loss.losesData()) {
            return gone + ": the platform loses what is stored there";
        }
        List<TreePath> users = loss.dependents();
        String named = users.stream().limit(MOST_NAMED).map(TreePath::value).collect(Collectors.joining(", "));
        return gone + ": others still speak of it, " + named
                + (users.size() > MOST_NAMED ? " and " + (users.size() - MOST_NAMED) + " more" : "");
    }
}
