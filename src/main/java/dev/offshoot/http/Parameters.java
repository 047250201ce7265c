package dev.offshoot.http;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Person;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.Attribution;
import dev.offshoot.service.DefinitionRequest;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Path and query parameters as values of their types; nothing else of them gets past here. */
final class Parameters {
    private static final Pattern PERSON = Pattern.compile("([^<>]+?) *<([^<>]+)>");

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

    /** Whose change it is: {@code author} (name and address as Git writes them), {@code date} and {@code message}. */
    static Attribution attribution(Context ctx, Query query) {
        return new Attribution(
                FrontDoor.caller(ctx.req()),
                query.parse("author", Parameters::person),
                query.parse("date", Parameters::instant),
                query.text("message"));
    }

    private static Person person(String text) {
        Matcher match = PERSON.matcher(text.strip());
        if (!match.matches()) {
            throw Query.refused("author", "not a name with an address", "write: Anna Smith <anna@example.org>");
        }
        return new Person(match.group(1), match.group(2));
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Query.refused("date", "not a time with an offset", "write: 2026-05-31T12:00:00Z");
        }
    }

    static Optional<BranchName> branch(Query query) {
        return query.parse("branch", BranchName::new);
    }
}
