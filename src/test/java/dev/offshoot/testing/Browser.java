package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A real Chromium without a window, driven over its own debugging protocol. One page, used by one thread. What the page asks, and what it
 * complains about, is kept: a test can say that nothing ran that should not.
 */
public final class Browser implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> calls = new ConcurrentHashMap<>();
    private final List<JsonObject> events = new ArrayList<>();
    private String session = "";
    private int read;

    private Browser(Process process, Path profile, URI address) {
        this.process = process;
        this.profile = profile;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Ear())
                .join();
    }

    /** Where Chromium is on this machine, if it is. */
    public static Optional<Path> installed() {
        Stream<Path> named = Stream.ofNullable(System.getenv("CHROMIUM")).map(Path::of);
        Stream<Path> onPath = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)));
        return Stream.of(named, onPath, downloaded())
                .flatMap(paths -> paths)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<Path> downloaded() {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "ms-playwright");
        if (!Files.isDirectory(cache)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(cache, 3)) {
            return files.filter(f -> f.getFileName().toString().matches("chrome|headless_shell")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one with an empty page. */
    public static Browser start(Path chromium) {
        try {
            Path profile = Files.createTempDirectory("browser");
            Process process = new ProcessBuilder(
                            chromium.toString(),
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--disable-extensions",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run",
                            "--no-default-browser-check",
                            "--no-proxy-server",
                            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile,
                            "about:blank")
                    .redirectErrorStream(true)
                    .start();
            Browser browser = new Browser(process, profile, address(process));
            browser.attach();
            return browser;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI address(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line; (line = out.readLine()) != null; ) {
            if (line.startsWith("DevTools listening on ")) {
                Thread drain = new Thread(() -> out.lines().forEach(ignored -> {}), "browser output");
                drain.setDaemon(true);
                drain.start();
                return URI.create(
                        line.substring("DevTools listening on ".length()).strip());
            }
            said.append(line).append('\n');
        }
        throw new IOException("the browser did not start: " + said);
    }

    private void attach() {
        String target = text(call("Target.createTarget", "url", "about:blank"), "targetId");
        session = text(call("Target.attachToTarget", "targetId", target, "flatten", true), "sessionId");
        // The page is in front, whatever other windows the browser believes to have.
        call("Emulation.setFocusEmulationEnabled", "enabled", true);
        for (String domain : List.of("Page", "Runtime", "DOM", "Log", "Network")) {
            call(domain + ".enable");
        }
    }

    // What a person does

    public void open(URI address) {
        mark();
        call("Page.navigate", "url", address.toString());
        awaitLoad();
    }

    /** Runs a script that leads to another page, and waits for that page. */
    public void andLoad(String script) {
        mark();
        run(script);
        awaitLoad();
    }

    /** Clicks what a selector names, as a mouse does, and waits for the page that comes. */
    public void clickAndLoad(String selector) {
        mark();
        click(selector);
        awaitLoad();
    }

    /** Clicks what a selector names, as a mouse does. */
    public void click(String selector) {
        JsonObject at = (JsonObject) value("(() => { const e = document.querySelector(" + quote(selector)
                + "); e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                + " return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            call(
                    "Input.dispatchMouseEvent",
                    "type",
                    type,
                    "x",
                    member(at, "x"),
                    "y",
                    member(at, "y"),
                    "button",
                    "left",
                    "clickCount",
                    1);
        }
    }

    /** Presses a key that has a name. */
    public void press(String key, int code) {
        String typed = key.equals("Enter") ? "\r" : key.equals("Space") ? " " : "";
        String name = key.equals("Space") ? " " : key;
        call(
                "Input.dispatchKeyEvent",
                "type",
                typed.isEmpty() ? "rawKeyDown" : "keyDown",
                "key",
                name,
                "code",
                key,
                "windowsVirtualKeyCode",
                code,
                "text",
                typed);
        call("Input.dispatchKeyEvent", "type", "keyUp", "key", name, "code", key, "windowsVirtualKeyCode", code);
    }

    public void pressAndLoad(String key, int code) {
        mark();
        press(key, code);
        awaitLoad();
    }

    /** Types into whatever has the focus. */
    public void type(String text) {
        call("Input.insertText", "text", text);
    }

    /** Chooses a file as if in the dialog. */
    public void choose(String selector, Path file) {
        JsonObject document = (JsonObject) member(call("DOM.getDocument"), "root");
        JsonValue node =
                member(call("DOM.querySelector", "nodeId", member(document, "nodeId"), "selector", selector), "nodeId");
        call("DOM.setFileInputFiles", "nodeId", node, "files", JsonArray.of(List.of(new JsonString(file.toString()))));
    }

    /** Drops a file on what a selector names, and waits for the page that comes. */
    public void dropAndLoad(String selector, Path file) {
        JsonObject at = (JsonObject) value("(() => { const e = document.querySelector(" + quote(selector)
                + "); e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                + " return {x: r.x + 10, y: r.y + 10}; })()");
        JsonObject data = JsonObject.builder()
                .put("items", JsonArray.of(List.of()))
                .put("files", JsonArray.of(List.of(new JsonString(file.toString()))))
                .put("dragOperationsMask", JsonValue.of(1))
                .build();
        mark();
        for (String type : List.of("dragEnter", "dragOver", "drop")) {
            call("Input.dispatchDragEvent", "type", type, "x", member(at, "x"), "y", member(at, "y"), "data", data);
        }
        awaitLoad();
    }

    // What a person sees

    /** The text of the page as it is shown. */
    public String text() {
        return evaluate("document.body.innerText");
    }

    public String url() {
        return evaluate("location.href");
    }

    /** What a script gives, as text. */
    public String evaluate(String script) {
        JsonValue value = value(script);
        return value instanceof JsonString s
                ? s.value()
                : new String(JsonWriter.compact(value), StandardCharsets.UTF_8);
    }

    public boolean is(String script) {
        return value("!!(" + script + ")") instanceof JsonBoolean b && b.value();
    }

    /** Waits until a script says so. */
    public void await(String script) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!is(script)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not so in " + PATIENCE_SECONDS + " s: " + script);
            }
        }
    }

    public int count(String selector) {
        return Integer.parseInt(evaluate("document.querySelectorAll(" + quote(selector) + ").length"));
    }

    private JsonValue value(String script) {
        JsonObject answer = call("Runtime.evaluate", "expression", script, "returnByValue", true, "awaitPromise", true);
        if (answer.has("exceptionDetails")) {
            throw new AssertionError("script failed: " + script + ": " + answer);
        }
        return ((JsonObject) member(answer, "result")).get("value").orElse(JsonNull.NULL);
    }

    private void run(String script) {
        value(script);
    }

    // How the browser is

    public void withoutScripts(boolean without) {
        call("Emulation.setScriptExecutionDisabled", "value", without);
    }

    public void size(int width, int height, boolean phone) {
        call(
                "Emulation.setDeviceMetricsOverride",
                "width",
                width,
                "height",
                height,
                "deviceScaleFactor",
                1,
                "mobile",
                phone);
    }

    public void dark(boolean dark) {
        JsonObject feature = JsonObject.builder()
                .put("name", "prefers-color-scheme")
                .put("value", dark ? "dark" : "light")
                .build();
        call("Emulation.setEmulatedMedia", "features", JsonArray.of(List.of(feature)));
    }

    /** Where downloads go. */
    public void downloadsTo(Path folder) {
        String page = session;
        session = "";
        call(
                "Browser.setDownloadBehavior",
                "behavior",
                "allow",
                "downloadPath",
                folder.toString(),
                "eventsEnabled",
                true);
        session = page;
    }

    /** Clicks a link and waits until what it leads to has been downloaded. */
    public void clickAndDownload(String selector) {
        mark();
        click(selector);
        await(e -> method(e).equals("Browser.downloadProgress")
                && ((JsonObject) member(e, "params")).text("state").orElse("").equals("completed"));
    }

    public void screenshot(Path file) {
        String data = text(call("Page.captureScreenshot", "captureBeyondViewport", true), "data");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Dialogs, errors of scripts and broken policies since the start: what a page that runs foreign code shows. */
    public List<String> complaints() {
        synchronized (events) {
            return events.stream()
                    .filter(e -> method(e)
                                    .matches(
                                            "Page.javascriptDialogOpening|Runtime.exceptionThrown|Runtime.consoleAPICalled")
                            || method(e).equals("Log.entryAdded")
                                    && e.toString().contains("Security Policy"))
                    .map(Object::toString)
                    .toList();
        }
    }

    // The protocol

    private void mark() {
        synchronized (events) {
            read = events.size();
        }
    }

    /** Waits for one more page, which comes by itself. */
    public void awaitLoad() {
        await(e -> method(e).equals("Page.loadEventFired"));
    }

    private void await(Predicate<JsonObject> wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (events) {
            while (true) {
                while (read < events.size()) {
                    if (wanted.test(events.get(read++))) {
                        return;
                    }
                }
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("the browser did not get there in " + PATIENCE_SECONDS + " s");
                }
                try {
                    events.wait(Math.max(1, left / 1_000_000));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private JsonObject call(String method, Object... parameters) {
        JsonObject.Builder arguments = JsonObject.builder();
        for (int i = 0; i < parameters.length; i += 2) {
            arguments.put((String) parameters[i], json(parameters[i + 1]));
        }
        int id = ids.incrementAndGet();
        JsonObject.Builder message = JsonObject.builder()
                .put("id", JsonValue.of(id))
                .put("method", method)
                .put("params", arguments.build());
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        calls.put(id, answer);
        socket.sendText(new String(JsonWriter.compact(message.build()), StandardCharsets.UTF_8), true)
                .join();
        try {
            JsonObject come = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (come.has("error")) {
                throw new AssertionError(method + ": " + come.get("error").orElseThrow());
            }
            return (JsonObject) member(come, "result");
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(method + " was not answered", e);
        }
    }

    private static JsonValue json(Object value) {
        return value instanceof JsonValue v
                ? v
                : value instanceof Boolean b
                        ? JsonValue.of(b)
                        : value instanceof Integer n ? JsonValue.of(n) : new JsonString((String) value);
    }

    private static JsonValue member(JsonObject object, String name) {
        return object.get(name).orElseThrow(() -> new AssertionError("no " + name + " in " + object));
    }

    private static String text(JsonObject object, String member) {
        return object.text(member).orElseThrow();
    }

    private static String method(JsonObject event) {
        return event.text("method").orElse("");
    }

    private static String quote(String text) {
        return new String(JsonWriter.compact(new JsonString(text)), StandardCharsets.UTF_8);
    }

    /** Puts messages together and hands them to whoever waits. */
    private final class Ear implements WebSocket.Listener {
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                JsonObject message =
                        (JsonObject) JsonReader.read(part.toString().getBytes(StandardCharsets.UTF_8));
                part.setLength(0);
                hear(message);
            }
            from.request(1);
            return null;
        }

        private void hear(JsonObject message) {
            if (message.get("id").orElse(JsonNull.NULL) instanceof JsonNumber id) {
                calls.remove(Integer.parseInt(id.literal())).complete(message);
            } else {
                synchronized (events) {
                    events.add(message);
                    events.notifyAll();
                }
                if (method(message).equals("Page.javascriptDialogOpening")) {
                    CompletableFuture.runAsync(() -> call("Page.handleJavaScriptDialog", "accept", true));
                }
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
            for (int tries = 0; tries < 20 && !deleted(); tries++) {
                // Helpers of the browser may still be writing into its profile while they die.
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean deleted() {
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
