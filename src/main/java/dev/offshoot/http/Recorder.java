package dev.offshoot.http;

import dev.offshoot.access.Caller;
import dev.offshoot.access.Guard;
import dev.offshoot.access.Need;
import dev.offshoot.access.Right;
import dev.offshoot.access.Route;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.WorkspaceId;
import dev.offshoot.people.Account;
import dev.offshoot.people.AuditEntry;
import dev.offshoot.people.AuditLog;
import dev.offshoot.store.GitHttp;
import dev.offshoot.wire.Landed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the audit log: every request that may change something or shows what most may not see, before it begins and when it has ended, and every
 * refusal of a known caller. What began and never ended was cut off by the end of the process.
 */
final class Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    private final AuditLog audit;
    private final Guard guard;

    Recorder(AuditLog audit, Guard guard) {
        this.audit = audit;
        this.guard = guard;
    }

    /** A request under way; closed when it has ended. */
    interface Entry extends AutoCloseable {
        @Override
        void close();
    }

    Entry begin(HttpServletRequest request, HttpServletResponse response, Admittance.Verdict verdict) {
        if (verdict.turned().isPresent()
                || verdict.route().filter(Recorder::counts).isEmpty()) {
            return () -> {};
        }
        long number = audit.begin(event(request, verdict, AuditEntry.UNDER_WAY));
        return () -> end(request, response, number);
    }

    private void end(HttpServletRequest request, HttpServletResponse response, long number) {
        try {
            audit.end(
                    number,
                    response.getStatus(),
                    commit(request, Landed.ATTRIBUTE).or(() -> commit(request, GitHttp.PUSHED)));
        } catch (RuntimeException e) {
            LOG.error("request {}: the audit log could not be written", FrontDoor.requestId(request), e);
        }
    }

    private static Optional<ObjectName> commit(HttpServletRequest request, String attribute) {
        return Optional.ofNullable((String) request.getAttribute(attribute)).map(ObjectName::new);
    }

    void refused(HttpServletRequest request, Admittance.Verdict verdict) {
        if (verdict.caller().isPresent() && verdict.route().isPresent()) {
            int status = Admittance.document(verdict, request).status();
            audit.end(audit.begin(event(request, verdict, AuditEntry.UNDER_WAY)), status, Optional.empty());
        }
    }

    /** What only reads is not written down, unless it shows what most may not see. */
    private static boolean counts(Route route) {
        boolean reads = route.method().equals("GET");
        return route.need() instanceof Need.InWorkspace here
                ? here.right() == Right.MANAGE || !reads && here.right() == Right.WRITE
                : !(route.need() instanceof Need.Nothing) && !reads;
    }

    private AuditEntry.Event event(HttpServletRequest request, Admittance.Verdict verdict, int status) {
        Route route = verdict.route().orElseThrow();
        Optional<WorkspaceId> workspace = guard.workspace(route, request.getRequestURI());
        Optional<Account> account = verdict.caller().flatMap(Caller::account);
        return new AuditEntry.Event(
                FrontDoor.requestId(request),
                account.map(Account::id),
                verdict.caller().map(caller -> caller.author().name()).orElse("-"),
                route.label(),
                workspace,
                status,
                Optional.empty());
    }
}
