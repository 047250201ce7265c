package dev.offshoot.service;

import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FailureDetails;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Removal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Nobody loses data without having agreed to exactly that. */
final class Consent {
    private final ConfirmToken token;
    private final List<Removal> losses;

    private Consent(ConfirmToken token, List<Removal> losses) {
        this.token = token;
        this.losses = losses;
    }

    /**
     * What has to be agreed to.
     *
     * @param target commit that a plan was computed from
     * @param source hash of what is imported, or asked for
     */
    static Consent to(List<Removal> removals, ObjectName target, String source) {
        List<Removal> losses = removals.stream().filter(Removal::losesData).toList();
        StringBuilder bound = new StringBuilder("confirm " + target + " " + source);
        losses.forEach(
                loss -> bound.append('\n').append(loss.where()).append(' ').append(loss.words()));
        return new Consent(new ConfirmToken(Digests.sha256(bound.toString().getBytes(StandardCharsets.UTF_8))), losses);
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
        List<Removal> shown = dependents.stream().filter(Removal::losesData).toList();
        Reason reason = confirm.isEmpty() ? Reason.DATA_LOSS : Reason.STALE_PLAN;
        String hint = confirm.isEmpty()
                ? "keep the data elsewhere first; then send the same again with confirm=" + token
                : "what was agreed to is not what would happen now; look again, then send confirm=" + token;
        List<Problem> problems = losses.stream()
                .map(loss -> new Problem(
                        reason,
                        loss.where(),
                        loss.what() + " " + loss.words() + ": the platform loses what is stored there",
                        hint))
                .toList();
        return new Failure(problems, new FailureDetails.DataLoss(token, shown));
    }
}
