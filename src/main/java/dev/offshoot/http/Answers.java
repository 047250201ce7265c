package dev.offshoot.http;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.ObjectName;
import dev.offshoot.service.EntityTag;
import dev.offshoot.service.ExportedDocument;
import dev.offshoot.wire.Download;
import dev.offshoot.wire.Landed;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes answers, and reads and writes the headers of conditional requests. */
final class Answers {
    private static final String JSON = "application/json";
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([0-9a-f-]{1,100})\"");

    private Answers() {}

    static void json(Context ctx, int status, JsonObject body) {
        ctx.status(status).contentType(JSON).result(line(body));
    }

    /** Says which commit came of a request: to the client, and to the audit log. */
    static void landed(Context ctx, ObjectName commit) {
        ctx.header("X-Offshoot-Commit", commit.value());
        ctx.req().setAttribute(Landed.ATTRIBUTE, commit.value());
    }

    /** Pretty, with the line break at the end that terminals want. */
    static byte[] line(JsonObject body) {
        byte[] json = JsonWriter.pretty(body);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    static void problem(Context ctx, ProblemDocument problem) {
        if (problem.status() == 503) {
            ctx.header("Retry-After", "2");
        }
        ctx.header("Cache-Control", "no-store");
        ctx.status(problem.status())
                .contentType(ProblemDocument.MEDIA_TYPE)
                .result(problem.toBytes(FrontDoor.requestId(ctx.req())));
    }

    /** Offers a document as a download, written piece by piece. */
    static void download(Context ctx, ExportedDocument document, String fileName) {
        ctx.status(200).contentType(JSON).header("Content-Disposition", Download.disposition(fileName));
        try {
            document.writeTo(ctx.res().getOutputStream());
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    /** Marks an answer with the state it shows; clients may keep it but have to ask again. */
    static void tagged(Context ctx, EntityTag tag) {
        ctx.header("ETag", "\"" + tag.value() + "\"");
        ctx.header("Cache-Control", "private, no-cache");
    }

    static boolean hasAlready(Context ctx, EntityTag tag) {
        return tags(ctx, "If-None-Match").filter(t -> t.contains(tag)).isPresent();
    }

    /** The tags of a conditional header; empty when it is absent, or a star. */
    static Optional<Set<EntityTag>> tags(Context ctx, String header) {
        return Optional.ofNullable(ctx.header(header))
                .filter(value -> !value.strip().equals("*"))
                .map(value -> Arrays.stream(value.split(","))
                        .map(String::strip)
                        .map(t -> {
                            var match = TAG.matcher(t);
                            if (!match.matches()) {
                                throw Query.refused(
                                        header, "not a list of entity tags of ours", "repeat the ETag of an answer");
                            }
                            return new EntityTag(match.group(1));
                        })
                        .collect(Collectors.toSet()));
    }

    static boolean isStar(Context ctx, String header) {
        return "*"
                .equals(Optional.ofNullable(ctx.header(header))
                        .map(String::strip)
                        .orElse(""));
    }
}
