package dev.offshoot.http;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.DefinitionRequest;
import io.javalin.http.Context;
import java.util.Optional;

/** Path and query parameters as values of their types; nothing else of them gets past here. */
final class Parameters {
    private Parameters() {}

    static WorkspaceName workspace(Context ctx) {
        return Query.named("workspace", ctx.pathParam("workspace"), WorkspaceName::new);
    }

    /** The address that the last three segments of a route name. */
    static TreePath address(Context ctx) {
        TreePath address = TreePath.ROOT;
        for (String parameter : new String[] {"platform", "kind", "name"}) {
            String segment = ctx.pathParam(parameter);
            if (segment.indexOf('/') >= 0) {
                throw Failure.of(Reason.INVALID_PATH, parameter, "a name has no slash");
            }
            TreePath folder = address;
            address = Query.named(parameter, segment, folder::child);
        }
        return address;
    }

    static DefinitionRequest definition(Context ctx, Query query) {
        return new DefinitionRequest(workspace(ctx), revision(query), address(ctx));
    }

    /** The state to look at: {@code ref} (branch, tag or commit) or {@code branch}. */
    static Revision revision(Query query) {
        Optional<Revision> ref = query.parse("ref", Revision::parse);
        Optional<Revision> branch = branch(query).map(Revision.Named::new);
        if (ref.isPresent() && branch.isPresent()) {
            throw new Failure(Problem.of(Reason.INVALID_PARAMETER, "ref", "give ref or branch, not both"));
        }
        return ref.or(() -> branch).orElse(Revision.DEFAULT);
    }

    static Optional<BranchName> branch(Query query) {
        return query.parse("branch", BranchName::new);
    }
}
