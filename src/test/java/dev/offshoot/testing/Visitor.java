package dev.offshoot.testing;

import dev.offshoot.testing.TestServer.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a very simple browser: keeps the cookie, sends forms as browsers do, looks at nothing but the text. */
public final class Visitor {
    private static final Pattern TOKEN = Pattern.compile("name=\"form\" value=\"([A-Za-z0-9_-]{43})\"");

    private final TestServer server;
    private Optional<String> cookie = Optional.empty();

    public Visitor(TestServer server) {
        this.server = server;
    }

    /** Somebody who has signed in. */
    public static Visitor signedIn(TestServer server) {
        Visitor visitor = new Visitor(server);
        visitor.send("/session", "token", server.token).expect(303);
        return visitor;
    }

    public Answer get(String path, String... headers) {
        return remember(server.sendAs("", "GET", path, new byte[0], with(headers)));
    }

    /** Sends fields, given as name and value in turns, from a page of the same server. */
    public Answer send(String path, String... fields) {
        return sendFrom("Sec-Fetch-Site", "same-origin", path, fields);
    }

    /** The same with another header saying where it comes from. */
    public Answer sendFrom(String header, String value, String path, String... fields) {
        return remember(server.sendAs(
                "",
                "POST",
                path,
                encoded(fields).getBytes(StandardCharsets.UTF_8),
                with("Content-Type", "application/x-www-form-urlencoded", header, value)));
    }

    /** Sends fields together with what proves that a page of this session made the form. */
    public Answer submit(String path, String... fields) {
        List<String> all = new ArrayList<>(List.of("form", formToken()));
        all.addAll(List.of(fields));
        return send(path, all.toArray(String[]::new));
    }

    public String formToken() {
        Matcher match = TOKEN.matcher(get("/").text());
        if (!match.find()) {
            throw new AssertionError("no form on the page");
        }
        return match.group(1);
    }

    /** The cookie as it is sent; empty without one. */
    public String cookie() {
        return cookie.orElse("");
    }

    public void useCookie(String other) {
        cookie = Optional.of(other);
    }

    private String[] with(String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        cookie.ifPresent(c -> all.addAll(List.of("Cookie", c)));
        return all.toArray(String[]::new);
    }

    private Answer remember(Answer answer) {
        String set = answer.header("Set-Cookie");
        if (!set.isEmpty()) {
            String pair = set.substring(0, set.indexOf(';'));
            cookie = pair.endsWith("=") ? Optional.empty() : Optional.of(pair);
        }
        return answer;
    }

    private static String encoded(String... fields) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(fields[i] + "=" + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return String.join("&", pairs);
    }
}
