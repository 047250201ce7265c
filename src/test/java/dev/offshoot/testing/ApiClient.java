package dev.offshoot.testing;

import dev.offshoot.testing.TestServer.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client of a server's API that holds its token. For many threads. */
public final class ApiClient {
    private final URI address;
    private final String token;
    private final HttpClient client = HttpClient.newHttpClient();

    public ApiClient(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    public URI address() {
        return address;
    }

    public Answer get(String path) {
        return send("GET", path, new byte[0]);
    }

    public Answer post(String path, byte[] body) {
        return send("POST", path, body);
    }

    /** Sends with the token. */
    public Answer send(String method, String path, byte[] body, String... headers) {
        return sendAs("Bearer " + token, method, path, body, headers);
    }

    /**
     * Sends with another {@code Authorization} header; none when it is empty.
     *
     * @throws UncheckedIOException when there is no answer
     */
    public Answer sendAs(String authorization, String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofMinutes(2))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
