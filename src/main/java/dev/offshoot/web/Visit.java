package dev.offshoot.web;

import dev.offshoot.access.Session;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.wire.Landed;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Function;

/** One request of somebody who is signed in. */
record Visit(Context ctx, Session session) {

    WorkspaceName workspace() {
        return named("workspace", ctx.pathParam("workspace"), WorkspaceName::new);
    }

    Optional<BranchName> branch() {
        return query("branch", BranchName::new);
    }

    /** A query parameter read by its type; empty when it is absent or has no value. */
    <T> Optional<T> query(String name, Function<String, T> parser) {
        return Optional.ofNullable(ctx.queryParam(name))
                .filter(text -> !text.isEmpty())
                .map(text -> named(name, text, parser));
    }

    /** Says which commit came of the visit. */
    void landed(ObjectName commit) {
        ctx.req().setAttribute(Landed.ATTRIBUTE, commit.value());
    }

    /** What a form of this session sent. */
    Form form() {
        return Form.of(ctx, session);
    }

    /** Runs a parser so that its refusal says which field it was. */
    static <T> T named(String field, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (Failure e) {
            throw new Failure(e.problems().stream()
                    .map(p -> new Problem(p.reason(), field, p.message(), p.hint()))
                    .toList());
        }
    }

    static Failure refused(String field, String message, String hint) {
        return Failure.of(Reason.INVALID_PARAMETER, field, message, hint);
    }
}
