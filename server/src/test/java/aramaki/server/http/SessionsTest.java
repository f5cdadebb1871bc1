package aramaki.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.LiveServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A browser's session: what it may do, and what pages that are not ours may not do with it.
class SessionsTest {
    @TempDir private static Path folder;
    private static LiveServer live;
    private static String cookie;

    @BeforeAll
    static void start() throws Exception {
        live = new LiveServer(folder);
        String id = live.get("/api/v1/instance").path("id").asText();
        var access = live.server.access();
        cookie =
                "__Host-sid-"
                        + id.substring(2, 10)
                        + "="
                        + access.signIn(access.newLink(live.server.owner()));
    }

    @AfterAll
    static void stop() {
        live.close();
    }

    @Test
    void aSessionReads() throws Exception {
        var response = live.sent(live.to("/api/v1/whoami").header("Cookie", cookie));
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void aLinkMadeByAProgramSignsABrowserInOnce() throws Exception {
        var made = live.post("/api/v1/sign-in-links", "");
        assertThat(made.statusCode()).isEqualTo(201);
        var link = URI.create(LiveServer.json(made).path("link").asText());
        String path = link.getPath() + "?" + link.getQuery();
        var first = live.sent(live.to(path));
        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(first.headers().firstValue("Set-Cookie")).isPresent();
        assertThat(live.sent(live.to(path)).statusCode()).isEqualTo(401);
    }

    @Test
    void theCookieOfAnotherInstanceIsNobodys() throws Exception {
        var other = cookie.replaceFirst("sid-........", "sid-aaaaaaaa");
        var response = live.sent(live.to("/api/v1/whoami").header("Cookie", other));
        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void aChangeFromOurOwnPagesIsDone() throws Exception {
        assertThat(change().header("Sec-Fetch-Site", "same-origin")).satisfies(this::isDone);
        assertThat(change().header("Origin", "http://127.0.0.1:" + live.server.port()))
                .satisfies(this::isDone);
    }

    @Test
    void aChangeFromAForeignPageIsRefused() throws Exception {
        assertThat(change().header("Sec-Fetch-Site", "cross-site")).satisfies(this::isForeign);
        assertThat(change().header("Sec-Fetch-Site", "same-site")).satisfies(this::isForeign);
        assertThat(change().header("Origin", "https://evil.example")).satisfies(this::isForeign);
        assertThat(change().header("Origin", "http://127.0.0.1:1")).satisfies(this::isForeign);
        assertThat(change().header("Origin", "null")).satisfies(this::isForeign);
        assertThat(change()).satisfies(this::isForeign);
        var both =
                change().header("Sec-Fetch-Site", "cross-site")
                        .header("Origin", "http://127.0.0.1:" + live.server.port());
        assertThat(both).satisfies(this::isForeign);
    }

    @Test
    void aTokenNeedsNoOrigin() throws Exception {
        assertThat(live.post("/api/v1/admin/verify", "").statusCode()).isEqualTo(200);
    }

    /// A bad token is not made good by a cookie that comes along.
    @Test
    void aBadTokenBesideAGoodCookieIsNobody() throws Exception {
        var response =
                live.sent(
                        live.to("/api/v1/whoami")
                                .header("Cookie", cookie)
                                .header("Authorization", "Bearer nonsense"));
        assertThat(response.statusCode()).isEqualTo(401);
    }

    private static HttpRequest.Builder change() {
        return live.to("/api/v1/admin/verify")
                .header("Cookie", cookie)
                .POST(BodyPublishers.noBody());
    }

    private void isDone(HttpRequest.Builder request) throws Exception {
        assertThat(live.sent(request).statusCode()).isEqualTo(200);
    }

    private void isForeign(HttpRequest.Builder request) throws Exception {
        var response = live.sent(request);
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(LiveServer.code(response)).isEqualTo("foreign-origin");
    }
}
