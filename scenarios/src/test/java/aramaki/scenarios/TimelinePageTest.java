package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.system.SystemName;
import aramaki.protocol.Json;
import aramaki.server.Server;
import aramaki.server.ServerSettings;
import aramaki.testkit.HostileNotes;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitUntilState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The timeline in a browser, as the hand and the eye meet it.
class TimelinePageTest {
    private static final Path SHOTS = Path.of("target", "screenshots");

    @TempDir private static Path folder;
    private static Server server;
    private static Browser browser;
    private static String token;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        server = new Server(ServerSettings.of(folder, 0, Optional.empty()), InstantSource.system());
        server.start();
        token = server.access().newToken(server.owner(), "test");
        browser = new Browser();
        for (String name : List.of("shop", "office")) {
            server.systems()
                    .put(
                            new SystemName(name),
                            Map.of("system.yaml", "title: " + name + "\n"),
                            server.owner().by());
        }
        var now = InstantSource.system().instant();
        for (int i = 0; i < 60; i++) {
            deployed("shop", i, now.minus(Duration.ofMinutes(20L * i)));
        }
        note("shop", "Rolled **back**, see [the runbook](https://wiki.example/shop).");
        try (var page = page("/")) {
            page.navigate(server.signInLink().toString());
        }
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.close();
        HTTP.close();
    }

    @Test
    void keysZoomAndMove() {
        try (var page = page("/timeline?q=system:shop")) {
            assertThat(page.locator("#lanes .lane").count()).isEqualTo(7);
            press(page, "+", "from=12h");
            press(page, "-", "from=1d");
            press(page, "-", "from=3d");
            press(page, "[", "&to=");
            press(page, "n", "from=3d");
            page.keyboard().press("?");
            assertThat(page.locator("#keys").innerText()).contains("zoom in", "earlier");
        }
    }

    @Test
    void draggingSelectsAStretch() {
        try (var page = page("/timeline?q=system:shop&from=24h")) {
            var box = page.locator(".l-outside svg").boundingBox();
            page.mouse().move(box.x + box.width * 0.25, box.y + 10);
            page.mouse().down();
            page.mouse().move(box.x + box.width * 0.4, box.y + 12);
            page.mouse().move(box.x + box.width * 0.5, box.y + 12);
            assertThat(page.locator(".brush").count()).isEqualTo(1);
            page.screenshot(
                    new Page.ScreenshotOptions().setPath(SHOTS.resolve("timeline-brush.png")));
            page.mouse().up();
            page.waitForURL(Pattern.compile(".*from=.*&to=.*"));
            var match = Pattern.compile("from=([^&]+)&to=([^&]+)").matcher(page.url());
            assertThat(match.find()).isTrue();
            var length =
                    Duration.between(Instant.parse(match.group(1)), Instant.parse(match.group(2)));
            assertThat(length).isBetween(Duration.ofHours(5), Duration.ofHours(7));
            assertThat(page.locator("#lanes-h").innerText()).contains("hours");
        }
    }

    @Test
    void arrowsGoFromMarkToMark() {
        try (var page = page("/timeline?q=system:shop&from=24h")) {
            page.locator(".l-outside a").first().focus();
            String first = focused(page);
            page.keyboard().press("ArrowRight");
            String second = focused(page);
            assertThat(second).isNotEqualTo(first).contains("deployed shop");
            page.keyboard().press("End");
            page.keyboard().press("ArrowDown");
            assertThat(focused(page)).doesNotContain("deployed");
            page.keyboard().press("ArrowUp");
            page.keyboard().press("Home");
            assertThat(focused(page)).isEqualTo(first);
            page.keyboard().press("Enter");
            page.waitForURL(Pattern.compile(".*/events/[0-9a-f]{64}"));
        }
    }

    @Test
    void withoutScriptLinksDoTheSame() {
        try (var page = page("/timeline?q=system:shop")) {
            page.route(Pattern.compile(".*\\.js"), route -> route.abort()); // as if there were none
            page.reload();
            page.locator("a[title='zoom in']").click();
            page.waitForURL(Pattern.compile(".*from=12h"));
            page.locator("a[title=earlier]").click();
            page.waitForURL(Pattern.compile(".*&to=.*"));
            page.locator(".l-outside a").first().click();
            page.waitForURL(Pattern.compile(".*/events/.*"));
        }
    }

    @Test
    void whatElseHappenedIsOneClickAway() throws Exception {
        String id = note("office", "Somebody tripped over the cable");
        note("shop", "The shop is slow");
        try (var page = page("/events/" + id)) {
            page.getByText("What else happened around this").first().click();
            page.waitForURL(Pattern.compile(".*around=.*"));
            assertThat(page.locator("#events").innerText())
                    .contains("This event", "Somebody tripped", "Elsewhere", "The shop is slow");
            Browser.screenshots(page, SHOTS, "timeline-around");
        }
    }

    @Test
    void aNoteIsAttachedToAnEvent() throws Exception {
        String id = note("office", "Fuse blew");
        try (var page = page("/events/" + id)) {
            page.locator("#note").fill("Replaced it: **16 A**");
            page.getByText("Add note").click();
            page.waitForURL(Pattern.compile(".*#notes-h"));
            assertThat(page.locator("strong").allInnerTexts()).contains("16 A");
            Browser.screenshots(page, SHOTS, "event");
        }
    }

    @Test
    void hostileNotesStayWordsInABrowser() throws Exception {
        for (String evil : HostileNotes.ALL) {
            post(
                    "/api/v1/systems/office/notes",
                    "application/json",
                    Json.text(Map.of("text", evil)));
        }
        for (int i = 0; i < HostileNotes.ALL.size(); i++) {
            String evil = HostileNotes.ALL.get(i);
            var event =
                    Map.of(
                            "specversion",
                            "1.0",
                            "id",
                            "evil" + i,
                            "source",
                            "/evil",
                            "type",
                            "evil",
                            "subject",
                            evil.length() > 500 ? evil.substring(0, 500) : evil,
                            "data",
                            Map.of("title", evil, "url", evil));
            post("/api/v1/events?system=office", "application/cloudevents+json", Json.text(event));
        }
        var asked = new CopyOnWriteArrayList<String>();
        var dialogs = new CopyOnWriteArrayList<String>();
        try (var page = page("/timeline?q=system:office")) {
            page.onRequest(request -> asked.add(request.url()));
            page.onDialog(
                    dialog -> {
                        dialogs.add(dialog.message());
                        dialog.dismiss();
                    });
            for (String path :
                    List.of(
                            "/timeline?q=system:office",
                            "/timeline?q=system:office%20type:note",
                            "/timeline?q=system:office&from=1h",
                            "/s/office")) {
                page.navigate(server.url() + path);
                assertThat(page.locator("h1").count()).isEqualTo(1);
                assertThat(
                                page.evaluate(
                                        "document.querySelectorAll('.told :is(script, img, svg,"
                                                + " iframe, form, style, base, meta, input, [onerror], [style])')"
                                                + ".length"))
                        .isEqualTo(0);
                if (path.endsWith("note")) {
                    assertThat(page.locator(".md").count()).isGreaterThan(60);
                }
                for (String href : hrefs(page)) {
                    assertThat(href)
                            .as(path)
                            .matches("(https?://|mailto:|/events/|/s/|/timeline\\?)(?s:.*)");
                }
            }
        }
        assertThat(dialogs).isEmpty();
        assertThat(asked).allMatch(url -> url.startsWith(server.url().toString()));
        assertThat(browser.complaints()).noneMatch(c -> c.contains("Content Security Policy"));
    }

    @Test
    void itIsLookedAt() {
        try (var page = page("/timeline?q=system:shop&from=24h")) {
            Browser.screenshots(page, SHOTS, "timeline-signs");
            page.navigate(server.url() + "/timeline?from=90d");
            Browser.screenshots(page, SHOTS, "timeline-90d");
            page.setViewportSize(360, 780);
            assertThat(page.evaluate("document.documentElement.scrollWidth <= 360"))
                    .isEqualTo(true);
        }
    }

    private static List<String> hrefs(Page page) {
        var hrefs = new ArrayList<String>();
        for (var link : page.locator(".told a").all()) {
            hrefs.add(link.getAttribute("href"));
        }
        return hrefs;
    }

    private static String focused(Page page) {
        return (String) page.evaluate("document.activeElement.getAttribute('aria-label')");
    }

    private static void press(Page page, String key, String url) {
        page.keyboard().press(key);
        page.waitForURL(Pattern.compile(".*" + Pattern.quote(url) + ".*"));
    }

    private static Page page(String path) {
        var page = browser.page();
        page.navigate(
                server.url() + path,
                new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
        return page;
    }

    private static String note(String system, String text) throws Exception {
        return post(
                        "/api/v1/systems/" + system + "/notes",
                        "application/json",
                        Json.text(Map.of("text", text)))
                .path("id")
                .asText();
    }

    private static void deployed(String system, int number, Instant at) throws Exception {
        String event =
                """
                {"context": {"version": "0.4.1", "id": "%d", "source": "/jenkins",
                  "type": "dev.cdevents.service.deployed.0.2.0", "timestamp": "%s"},
                 "subject": {"id": "%s", "type": "service", "content": {
                  "environment": {"id": "production"}, "artifactId": "pkg:maven/x/%s@1.%d"}}}
                """
                        .formatted(number, at, system, system, number);
        post("/api/v1/events?system=" + system, "application/json", event);
    }

    private static JsonNode post(String path, String type, String body) throws Exception {
        var answer =
                HTTP.send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + server.port() + path))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", type)
                                .timeout(Duration.ofSeconds(20))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(201);
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
