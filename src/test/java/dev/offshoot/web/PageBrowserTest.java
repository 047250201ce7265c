package dev.offshoot.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.offshoot.format.JsonReader;
import dev.offshoot.outbound.OutboundLimits;
import dev.offshoot.testing.Browser;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.TestRemotes;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TinyApp;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page as a person has it, in a real Chromium. Skipped where there is none: set {@code CHROMIUM}, or put {@code chromium} or {@code
 * google-chrome} on the path. With {@code -Dpictures=FOLDER} it leaves pictures of what it saw.
 */
class PageBrowserTest {
    private static final int ENTER = 13;
    private static final String EXPORT = "/api/workspaces/team/definitions/tooljet/apps/orders/export";
    /** Script that gives every text whose contrast with its ground is too low for small print (WCAG AA: 4.5). */
    private static final String FAINT = """
            (() => {
              const rgb = (c) => c.match(/[\\d.]+/g).map(Number);
              const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
                .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
              const ground = (e) => {
                for (; e !== null; e = e.parentElement) {
                  const c = rgb(getComputedStyle(e).backgroundColor);
                  if (c.length === 3 || c[3] === 1) return c;
                }
                return [255, 255, 255];
              };
              return [...document.querySelectorAll("body *")]
                .filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim() !== ""))
                .filter((e) => {
                  const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))];
                  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
                })
                .map((e) => e.outerHTML).join(" ");
            })()""";
    /** Script that gives every field without a name for those who do not see. */
    private static final String NAMELESS = """
            [...document.querySelectorAll("input:not([type=hidden]), select, button, a")]
              .filter((e) => (e.labels === undefined || e.labels === null || e.labels.length === 0)
                && (e.getAttribute("aria-label") ?? e.textContent).trim() === "")
              .map((e) => e.outerHTML).join(" ")""";

    private static Browser browser;

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeAll
    static void startBrowser() {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "no Chromium on this machine");
        browser = Browser.start(chromium.get());
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() {
        server = TestServer.start(folder.resolve("data")).with("team");
        browser.withoutScripts(false);
        browser.size(1360, 900, false);
        browser.dark(false);
    }

    @AfterEach
    void stop() {
        try {
            assertThat(browser.complaints()).isEmpty();
        } finally {
            server.close();
        }
    }

    private URI at(String path) {
        return URI.create(server.address() + path);
    }

    /** With the keyboard alone: the field has the focus from the start. */
    private void signIn() {
        browser.open(at("/"));
        browser.await("document.activeElement.id === 'token'");
        browser.type(server.token);
        browser.pressAndLoad("Enter", ENTER);
    }

    private Path file(String name, byte[] content) throws Exception {
        return Files.write(folder.resolve(name), content);
    }

    private void picture(String name) {
        String pictures = System.getProperty("pictures", "");
        if (!pictures.isEmpty()) {
            browser.screenshot(Path.of(pictures, name + ".png"));
        }
    }

    private void everybodyCanUseIt() {
        assertThat(browser.evaluate(NAMELESS)).isEqualTo("");
        for (boolean dark : new boolean[] {false, true}) {
            browser.dark(dark);
            assertThat(browser.evaluate(FAINT)).as(dark ? "dark" : "light").isEqualTo("");
        }
        browser.dark(false);
        assertThat(browser.count("main")).isEqualTo(1);
        assertThat(browser.count("h1")).isEqualTo(1);
        assertThat(browser.count("html[lang=en]")).isEqualTo(1);
        browser.size(360, 740, true);
        assertThat(browser.evaluate("String(document.documentElement.scrollWidth)"))
                .as("nothing to be moved sideways on a phone")
                .isEqualTo("360");
        picture("phone-" + browser.evaluate("document.title").replaceAll("[^A-Za-z]+", "-"));
        browser.size(1360, 900, false);
    }

    @Test
    void oneSignsInLooksAroundAndSignsOut() {
        browser.open(at("/"));
        assertThat(browser.text()).contains("Sign in", "or a token");
        everybodyCanUseIt();
        browser.await("document.activeElement.id === 'token'");
        browser.type("not the token");
        browser.pressAndLoad("Enter", ENTER);
        assertThat(browser.text()).contains("no token of this instance");
        picture("sign-in");
        signIn();
        assertThat(browser.url()).endsWith("/workspaces/team");
        assertThat(browser.text()).contains("Nothing is on main yet");
        // Scripts never see the session.
        assertThat(browser.evaluate("document.cookie")).isEqualTo("");
        everybodyCanUseIt();
        picture("empty");
        browser.clickAndLoad("header form button");
        assertThat(browser.text()).contains("Sign in");
        browser.open(at("/workspaces/team"));
        assertThat(browser.text()).contains("or a token");
    }

    @Test
    void aFileIsChosenLookedAtImportedAndDownloaded() throws Exception {
        byte[] document = TinyApp.bytes("orders", 1, "Save");
        signIn();
        browser.choose("#document", file("orders.json", document));
        browser.clickAndLoad("form.upload button");
        assertThat(browser.text()).contains("What this import would do", "orders.json", "To configure afterwards");
        everybodyCanUseIt();
        picture("dry-run");
        server.get(EXPORT).expect(404);
        browser.clickAndLoad(".go button.main");
        assertThat(browser.text()).contains("Imported", "To go back to");
        everybodyCanUseIt();
        picture("imported");
        browser.clickAndLoad(".go .button");
        assertThat(browser.text()).contains("tooljet/apps/orders", "ToolJet app");
        everybodyCanUseIt();
        picture("workspace");
        Path downloads = Files.createDirectories(folder.resolve("downloads"));
        browser.downloadsTo(downloads);
        browser.clickAndDownload(".get .button");
        try (Stream<Path> files = Files.list(downloads)) {
            Path file = files.findFirst().orElseThrow();
            assertThat(file).hasFileName("orders.json");
            assertThat(SameJson.differences(JsonReader.read(document), JsonReader.read(Files.readAllBytes(file))))
                    .isEmpty();
        }
    }

    @Test
    void aFileIsDropped() throws Exception {
        signIn();
        browser.dropAndLoad(".drop", file("dropped.json", TinyApp.bytes("orders", 1, "Save")));
        assertThat(browser.text()).contains("What this import would do", "dropped.json");
        server.get(EXPORT).expect(404);
    }

    @Test
    void noneOfItNeedsScripts() throws Exception {
        browser.withoutScripts(true);
        signIn();
        browser.choose("#document", file("orders.json", TinyApp.bytes("orders", 1, "Save")));
        browser.clickAndLoad("form.upload button");
        assertThat(browser.text()).contains("What this import would do");
        browser.clickAndLoad(".go button.main");
        assertThat(browser.text()).contains("Imported");
        server.get(EXPORT).expect(200);
    }

    @Test
    void whatMovedMeanwhileIsSaidBeforeAnythingIsWritten() throws Exception {
        server.post("/api/workspaces/team/imports", TinyApp.bytes("orders", 1, "Save"))
                .expect(201);
        signIn();
        browser.choose("#document", file("orders.json", TinyApp.bytes("orders", 1, "Send")));
        browser.clickAndLoad("form.upload button");
        server.post("/api/workspaces/team/imports", TinyApp.bytes("orders", 1, "Other"))
                .expect(200);
        browser.clickAndLoad(".go button.main");
        assertThat(browser.text()).contains("meanwhile, so nothing was imported");
        assertThat(server.get(EXPORT).text()).contains("\"Other\"");
        browser.clickAndLoad(".go button.main");
        assertThat(browser.text()).contains("Imported");
        assertThat(server.get(EXPORT).text()).contains("\"Send\"");
    }

    @Test
    void hostileNamesAreShownAsTheyAreAndRunNothing() throws Exception {
        List<String> hostile = List.of(
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onfocus='alert(1)' autofocus='",
                "</title></h1><svg onload=alert(1)>",
                "{{constructor.constructor('alert(1)')()}}",
                "&lt;b&gt; javascript:alert(1)");
        int seed = 10;
        signIn();
        for (String name : hostile) {
            browser.open(at("/workspaces/team"));
            browser.choose("#document", file("h" + seed + ".json", TinyApp.bytes(name, seed++, name)));
            browser.clickAndLoad("form.upload button");
            assertThat(browser.text()).as("dry run").contains(name);
            browser.clickAndLoad(".go button.main");
            assertThat(browser.text()).as("report").contains(name);
        }
        browser.open(at("/workspaces/team"));
        hostile.forEach(name -> assertThat(browser.text()).contains(name));
        onlyOurs();
        picture("hostile");
        // In refusals: a pointer, a file's name, a branch, an address.
        Path bad = file(
                "<img src=x onerror=alert(1)>.json",
                "{\"<script>alert(1)</script>\": 1, \"<script>alert(1)</script>\": 2}".getBytes());
        browser.choose("#document", bad);
        browser.clickAndLoad("form.upload button");
        assertThat(browser.text())
                .contains("<img src=x onerror=alert(1)>.json", "/<script>alert(1)<~1script>", "twice");
        onlyOurs();
        for (String path : List.of(
                "/workspaces/team?branch=%3Cscript%3Ealert(1)%3C/script%3E",
                "/workspaces/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                "/workspaces/team/export?document=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E/a/b")) {
            browser.open(at(path));
            assertThat(browser.is("document.body !== null")).isTrue();
            assertThat(browser.count("img, svg, iframe")).as(path).isZero();
        }
    }

    private static void onlyOurs() {
        assertThat(browser.count("script")).isEqualTo(1);
        assertThat(browser.count("script[src='/assets/page.js']")).isEqualTo(1);
        assertThat(browser.count("img, svg, iframe, object, [onerror], [onload], [onfocus], style, [style]"))
                .isZero();
    }

    @Test
    void aRepositoryIsLookedIntoAndADefinitionOfItImported() throws Exception {
        server.post("/api/workspaces/team/imports", TinyApp.bytes("orders", 1, "Save"))
                .expect(201);
        server.post("/api/workspaces/team/imports", TinyApp.bytes("<b>stock</b>", 2, "Count"))
                .expect(201);
        Files.createDirectories(folder.resolve("git"));
        new GitClient(folder).run("clone", "-q", "--bare", server.gitUrl("team"), "git/hub.git");
        server.close();
        server = TestServer.start(
                        folder.resolve("other"),
                        TestRemotes.allowing(
                                folder.resolve("incoming"), OutboundLimits.DEFAULT, "file:" + folder.resolve("git")))
                .with("team");
        signIn();
        browser.click("#url");
        browser.type("file://" + folder.resolve("git/hub.git"));
        browser.clickAndLoad("[aria-labelledby=from-repository] form > .stack > button");
        assertThat(browser.text()).contains("What is in this repository", "orders", "<b>stock</b>");
        everybodyCanUseIt();
        picture("choice");
        browser.click("input[value='tooljet/apps/orders']");
        browser.clickAndLoad("button.main");
        assertThat(browser.text())
                .contains("What this import would do", "tooljet/apps/orders")
                .doesNotContain("stock");
        server.get(EXPORT).expect(404);
        picture("repository-dry-run");
        browser.clickAndLoad(".go button.main");
        assertThat(browser.text()).contains("Imported");
        server.get(EXPORT).expect(200);
    }

    @Test
    void aLinkOnAnotherSiteLeadsToThePageAndItsFormsDoNothing() {
        signIn();
        browser.open(URI.create("data:text/html," + encoded("<a href='" + at("/workspaces/team") + "'>look</a>")));
        browser.clickAndLoad("a");
        browser.awaitLoad();
        assertThat(browser.count("#definitions")).isEqualTo(1);
        browser.open(URI.create("data:text/html,"
                + encoded("<form method=post action='" + at("/workspaces")
                        + "'><input name=name value=planted><button>win</button></form>")));
        browser.clickAndLoad("button");
        assertThat(browser.text()).contains("did not come from a page of this server");
        assertThat(server.get("/api/workspaces").text()).doesNotContain("planted");
    }

    private static String encoded(String html) {
        return URLEncoder.encode(html, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void theKeyboardReachesEverythingInOrder() {
        signIn();
        browser.press("Tab", 9);
        assertThat(browser.evaluate("document.activeElement.textContent")).isEqualTo("Skip to the content");
        assertThat(browser.is("document.activeElement.getBoundingClientRect().left >= 0"))
                .isTrue();
        picture("skip");
        for (String wanted : List.of(
                "Offshoot", "Sign out", "team", "New workspace", "document", "See what it would do", "url", "ref")) {
            browser.press("Tab", 9);
            assertThat(browser.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))
                    .isEqualTo(wanted);
            assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                    .isNotEqualTo("none");
        }
    }
}
