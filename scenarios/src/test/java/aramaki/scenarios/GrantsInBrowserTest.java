package aramaki.scenarios;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.model.Labels;
import aramaki.model.observation.EntityName;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.SecretKey;
import aramaki.server.Server;
import aramaki.server.ServerSettings;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first night of a colleague who may do something to one system, in a real browser.
class GrantsInBrowserTest {
    private static final Path SHOTS = Path.of("target", "screenshots");
    private static final Pattern HOME = Pattern.compile(".*/(#.*)?$");
    private static final Page.GetByLabelOptions EXACTLY =
            new Page.GetByLabelOptions().setExact(true);
    private static final int MANY = 300;
    private static final String MARKUP =
            "\"><img src=x onerror=window.owned=1><script>window.owned=1</script>";

    @TempDir private static Path folder;

    /// How far the server's clock is ahead of the real one.
    private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Server server;
    private static Browser browser;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        server =
                new Server(
                        ServerSettings.of(folder, 0, Optional.empty()),
                        () -> Instant.now().plus(AHEAD.get()));
        server.start();
        token = server.access().newLocalToken(server.owner());
        browser = new Browser();
        described("shop", "till-1", List.of("till"));
        described("vault", "door-1", List.of("door"));
        described(
                "shelves",
                "rack-1",
                IntStream.rangeClosed(1, MANY).mapToObj(i -> "shelf-" + i).toList());
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.close();
    }

    private static void post(String noun, Object body) throws IOException, InterruptedException {
        send(noun, "POST", body);
    }

    private static void send(String noun, String method, Object body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(server.url().resolve("/api/v1/" + noun))
                        .header("Authorization", "Bearer " + token)
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
        var answer = HTTP.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }

    /// A system with checks, and an agent that serves it.
    private static void described(String system, String entity, List<String> checks)
            throws Exception {
        var files = new TreeMap<String, String>();
        files.put("system.yaml", "title: The " + system + "\n");
        for (String name : checks) {
            files.put(
                    "checks/" + name + ".yaml",
                    "name: " + name + "\ncommand: [check_x]\nevery: 1d\nttl: 30d\n");
        }
        post("systems", Map.of("name", system));
        send("systems/" + system, "PUT", Map.of("files", files));
        var invited =
                server.agents()
                        .invite(
                                URI.create("http://localhost:1"),
                                List.of(system),
                                Labels.NONE,
                                1,
                                Duration.ofHours(1),
                                server.owner().by());
        var key = SecretKey.generate(new SecureRandom());
        server.agents().join(invited.invite().id(), key.publicKey(), new EntityName(entity));
    }

    private static void observed(String system, String entity, String check, String state)
            throws Exception {
        post(
                "observations",
                Map.of(
                        "system",
                        system,
                        "entity",
                        entity,
                        "check",
                        check,
                        "state",
                        state,
                        "output",
                        state + " as the test wants it"));
    }

    @Test
    void aColleagueIsLetInForEightHoursAndActs() throws Exception {
        String link = ownerInvites();
        observed("shop", "till-1", "till", "critical");
        observed("vault", "door-1", "door", "critical");
        try (var bo = browser.pageOfSomebodyElse()) {
            PeoplePageTest.authenticator(bo);
            bo.navigate(link);
            assertThat(bo.locator("main")).containsText("operator on shop for 8h: on call tonight");
            bo.getByText("Join with a passkey").click();
            bo.waitForURL(HOME);
            seesTheShopOnly(bo);
            acknowledges(bo);
            losesItWithThePageOpen(bo);
        }
    }

    private static String ownerInvites() {
        try (var page = browser.pageOfSomebodyElse()) {
            PeoplePageTest.authenticator(page);
            page.navigate(server.signInLink().toString());
            page.navigate(server.url() + "/account");
            page.getByLabel("Name of this passkey").fill("Laptop");
            page.getByText("Add a passkey").click();
            assertThat(page.locator("main")).containsText("Laptop");
            page.navigate(server.url() + "/people");
            page.getByLabel("Name", EXACTLY).fill("bo");
            page.getByLabel("On systems").fill("shop");
            page.getByLabel("Reason").fill("on call tonight");
            page.getByText("Make an invitation").click();
            Browser.screenshots(page, SHOTS, "people-invited");
            return page.locator("#invitation-link").textContent().strip();
        }
    }

    private static void seesTheShopOnly(Page bo) {
        bo.navigate(server.url() + "/systems");
        assertThat(bo.locator("main")).containsText("shop");
        assertThat(bo.locator("main")).not().containsText("vault");
        assertThat(bo.navigate(server.url() + "/s/vault").status()).isEqualTo(404);
        bo.navigate(server.url() + "/grants");
        assertThat(bo.locator("#alive")).containsText("on call tonight");
        bo.getByLabel("Does").selectOption("edit");
        bo.getByLabel("To the system").fill("shop");
        bo.getByText("Ask").click();
        assertThat(bo.locator("#may [role=status]"))
                .containsText(
                        "bo may not edit shop: the grant by owner covers read, note, ack, silence"
                                + " and run only; ask an owner");
        Browser.screenshots(bo, SHOTS, "grants");
    }

    private static void acknowledges(Page bo) {
        bo.navigate(server.url() + "/alerts");
        assertThat(bo.locator("#firing")).containsText("till");
        assertThat(bo.locator("main")).not().containsText("door");
        bo.locator("#firing .pick").first().check();
        bo.locator("#act-comment").fill("I look at the till");
        bo.locator("button[value=ack]").click();
        assertThat(bo.locator(".did")).containsText("You have 1 alert");
        Browser.screenshots(bo, SHOTS, "alerts-acknowledged");
        bo.navigate(server.url() + "/timeline?q=type:alert.acknowledged");
        var row = bo.locator("li[data-row]", new Page.LocatorOptions().setHasText("bo")).first();
        row.locator("a.go").click();
        assertThat(bo.locator("main")).containsText("By which right");
        assertThat(bo.locator("main")).containsText("Bo may read, note, ack, silence, run until");
        assertThat(bo.locator("main")).containsText("on call tonight");
        Browser.screenshots(bo, SHOTS, "event-by-right");
    }

    private static void losesItWithThePageOpen(Page bo) {
        AHEAD.set(Duration.ofHours(5));
        bo.navigate(server.url() + "/s/shop");
        assertThat(bo.locator("#live")).hasText("live");
        AHEAD.set(Duration.ofHours(8));
        assertThat(bo.locator("main"))
                .containsText(
                        "You may not see this any more",
                        new com.microsoft.playwright.assertions.LocatorAssertions
                                        .ContainsTextOptions()
                                .setTimeout(30_000));
        assertThat(bo.locator("body")).not().containsText("The shop");
        Browser.screenshots(bo, SHOTS, "grant-ended");
        bo.navigate(server.url() + "/systems");
        assertThat(bo.locator("main")).not().containsText("shop");
    }

    @Test
    void threeHundredAlertsAreAcknowledgedByAQueryAndGivenBack() throws Exception {
        for (int i = 1; i <= MANY; i++) {
            observed("shelves", "rack-1", "shelf-" + i, "critical");
        }
        try (var page = browser.pageOfSomebodyElse()) {
            page.navigate(server.signInLink().toString());
            page.navigate(server.url() + "/alerts?q=system:shelves");
            var all = page.locator("label", new Page.LocatorOptions().setHasText("that match"));
            assertThat(all).containsText("all " + MANY + " that match");
            all.locator("input").check();
            page.locator("button[value=ack]").click();
            assertThat(page.locator(".did")).containsText("You have " + MANY + " alerts");
            Browser.screenshots(page, SHOTS, "alerts-bulk");
            page.locator(".did button").click();
            assertThat(page.locator("#firing h2")).containsText("Firing");
            page.navigate(server.url() + "/alerts?q=system:shelves%20state:acknowledged");
            assertThat(page.locator("tr[data-row]")).hasCount(0, patient());
        }
    }

    /// Every field that somebody can fill is filled with markup, and every page that shows one is
    /// opened by somebody who may see it.
    @Test
    void whatPeopleWriteIsTextOnEveryPage() throws Exception {
        hostileWords();
        try (var page = browser.pageOfSomebodyElse()) {
            page.navigate(server.signInLink().toString());
            for (String path :
                    List.of(
                            "/",
                            "/systems",
                            "/s/hostile",
                            "/s/hostile/checks/check",
                            "/alerts",
                            "/silences",
                            "/timeline",
                            "/people",
                            "/people/mallory",
                            "/account",
                            "/grants",
                            "/audit",
                            "/agents",
                            "/search?q=src%3Dx")) {
                var answer = page.navigate(server.url() + path);
                assertThat(answer.status()).as(path).isEqualTo(200);
                assertThat(page.locator("img, main script, main iframe, [onerror]").count())
                        .as("elements that somebody wrote on " + path)
                        .isZero();
                assertThat(page.evaluate("typeof window.owned")).as(path).isEqualTo("undefined");
            }
            assertThat(page.navigate(server.url() + "/people").text()).contains("&lt;img src=x");
        }
        assertThat(browser.complaints())
                .filteredOn(c -> c.contains("Content Security Policy"))
                .isEmpty();
    }

    private static void hostileWords() throws Exception {
        described("hostile", "host-1", List.of("check"));
        send(
                "systems/hostile",
                "PUT",
                Map.of(
                        "files",
                        Map.of(
                                "system.yaml",
                                "title: '" + MARKUP.replace("'", "''") + "'\n",
                                "checks/check.yaml",
                                "name: check\ncommand: [check_x]\nevery: 1d\nttl: 30d\n")));
        post(
                "observations",
                Map.of(
                        "system",
                        "hostile",
                        "entity",
                        "host-1",
                        "check",
                        "check",
                        "state",
                        "critical",
                        "output",
                        MARKUP));
        await().until(
                        () ->
                                HTTP.send(
                                                HttpRequest.newBuilder(
                                                                server.url()
                                                                        .resolve(
                                                                                "/api/v1/alerts?system=hostile"))
                                                        .header("Authorization", "Bearer " + token)
                                                        .build(),
                                                BodyHandlers.ofString())
                                        .body()
                                        .contains("host-1"));
        post(
                "alerts/acts",
                Map.of("act", "ack", "query", "system:hostile", "comment", MARKUP, "length", "1h"));
        post(
                "silences",
                Map.of("system", "hostile", "length", "1h", "reason", MARKUP, "name", "<b>quiet"));
        post("systems/hostile/notes", Map.of("text", MARKUP));
        var grant =
                Map.of(
                        "role",
                        "viewer",
                        "systems",
                        List.of("hostile"),
                        "expiresIn",
                        "8h",
                        "reason",
                        MARKUP);
        post("invitations", Map.of("name", "eve", "title", MARKUP, "grants", List.of(grant)));
        post("tokens", Map.of("name", MARKUP, "expiresIn", "1h", "grants", List.of(grant)));
        server.access().admit("mallory", "member", server.owner().by());
        var given = new TreeMap<String, Object>(grant);
        given.put("holder", "mallory");
        post("grants", given);
    }

    private static com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions patient() {
        return new com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions()
                .setTimeout(10_000);
    }
}
