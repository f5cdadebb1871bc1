package aramaki.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.system.SystemName;
import aramaki.server.Server;
import aramaki.server.ServerSettings;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every page of a real server, as a stranger and as the owner.
class WebPagesTest {
    private static final String HOSTILE = "<script>alert('x')</script>\u202E\"'&";
    private static final Pattern EVENT = Pattern.compile("/events/[0-9a-f]{64}");

    @TempDir private Path data;

    private Server server;
    private Browser browser;

    @BeforeEach
    void start() {
        server = new Server(ServerSettings.of(data, 0, Optional.empty()), InstantSource.system());
        server.start();
        browser = new Browser(server.url());
        var owner = server.owner().by();
        server.systems()
                .put(
                        new SystemName("host"),
                        Map.of(
                                "system.yaml",
                                """
                                title: The host
                                category: host
                                labels: {customer: muster}
                                """,
                                "checks/load.yaml",
                                """
                                name: load
                                probe: {load: {}}
                                every: 5s
                                """),
                        owner);
        server.systems()
                .put(
                        new SystemName("shop"),
                        Map.of(
                                "system.yaml",
                                """
                                title: Shop
                                category: project
                                subsystems: [host, nowhere, far@hoster]
                                people: {operator: [bo]}
                                rules: Call first.
                                links:
                                  - {title: Wiki, url: "https://wiki.example/shop"}
                                """),
                        owner);
    }

    @AfterEach
    void stop() {
        browser.close();
        server.close();
    }

    private static List<String> pages() {
        return List.of(
                "/",
                "/systems",
                "/systems?q=state:pending",
                "/s/shop",
                "/s/host",
                "/s/instance",
                "/s/host/checks/load",
                "/alerts",
                "/alerts?q=system:shop%20-state:resolved%20since:6h",
                "/timeline",
                "/timeline?q=system:shop%20by:owner",
                "/agents");
    }

    private void signIn() {
        var answer = browser.get(path(server.signInLink()));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(l -> assertThat(l).endsWith("/"));
    }

    private static String path(URI link) {
        return link.getPath() + "?" + link.getQuery();
    }

    private static void assertSecure(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(csp -> assertThat(csp).startsWith("default-src 'none'"));
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void aStrangerGetsTheSignInPageEverywhere() {
        for (String page :
                Stream.concat(pages().stream(), Stream.of("/nowhere", "/s/none", "/static/none"))
                        .toList()) {
            var answer = browser.get(page);

            assertThat(answer.statusCode()).as(page).isEqualTo(401);
            assertThat(answer.body())
                    .as(page)
                    .contains("One-time code")
                    .doesNotContain("Shop", "owner");
            assertSecure(answer);
        }
    }

    @Test
    void theOwnerGetsEveryPage() {
        signIn();

        for (String page : pages()) {
            var answer = browser.get(page);

            assertThat(answer.statusCode()).as(page + answer.body()).isEqualTo(200);
            assertThat(answer.body())
                    .as(page)
                    .contains("Sign out", "owner", "<nav aria-label=\"Pages\">");
            assertSecure(answer);
        }
    }

    @Test
    void aPageOfAnEventStandsAtItsAddress() {
        signIn();
        var timeline = browser.get("/timeline?q=system:shop").body();
        var events = EVENT.matcher(timeline).results().map(r -> r.group()).distinct().toList();

        assertThat(events).isNotEmpty();
        for (String event : events) {
            var answer = browser.get(event);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("payload hash", event.substring("/events/".length()));
        }
    }

    @Test
    void everyLayerIsOnThePageOfSystemsAlsoThoseNobodyKnows() {
        signIn();

        assertThat(browser.get("/systems").body())
                .contains("/s/shop", "/s/host", "nowhere", "no such system here")
                .contains("far@hoster", "no peer hoster here");
        assertThat(browser.get("/systems?q=customer%3Dmuster").body()).contains("1 of 3 systems");
    }

    @Test
    void aFilterThatIsNotUnderstoodIsSaidInWords() {
        signIn();

        for (String page : List.of("/systems", "/alerts", "/timeline")) {
            var answer = browser.get(page + "?q=colour:red");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("“colour:” is no filter here");
        }
        assertThat(browser.get("/timeline?q=system:gone").body())
                .contains("“system:gone” matches nothing");
    }

    @Test
    void aGarbageTimeOrPositionIsAPageThatSaysSo() {
        signIn();

        assertThat(browser.get("/timeline?q=since:soon").statusCode()).isEqualTo(400);
        assertThat(browser.get("/timeline?q=since:soon").body()).contains("since:soon is no time");
        assertThat(browser.get("/timeline?before=x").statusCode()).isEqualTo(400);
        assertThat(browser.get("/events/x").statusCode()).isEqualTo(400);
    }

    @Test
    void whatIsNotThereIsAPageThatSaysSo() {
        signIn();

        for (String page :
                List.of(
                        "/s/none",
                        "/s/host/checks/none",
                        "/nowhere",
                        "/events/" + "0".repeat(64),
                        "/static/none")) {
            var answer = browser.get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(404);
            assertThat(answer.body()).contains("There is no such page", "Sign out");
            assertSecure(answer);
        }
    }

    @Test
    void aNoteIsOnTheTimelineAndNothingInItIsMarkup() {
        signIn();

        var answer = browser.post("/s/shop/notes", "text", "first\r\n" + HOSTILE);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(l -> assertThat(l).contains("/s/shop"));
        for (String page :
                List.of("/", "/s/shop", "/timeline?q=%22" + "first" + "%22%20type:note")) {
            assertThat(browser.get(page).body())
                    .as(page)
                    .contains("first", "&lt;script&gt;", "⟨U+202E⟩")
                    .doesNotContain("<script>alert", "\u202E");
        }
    }

    @Test
    void aFilterIsNoMarkupEither() {
        signIn();

        for (String page : List.of("/systems", "/alerts", "/timeline")) {
            assertThat(browser.get(page + "?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").body())
                    .contains("&lt;script>alert(1)")
                    .doesNotContain("<script>alert");
        }
    }

    @Test
    void aNoteFromAForeignPageIsRefused() {
        signIn();
        var mine = browser.cookie();

        var answer = browser.postFrom("cross-site", "/s/shop/notes", "text", "not mine");

        assertThat(mine).isNotEmpty();
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(browser.get("/s/shop").body()).doesNotContain("not mine");
    }

    @Test
    void anEmptyNoteIsRefused() {
        signIn();

        assertThat(browser.post("/s/shop/notes", "text", " \r\n ").statusCode()).isEqualTo(400);
    }

    @Test
    void aLinkSignsInOnce() {
        String link = path(server.signInLink());

        assertThat(browser.get(link).statusCode()).isEqualTo(303);
        try (var other = new Browser(server.url())) {
            var again = other.get(link);
            assertThat(again.statusCode()).isEqualTo(401);
            assertThat(again.body()).contains("used already", "One-time code");
            assertThat(other.cookie()).isEmpty();
        }
    }

    @Test
    void lookingAheadDoesNotUseUpALink() {
        String link = path(server.signInLink());

        assertThat(browser.get(link, "Sec-Purpose", "prefetch;prerender").statusCode())
                .isEqualTo(503);
        assertThat(browser.get(link, "Purpose", "prefetch").statusCode()).isEqualTo(503);
        assertThat(browser.head(link).statusCode()).isNotEqualTo(303);
        assertThat(browser.cookie()).isEmpty();
        assertThat(browser.get(link).statusCode()).isEqualTo(303);
    }

    @Test
    void aRefusalTellsAStrangerNothing() {
        var answer = browser.get(path(server.signInLink()), "Sec-Purpose", "prefetch");

        assertThat(answer.body())
                .contains("open this link yourself")
                .doesNotContain("Sign out", "<nav");
    }

    @Test
    void aCodeCanBePasted() {
        String code = server.signInLink().getQuery().substring("code=".length());

        assertThat(browser.post("/sign-in", "code", "wrong").statusCode()).isEqualTo(401);
        assertThat(browser.post("/sign-in", "code", "  " + code + " ").statusCode()).isEqualTo(303);
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void signingOutEndsTheSession() {
        signIn();
        String session = browser.cookie();

        var answer = browser.post("/sign-out", "", "");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(browser.get("/").statusCode()).isEqualTo(401);
        assertThat(browser.get("/", "Cookie", session).statusCode()).isEqualTo(401);
    }

    @Test
    void staticFilesAreAskedForAgainAndSentOnce() {
        var first = browser.get("/static/aramaki.css");
        String etag = first.headers().firstValue("ETag").orElseThrow();

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type")).hasValue("text/css; charset=utf-8");
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
        var second = browser.get("/static/aramaki.css", "If-None-Match", "\"old\", W/" + etag);
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
    }

    @Test
    void aLongTimelineIsReadPageByPageInBothDirections() {
        signIn();
        for (int i = 0; i < 250; i++) {
            browser.post("/s/shop/notes", "text", "note-" + i + "-");
        }

        var newest = browser.get("/timeline?q=type:note").body();
        var middle = browser.get(link(newest, "next")).body();
        var oldest = browser.get(link(middle, "next")).body();

        assertThat(newest)
                .contains("note-249-", "note-150-")
                .doesNotContain("note-149-", "rel=\"prev\"");
        assertThat(middle)
                .contains("note-149-", "note-50-")
                .doesNotContain("note-150-", "note-49-");
        assertThat(oldest).contains("note-49-", "note-0-").doesNotContain("rel=\"next\"");
        assertThat(browser.get(link(oldest, "prev")).body())
                .contains("note-149-", "note-50-")
                .doesNotContain("note-150-", "note-49-");
        assertThat(browser.get(link(middle, "prev")).body()).contains("note-249-", "note-150-");
    }

    @Test
    void aSelectionHasAPageButNoLogToWriteOn() {
        server.systems()
                .put(
                        new SystemName("customer"),
                        Map.of(
                                "system.yaml",
                                """
                                title: Customer
                                selections:
                                  - {name: all-of-muster, labels: {customer: muster}}
                                """),
                        server.owner().by());
        signIn();

        assertThat(browser.get("/s/customer").body()).contains("/s/all-of-muster", "/s/host");
        assertThat(browser.get("/s/all-of-muster").body())
                .contains("customer=muster", "/s/host", "/s/customer")
                .doesNotContain("Add note");
        assertThat(browser.get("/timeline?q=system:all-of-muster").body())
                .contains("System host was created");
    }

    @Test
    void aStreamTellsAPageAtOnceThatItIsAlive() {
        signIn();

        assertThat(browser.firstEvent("/stream")).isEqualTo("event: beat");
    }

    private static String link(String page, String rel) {
        var found = Pattern.compile("rel=\"" + rel + "\" href=\"([^\"]+)\"").matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1).replace("&amp;", "&");
    }
}
