package dev.offshoot.cli;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FailureDetails;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A running Offshoot as the command line talks to it. Its problem documents become failures here. */
final class RemoteServer {
    private final URI base;
    private final String token;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * A server by its address.
     *
     * @throws Failure {@code INVALID_PARAMETER} for no address, {@code UNAUTHENTICATED} without a token
     */
    RemoteServer(String url, Map<String, String> environment) {
        this.base = base(url);
        this.token = token(environment);
    }

    private static URI base(String url) {
        try {
            URI uri = URI.create(url.replaceAll("/+$", ""));
            if (uri.getHost() != null && List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Reported below, like any other text that is no address.
        }
        throw Failure.of(Reason.INVALID_PARAMETER, "--server", "not an address", "for example http://127.0.0.1:8080");
    }

    private static String token(Map<String, String> environment) {
        String file = environment.getOrDefault("OFFSHOOT_TOKEN_FILE", "");
        try {
            String token = file.isEmpty()
                    ? environment.getOrDefault("OFFSHOOT_TOKEN", "")
                    : Files.readString(Path.of(file)).strip();
            if (!token.isEmpty()) {
                return token;
            }
        } catch (IOException e) {
            throw new Failure(Problem.of(Reason.STORAGE, "OFFSHOOT_TOKEN_FILE", "cannot be read"), e);
        }
        throw Failure.of(
                Reason.UNAUTHENTICATED,
                "OFFSHOOT_TOKEN",
                "no token",
                "set OFFSHOOT_TOKEN, or OFFSHOOT_TOKEN_FILE to the name of a file that holds it");
    }

    byte[] post(String path, byte[] body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    byte[] put(String path, byte[] body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(body))
                .build());
    }

    byte[] delete(String path) {
        return send(request(path).DELETE().build());
    }

    byte[] get(String path) {
        return send(request(path).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + token);
    }

    private byte[] send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() / 100 == 2) {
                return response.body();
            }
            throw failure(response);
        } catch (IOException e) {
            throw new Failure(
                    new Problem(Reason.BUSY, base.toString(), "cannot be reached", "is the server running there?"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(Reason.BUSY, base.toString(), "interrupted");
        }
    }

    private Failure failure(HttpResponse<byte[]> response) {
        List<Problem> problems = new ArrayList<>();
        FailureDetails details = FailureDetails.NONE;
        try {
            if (JsonReader.read(response.body()) instanceof JsonObject document) {
                document.array("errors").ifPresent(errors -> errors.forEach(e -> problems.add(problem(e))));
                details = document.text("confirm")
                        .<FailureDetails>map(token -> new FailureDetails.DataLoss(new ConfirmToken(token), List.of()))
                        .orElse(details);
                if (problems.isEmpty()) {
                    problems.add(Problem.of(
                            byStatus(response.statusCode()),
                            base.toString(),
                            document.text("detail").orElse("status " + response.statusCode())));
                }
            }
        } catch (Failure noProblemDocument) {
            // Something in between answered; the status is all there is.
        }
        if (problems.isEmpty()) {
            problems.add(Problem.of(
                    byStatus(response.statusCode()), base.toString(), "answered with status " + response.statusCode()));
        }
        return new Failure(problems, details);
    }

    private static Problem problem(JsonValue value) {
        JsonObject error = value instanceof JsonObject o ? o : JsonObject.EMPTY;
        String code = error.text("code").orElse("");
        Reason reason = Arrays.stream(Reason.values())
                .filter(r -> r.name().equals(code.toUpperCase(Locale.ROOT).replace('-', '_')))
                .findFirst()
                .orElse(Reason.INTERNAL);
        return new Problem(
                reason,
                error.text("pointer").orElse(""),
                error.text("message").orElse(""),
                error.text("hint").orElse(""));
    }

    private static Reason byStatus(int status) {
        return switch (status) {
            case 401 -> Reason.UNAUTHENTICATED;
            case 403 -> Reason.FORBIDDEN;
            case 404 -> Reason.NOT_FOUND;
            case 409 -> Reason.CONFLICT;
            case 412 -> Reason.STALE_PLAN;
            case 413 -> Reason.BODY_TOO_LARGE;
            case 503 -> Reason.BUSY;
            default -> status < 500 ? Reason.INVALID_PARAMETER : Reason.INTERNAL;
        };
    }
}
