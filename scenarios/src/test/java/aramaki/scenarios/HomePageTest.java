package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.AlertState;
import aramaki.model.alert.EpisodeId;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.Hash;
import aramaki.protocol.Json;
import aramaki.server.Server;
import aramaki.server.ServerSettings;
import aramaki.server.access.Caller;
import aramaki.server.access.Person;
import aramaki.server.search.Command;
import aramaki.server.sql.SqlAccessStore;
import aramaki.server.sql.SqlAlertStore;
import aramaki.server.sql.SqliteStore;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Home, presence, search and keys in a browser, with two people at once.
class HomePageTest {
    private static final Path SHOTS = Path.of("target", "screenshots");
    private static final String EVIL = "<img src=x onerror=\"window.hacked=1\">";
    private static final Caller BO =
            new Caller("p_zzbo", "bo", "operator", new Hash("b".repeat(64)));
    private static final Duration SOON = Duration.ofSeconds(15);

    /// A stream whose browser is gone is noticed when the second beat cannot be written.
    private static final Duration GONE = Duration.ofSeconds(40);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir private static Path folder;
    private static Server server;
    private static Browser browser;
    private static String token;

    private static Person person(Caller who) {
        return new Person(
                who.person(),
                who.name(),
                "",
                who.role(),
                who.admitted(),
                false,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    @BeforeAll
    static void start() {
        server =
                new Server(
                        ServerSettings.of(folder, 0, Optional.empty()),
                        InstantSource.system(),
                        List.of(new Command("aramaki alert show", "KEY", "Show one alert.")));
        server.start();
        var owner = server.owner();
        token = server.access().newToken(owner, "test");
        browser = new Browser();
        for (String name : List.of("shop", "office")) {
            server.systems()
                    .put(
                            new SystemName(name),
                            Map.of(
                                    "system.yaml",
                                    Json.text(Map.of("title", "The " + name + " " + EVIL)),
                                    "checks/http-front.yaml",
                                    "name: http-front\nprobe: {load: {}}\nevery: 60s\n",
                                    "checks/disk.yaml",
                                    "name: disk\nprobe: {load: {}}\nevery: 60s\n"),
                            owner.by());
        }
        try (var store = SqliteStore.open(folder.resolve("aramaki.db"))) {
            store.write(
                    tx -> {
                        new SqlAccessStore().addPerson(tx, person(BO));
                        alert("shop/web1/http-front", State.CRITICAL, "503 " + EVIL)
                                .forEach(a -> new SqlAlertStore().save(tx, a));
                        alert("office/fw1/disk", State.WARNING, "91%")
                                .forEach(a -> new SqlAlertStore().save(tx, a));
                        return true;
                    });
        }
        for (String system : List.of("shop", "office")) {
            post(
                    "/api/v1/grants",
                    Map.of(
                            "holder",
                            "bo",
                            "role",
                            "operator",
                            "systems",
                            List.of(system),
                            "expiresIn",
                            "8h",
                            "reason",
                            "a test"),
                    owner);
        }
        signIn(browser.page(), owner);
    }

    private static List<Alert> alert(String key, State severity, String output) {
        return List.of(
                new Alert(
                        AlertKey.parse(key),
                        new EpisodeId("e_" + key.substring(0, 1).repeat(16)),
                        new AlertState.Firing(),
                        severity,
                        InstantSource.system().instant().minusSeconds(600),
                        output));
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.close();
        HTTP.close();
    }

    private static Page signIn(Page page, Caller person) {
        page.navigate(server.access().newLink(person, server.url()).toString());
        return page;
    }

    private static Page page(String path) {
        var page = browser.page();
        page.navigate(server.url() + path);
        return page;
    }

    private static JsonNode get(String path) {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(server.url() + path))
                            .header("Authorization", "Bearer " + token)
                            .build();
            return Json.read(HTTP.send(request, BodyHandlers.ofString()).body(), JsonNode.class);
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(path, e);
        }
    }

    private static List<String> openBy(String path) {
        return get(path).path("openBy").valueStream().map(p -> p.path("person").asText()).toList();
    }

    private static void shows(Page page, String selector, String text) {
        page.locator(selector, new Page.LocatorOptions().setHasText(text))
                .first()
                .waitFor(new Locator.WaitForOptions().setTimeout(SOON.toMillis()));
    }

    private static void accessible(Page page) {
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .extracting(v -> v.getId() + " " + v.getNodes())
                .isEmpty();
    }

    @Test
    void whatOnePersonHasOpenTheOthersSeeAtOnceAndNoLongerThanItIsOpen() {
        try (var home = page("/");
                var shop = page("/s/shop");
                var bo = signIn(browser.pageOfSomebodyElse(), BO)) {
            home.evaluate("window.neverReloaded = true");
            bo.navigate(server.url() + "/s/shop/checks/http-front#e-web1");

            shows(home, "#needs .openby", "bo");
            shows(shop, "#around .openby", "bo, since");
            shows(shop, "#problems .openby", "bo");
            assertThat(openBy("/api/v1/alerts/shop/web1/http-front")).contains("bo");
            assertThat(openBy("/api/v1/systems/shop")).contains("bo");
            assertThat(openBy("/api/v1/systems/shop/status")).contains("bo");
            assertThat(openBy("/api/v1/alerts/office/fw1/disk")).isEmpty();
            Instant since =
                    Instant.parse(
                            get("/api/v1/alerts/shop/web1/http-front")
                                    .at("/openBy/0/since")
                                    .asText());
            shop.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("presence.png")));

            bo.reload();
            shows(shop, "#around .openby", "bo, since");
            assertThat(get("/api/v1/alerts/shop/web1/http-front").at("/openBy/0/since").asText())
                    .isEqualTo(since.toString());

            bo.navigate(server.url() + "/timeline");
            await().atMost(SOON)
                    .until(() -> openBy("/api/v1/alerts/shop/web1/http-front").isEmpty());
            await().atMost(SOON).until(() -> home.locator("#needs .openby").count() == 0);

            bo.navigate(server.url() + "/s/office");
            await().atMost(SOON).until(() -> openBy("/api/v1/systems/office").contains("bo"));
            bo.context().close();
            await().atMost(GONE).until(() -> openBy("/api/v1/systems/office").isEmpty());
            assertThat(home.evaluate("window.neverReloaded")).isEqualTo(true);
        }
    }

    @Test
    void twoTabsOfOnePersonAreOnePersonAndAHiddenTabIsNobody() {
        var bo = signIn(browser.pageOfSomebodyElse(), BO);
        try (var second = bo.context().newPage()) {
            bo.navigate(server.url() + "/s/office/checks/disk");
            second.navigate(server.url() + "/s/office/checks/http-front");
            await().atMost(SOON)
                    .until(() -> openBy("/api/v1/alerts/office/fw1/disk").equals(List.of("bo")));
            await().atMost(SOON)
                    .until(
                            () ->
                                    get("/api/v1/presence").findValuesAsText("check").stream()
                                            .sorted()
                                            .toList()
                                            .equals(List.of("disk", "http-front")));
            assertThat(openBy("/api/v1/systems/office")).containsExactly("bo");

            hide(second, true);
            await().atMost(SOON)
                    .until(
                            () ->
                                    get("/api/v1/presence")
                                            .findValuesAsText("check")
                                            .equals(List.of("disk")));
            hide(bo, true);
            await().atMost(SOON).until(() -> openBy("/api/v1/systems/office").isEmpty());
            hide(bo, false);
            await().atMost(SOON)
                    .until(() -> openBy("/api/v1/alerts/office/fw1/disk").equals(List.of("bo")));
        } finally {
            bo.context().close();
        }
        await().atMost(GONE).until(() -> openBy("/api/v1/systems/office").isEmpty());
    }

    private static void hide(Page page, boolean hidden) {
        page.evaluate(
                "hidden => { Object.defineProperty(document, 'hidden', { value: hidden,"
                        + " configurable: true }); document.dispatchEvent(new"
                        + " Event('visibilitychange')); }",
                hidden);
    }

    @Test
    void thePaletteIsUsedByKeysAlone() {
        try (var page = page("/agents")) {
            page.keyboard().press("Control+k");
            assertThat(focused(page)).isEqualTo("palette-q");
            page.keyboard().type("shop fr");
            page.locator("#palette-list [role=option]").first().waitFor();
            shows(page, "#palette-list", "http-front on web1");
            accessible(page);
            Browser.screenshots(page, SHOTS, "palette");
            String first = page.locator("#palette-q").getAttribute("aria-activedescendant");
            assertThat(page.locator("[role=option][aria-selected=true]").getAttribute("id"))
                    .isEqualTo(first);
            page.keyboard().press("ArrowDown");
            page.keyboard().press("ArrowUp");
            assertThat(page.locator("#palette-q").getAttribute("aria-activedescendant"))
                    .isEqualTo(first);
            page.keyboard().press("Enter");
            page.waitForURL(Pattern.compile(".*/s/shop/checks/http-front#e-web1"));

            page.keyboard().press("/");
            page.keyboard().type("office");
            page.keyboard().press("Enter"); // before the answer: opens what it has first
            page.waitForURL(Pattern.compile(".*/s/office"));

            page.keyboard().press("/");
            page.keyboard().press("Escape");
            assertThat(page.locator("#palette").isVisible()).isFalse();
        }
    }

    @Test
    void aCommandIsCopiedOnEnter() {
        try (var page = page("/")) {
            page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
            page.keyboard().press("/");
            page.keyboard().type("aramaki alert sh");
            shows(page, "#palette-list", "aramaki alert show KEY");
            page.keyboard().press("Enter");
            shows(page, "#palette-says", "Copied: aramaki alert show");
            assertThat(page.evaluate("navigator.clipboard.readText()"))
                    .isEqualTo("aramaki alert show");
        }
    }

    @Test
    void searchWorksWithoutScript() {
        try (var page = browser.page()) {
            page.route(Pattern.compile(".*\\.js"), route -> route.abort()); // as if there were none
            page.navigate(server.url() + "/");
            page.getByText("Search").first().click();
            page.waitForURL(Pattern.compile(".*/search"));
            page.locator("#q").fill("disk off");
            page.keyboard().press("Enter");
            page.waitForURL(Pattern.compile(".*/search\\?q=disk.off"));
            page.locator("a.go").first().click();
            page.waitForURL(Pattern.compile(".*/s/office/checks/disk.*"));
        }
    }

    @Test
    void keysGoMoveFilterAndMark() {
        try (var page = page("/")) {
            page.keyboard().press("?");
            assertThat(page.locator("#keys").innerText()).contains("mark what is new as seen");
            accessible(page);
            page.keyboard().press("Escape");
            page.keyboard().press("j");
            page.keyboard().press("j");
            page.keyboard().press("k");
            assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("http-front");
            page.keyboard().press("Enter");
            page.waitForURL(Pattern.compile(".*/s/shop/checks/http-front.*"));
            page.keyboard().type("ga");
            page.waitForURL(Pattern.compile(".*/alerts"));
            page.keyboard().press("f");
            assertThat(focused(page)).isEqualTo("q");
            page.keyboard().press("Escape");
            page.keyboard().type("gh");
            page.waitForURL(Pattern.compile(".*:[0-9]+/$"));

            page.evaluate("localStorage.setItem('aramaki-keys', 'off')");
            page.keyboard().press("/");
            page.keyboard().press("g");
            page.keyboard().press("a");
            assertThat(page.locator("#palette").isVisible()).isFalse();
            page.keyboard().press("Control+k");
            assertThat(page.locator("#palette").isVisible()).isTrue();
            page.evaluate("localStorage.removeItem('aramaki-keys')");
        }
    }

    @Test
    void homeTellsWhatHappenedUntilItIsMarkedAndNothingInItIsMarkup() {
        post("/api/v1/systems/shop/notes", Map.of("text", "Rolled back " + EVIL), BO);
        int before = browser.complaints().size(); // another test stops scripts on purpose
        try (var page = page("/")) {
            shows(page, "#lately", "Rolled back <img");
            assertThat(page.locator("#lately").innerText()).contains("bo", "1 note");
            page.locator("#needs").waitFor();
            accessible(page);
            Browser.screenshots(page, SHOTS, "home-lately");
            page.keyboard().press("m");
            page.waitForURL(Pattern.compile(".*:[0-9]+/$"));
            shows(page, "#lately", "Nothing happened");
            assertThat(page.evaluate("window.hacked")).isNull();
            for (String path :
                    List.of("/s/shop", "/search?q=img", "/alerts", "/s/shop/checks/disk")) {
                page.navigate(server.url() + path);
                assertThat(page.evaluate("window.hacked")).as(path).isNull();
                assertThat(page.locator("main img").count()).as(path).isZero();
            }
            page.keyboard().press("/");
            page.keyboard().type("rolled");
            shows(page, "#palette-list", "Rolled back <img");
            assertThat(page.locator("#palette img").count()).isZero();
            assertThat(page.evaluate("window.hacked")).isNull();
        }
        assertThat(browser.complaints().subList(before, browser.complaints().size())).isEmpty();
    }

    @Test
    void aStrangerLearnsNothing() throws Exception {
        for (String path :
                List.of(
                        "/api/v1/presence",
                        "/api/v1/seen",
                        "/api/v1/search?q=shop",
                        "/search?q=shop",
                        "/search/options?q=shop",
                        "/stream?browser=12345678&at=/s/shop")) {
            var answer =
                    HTTP.send(
                            HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.body()).as(path).doesNotContain("shop", "bo\"", "owner");
        }
    }

    private static void post(String path, Map<String, ?> body, Caller person) {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(server.url() + path))
                            .header(
                                    "Authorization",
                                    "Bearer " + server.access().newToken(person, "test"))
                            .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)))
                            .build();
            assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(path, e);
        }
    }

    private static Object focused(Page page) {
        return page.evaluate("document.activeElement.id");
    }
}
