package dev.offshoot.service;

import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FailureDetails;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Removal;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.platform.NativeDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the commits of a native repository take away from the users of a platform when they are repeated, found before anything is sent
 * anywhere, by repeating them in a workspace that is thrown away.
 */
public final class HistoryLosses {
    private final List<Problem> problems = new ArrayList<>();
    private final List<Removal> losses = new ArrayList<>();
    private final Map<String, TreePath> addresses = new HashMap<>();
    private final LayoutEngine engine;
    private final ScratchWorkspace scratch;
    private Optional<ObjectName> last = Optional.empty();

    private HistoryLosses(LayoutEngine engine, ScratchWorkspace scratch) {
        this.engine = engine;
        this.scratch = scratch;
    }

    /**
     * Requires that somebody has agreed to exactly what the history takes away.
     *
     * @param confirm what was agreed to; empty: nothing
     * @return places of all that goes, as refusals of the imports name them
     * @throws Failure {@code DATA_LOSS} with all losses, their commits and the token to repeat; {@code STALE_PLAN} when something else was
     *     agreed to
     */
    public static Set<String> requireConsent(
            NativeHistory history, Revision revision, LayoutEngine engine, Optional<ConfirmToken> confirm) {
        try (ScratchWorkspace scratch = new ScratchWorkspace(engine)) {
            HistoryLosses found = new HistoryLosses(engine, scratch);
            history.replay(revision, found::step);
            found.last.ifPresent(newest -> {
                Consent consent = Consent.to(found.losses, newest, "history");
                if (!consent.isGiven(confirm)) {
                    throw found.refusal(consent.token().orElseThrow(), confirm);
                }
            });
            return found.losses.stream().map(Removal::where).collect(Collectors.toUnmodifiableSet());
        }
    }

    private void step(NativeHistory.Step step) {
        last = Optional.of(step.commit().id());
        step.removed().forEach(addresses::remove);
        for (NativeDocument document : step.changed()) {
            if (mayLoseData(document)) {
                ScratchWorkspace.Taken taken =
                        scratch.take(document, Optional.ofNullable(addresses.get(document.key())));
                addresses.put(document.key(), taken.address());
                taken.lost().forEach(loss -> lost(loss, step));
            }
        }
    }

    /** Of most platforms nothing can be lost, and that is known without a look at the document. */
    private boolean mayLoseData(NativeDocument document) {
        return engine.mains(document.document()).stream()
                .map(DefinitionHeader::folder)
                .anyMatch(folder -> engine.layouts().removals().anyLossIn(folder));
    }

    private void lost(Removal loss, NativeHistory.Step step) {
        losses.add(loss);
        problems.add(Problem.of(
                Reason.DATA_LOSS,
                loss.where(),
                loss.what() + " " + loss.words() + " by commit "
                        + step.commit().id().abbreviated() + ": the platform loses what is stored there"));
    }

    private Failure refusal(ConfirmToken token, Optional<ConfirmToken> confirm) {
        String hint = confirm.isEmpty()
                ? "keep the data elsewhere first; then repeat with --confirm " + token
                : "this history takes away something else than what was agreed to; look again, then repeat with"
                        + " --confirm " + token;
        Reason reason = confirm.isEmpty() ? Reason.DATA_LOSS : Reason.STALE_PLAN;
        List<Problem> all = new ArrayList<>();
        for (Problem problem : problems) {
            String said = all.size() == problems.size() - 1 ? hint : ""; // once is enough
            all.add(new Problem(reason, problem.where(), problem.message(), said));
        }
        return new Failure(all, new FailureDetails.DataLoss(token, losses));
    }
}
