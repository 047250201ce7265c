package dev.offshoot.testing;

import dev.offshoot.testing.TestServer.Answer;
import java.io.ByteArrayOutputStream;
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

    /** Sends a file from the page of a workspace, as its form does. */
    public Answer upload(String path, String fileName, byte[] document, String... fields) {
        String boundary = "----boundary7MA4YWxkTrZu0gW";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of("form", formToken()));
        all.addAll(List.of(fields));
        for (int i = 0; i < all.size(); i += 2) {
            body.writeBytes(bytes("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + all.get(i)
                    + "\"\r\n\r\n" + all.get(i + 1) + "\r\n"));
        }
        body.writeBytes(bytes("--" + boundary + "\r\nContent-Disposition: form-data; name=\"document\"; filename=\""
                + fileName.replace("\"", "%22") + "\"\r\nContent-Type: application/json\r\n\r\n"));
        body.writeBytes(document);
        body.writeBytes(bytes("\r\n--" + boundary + "--\r\n"));
        return remember(server.sendAs(
                "",
                "POST",
                path,
                body.toByteArray(),
                with("Content-Type", "multipart/form-data; boundary=" + boundary, "Sec-Fetch-Site", "same-origin")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Value of a hidden field of a page. */
    public static String field(Answer page, String name) {
        Matcher match =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page.text());
        if (!match.find()) {
            throw new AssertionError("no field " + name + " in " + page.text());
        }
        return match.group(1);
    }

    public String formToken() {
        Answer home = get("/");
        Matcher match = TOKEN.matcher(
                home.status() == 303 ? get(home.header("Location")).text() : home.text());
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
