package dev.offshoot.http;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FailureDetails;
import dev.offshoot.model.Problem;
import dev.offshoot.wire.Statuses;
import java.util.List;

/**
 * An error as clients get it (RFC 9457).
 *
 * @param code stable code, the end of {@code type}
 * @param detail what happened, for a person
 * @param errors every single problem with its place; may be empty
 * @param details what a program may act on
 */
record ProblemDocument(int status, String code, String detail, List<Problem> errors, FailureDetails details) {
    static final String MEDIA_TYPE = "application/problem+json";

    static ProblemDocument of(Failure failure) {
        Problem first = failure.problems().get(0);
        return new ProblemDocument(
                Statuses.of(first.reason()),
                first.reason().code(),
                first.toString(),
                failure.problems(),
                failure.details());
    }

    static ProblemDocument plain(int status, String code, String detail) {
        return new ProblemDocument(status, code, detail, List.of(), FailureDetails.NONE);
    }

    /** An error nobody foresaw: the request id leads to the log, nothing else leaves the house. */
    static ProblemDocument unforeseen(String requestId) {
        return plain(500, "internal", "unexpected error; the server's log has it under request " + requestId);
    }

    byte[] toBytes(String requestId) {
        return Answers.line(JsonObject.builder()
                .put("type", "urn:offshoot:problem:" + code)
                .put("title", Statuses.title(status))
                .put("status", JsonValue.of(status))
                .put("detail", detail)
                .put("instance", "urn:offshoot:request:" + requestId)
                .put("errors", JsonArray.of(errors.stream().map(Views::problem).toList()))
                .putAll(DetailsJson.of(details))
                .build());
    }
}
