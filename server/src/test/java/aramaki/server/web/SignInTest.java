package aramaki.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aramaki.protocol.Json;
import aramaki.server.LiveServer;
import aramaki.server.access.Caller;
import aramaki.server.identity.DataDirectory;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How people come in, prove that they are there, and are shut out, over a real server.
class SignInTest {
    private static final String GRANT =
            "{\"role\":\"operator\",\"systems\":[\"instance\"],\"expiresIn\":\"8h\",\"reason\":\"on call\"}";
    private static final String PASSWORD = "correct horse battery";

    @TempDir private Path folder;
    private LiveServer live;
    private Visitor visitor;
    private Device device;
    private String origin;

    @BeforeEach
    void start() {
        live = new LiveServer(folder);
        visitor = new Visitor(live.server.url());
        origin = live.server.url().toString();
        device = new Device(origin);
    }

    @AfterEach
    void stop() {
        visitor.close();
        live.close();
    }

    private void byLink() {
        var link = live.server.signInLink();
        assertThat(visitor.get(link.getPath() + "?" + link.getQuery()).statusCode()).isEqualTo(303);
    }

    private void addPasskey() {
        byLink();
        isDone(visitor.passkey("/account/passkeys", device, "label", "laptop"));
        visitor.form("/sign-out");
        assertThat(visitor.session()).isEmpty();
    }

    private static void isDone(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static void isRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(LiveServer.code(answer)).isEqualTo(code);
    }

    private boolean signedIn() {
        return visitor.get("/account").statusCode() == 200;
    }

    @Test
    void aPasskeySignsInWithoutAName() {
        addPasskey();
        isDone(visitor.passkey("/sign-in/passkey", device));
        assertThat(visitor.get("/account").body()).contains("laptop", "a passkey", "Firefox");
    }

    @Test
    void anotherDeviceIsRefused() {
        addPasskey();
        var other = new Device(origin);
        isRefused(visitor.passkey("/sign-in/passkey", other), 401, "passkey-refused");
        other.pretendsToBe(device);
        isRefused(visitor.passkey("/sign-in/passkey", other), 401, "passkey-refused");
        assertThat(signedIn()).isFalse();
    }

    @Test
    void anAnswerIsGoodOnce() {
        addPasskey();
        var answer = visitor.begin("/sign-in/passkey", device);
        isDone(visitor.json("/sign-in/passkey", answer));
        visitor.form("/sign-out");
        isRefused(visitor.json("/sign-in/passkey", answer), 401, "passkey-late");
        var other = visitor.begin("/sign-in/passkey", device);
        other.put("ceremony", answer.path("ceremony").asText());
        isRefused(visitor.json("/sign-in/passkey", other), 401, "passkey-late");
        var mixed = visitor.begin("/sign-in/passkey", device);
        mixed.set("credential", answer.path("credential"));
        isRefused(visitor.json("/sign-in/passkey", mixed), 401, "passkey-refused");
    }

    @Test
    void anAnswerIsTooLateAfterFiveMinutes() {
        addPasskey();
        var answer = visitor.begin("/sign-in/passkey", device);
        live.clock.advance(Duration.ofMinutes(5));
        isRefused(visitor.json("/sign-in/passkey", answer), 401, "passkey-late");
    }

    @Test
    void aCounterThatWentBackIsACopy() {
        addPasskey();
        device.count = 7;
        isDone(visitor.passkey("/sign-in/passkey", device));
        visitor.form("/sign-out");
        device.count = 7;
        isRefused(visitor.passkey("/sign-in/passkey", device), 401, "passkey-copied");
        assertThat(signedIn()).isFalse();
    }

    @Test
    void aForeignOriginIsRefused() {
        addPasskey();
        for (String evil :
                List.of("https://evil.example", "http://localhost:1", origin + ".evil.example")) {
            device.origin = evil;
            isRefused(visitor.passkey("/sign-in/passkey", device), 401, "passkey-refused");
        }
    }

    @Test
    void anAnswerForAnotherHostIsRefused() {
        addPasskey();
        device.host = "evil.example";
        isRefused(visitor.passkey("/sign-in/passkey", device), 401, "passkey-refused");
    }

    @Test
    void aDeviceThatAskedNobodyIsRefused() {
        byLink();
        device.verified = false;
        isRefused(
                visitor.passkey("/account/passkeys", device, "label", "x"), 400, "passkey-refused");
        device.verified = true;
        addPasskey();
        device.verified = false;
        isRefused(visitor.passkey("/sign-in/passkey", device), 401, "passkey-refused");
    }

    @Test
    void aRemovedPasskeyIsGoodNoLonger() {
        byLink();
        isDone(visitor.passkey("/account/passkeys", device, "label", "laptop"));
        String id =
                visitor.begin("/sign-in/passkey", device).path("credential").path("id").asText();
        assertThat(visitor.form("/account/passkeys/remove", "id", id).statusCode()).isEqualTo(303);
        visitor.form("/sign-out");
        isRefused(visitor.passkey("/sign-in/passkey", device), 401, "passkey-refused");
    }

    @Test
    void anAddressWithoutANameSaysWhyItTakesNoPasskeys() throws Exception {
        var page = live.sent(live.to("/sign-in").header("Accept", "text/html"));
        assertThat(page.body()).contains("open http://localhost:" + live.server.port());
    }

    @Test
    void aPageThatIsNotOursSignsNobodyIn() {
        addPasskey();
        var answer = visitor.begin("/sign-in/passkey", device);
        visitor.site = "cross-site";
        isRefused(visitor.json("/sign-in/passkey", answer), 403, "foreign-origin");
        assertThat(visitor.form("/sign-in", "code", "x").statusCode()).isEqualTo(403);
    }

    /// Whoever planted a session in somebody's browser has nothing when they sign in.
    @Test
    void aPlantedSessionIsNotTheOneThatIsSignedIn() {
        addPasskey();
        byLink();
        String planted = visitor.session();
        isDone(visitor.passkey("/sign-in/passkey", device));
        assertThat(visitor.session()).isNotEqualTo(planted);
        assertThat(live.server.access().bySession(planted)).isEmpty();
    }

    @Test
    void whatIsDangerousAsksAgainAndLeadsBack() {
        addPasskey();
        isDone(visitor.passkey("/sign-in/passkey", device));
        live.clock.advance(Duration.ofMinutes(5));
        assertThatThrownBy(() -> visitor.begin("/account/passkeys", device))
                .hasMessageContaining("step-up");
        var asked = visitor.form("/account/codes");
        assertThat(asked.statusCode()).isEqualTo(303);
        assertThat(asked.headers().firstValue("Location").orElse("")).contains("/step-up?back=");
        assertThat(visitor.get("/step-up?back=/account").body())
                .contains("Prove it with a passkey");
        String before = visitor.session();
        var proved =
                visitor.json(
                        "/step-up/passkey?back=/account",
                        visitor.begin("/step-up/passkey", device));
        isDone(proved);
        assertThat(proved.body()).contains("\"/account\"");
        assertThat(visitor.session()).isNotEqualTo(before);
        assertThat(live.server.access().bySession(before)).isEmpty();
        assertThat(visitor.form("/account/codes").statusCode()).isEqualTo(200);
    }

    @Test
    void oneIsNotLedBackToAnotherSite() {
        addPasskey();
        isDone(visitor.passkey("/sign-in/passkey", device));
        for (String evil : List.of("//evil.example", "https://evil.example/", "/%5Cevil.example")) {
            var proved =
                    visitor.json(
                            "/step-up/passkey?back=" + evil,
                            visitor.begin("/step-up/passkey", device));
            assertThat(proved.body()).contains("\"next\":\"/\"");
        }
    }

    @Test
    void anotherPersonsPasskeyProvesNothing() {
        addPasskey();
        var other = new Device(origin);
        join("bo", other);
        isRefused(visitor.passkey("/step-up/passkey", device), 401, "passkey-refused");
    }

    @Test
    void onlyTheTokenOfTheLocalProfileIsAsGoodAsASignIn() throws Exception {
        var program = live.server.access().newToken(live.server.owner(), "cron");
        var link =
                live.to("/api/v1/sign-in-links")
                        .header("Authorization", "Bearer " + program)
                        .POST(BodyPublishers.noBody());
        isRefused(live.sent(link), 403, "step-up");
        assertThat(live.post("/api/v1/sign-in-links", "").statusCode()).isEqualTo(201);
    }

    private Caller join(String name, Device with) {
        String code = invite(name);
        isDone(visitor.passkey("/join/passkey", with, "code", code, "label", "telephone"));
        return live.server.people().require(name).caller();
    }

    private String invite(String name) {
        return live.server
                .invitations()
                .invite(
                        live.server.owner(),
                        name,
                        "Bo <script>alert(1)</script>",
                        List.of(Json.tree(GRANT.getBytes(StandardCharsets.UTF_8))),
                        Duration.ofHours(24))
                .secret();
    }

    @Test
    void somebodyInvitedJoinsOnceByAPasskey() throws Exception {
        String code = invite("bo");
        assertThat(visitor.get("/join?code=" + code).body())
                .contains("invites you", "&lt;script&gt;", "operator on instance for 8h: on call")
                .doesNotContain("<script>alert");
        isDone(visitor.passkey("/join/passkey", device, "code", code, "label", "telephone"));
        assertThat(signedIn()).isTrue();
        var seen = live.get("/api/v1/people/bo");
        assertThat(seen.path("passkeys").asInt()).isEqualTo(1);
        assertThat(seen.path("role").asText()).isEqualTo("member");
        assertThat(visitor.get("/join?code=" + code).statusCode()).isEqualTo(401);
        visitor.form("/sign-out");
        isRefused(
                visitor.json(
                        "/join/passkey/options",
                        Json.mapper().createObjectNode().put("code", code)),
                401,
                "invitation-unusable");
        isDone(visitor.passkey("/sign-in/passkey", device));
    }

    @Test
    void anInvitationEndsWithItsTime() {
        String code = invite("bo");
        live.clock.advance(Duration.ofHours(24));
        assertThat(visitor.get("/join?code=" + code).statusCode()).isEqualTo(401);
    }

    @Test
    void anInvitationThatWasTakenBackLetsNobodyIn() throws Exception {
        String code = invite("bo");
        var open = live.get("/api/v1/invitations").path("items");
        assertThat(open.toString()).contains("operator on instance for 8h");
        String id = open.path(0).path("id").asText();
        var path = "/api/v1/invitations/" + id;
        assertThat(live.sent(live.asOwner(path).DELETE()).statusCode()).isEqualTo(204);
        assertThat(live.sent(live.asOwner(path).DELETE()).statusCode()).isEqualTo(404);
        assertThat(visitor.get("/join?code=" + code).statusCode()).isEqualTo(401);
        assertThat(live.get("/api/v1/invitations").path("items")).isEmpty();
        assertThat(LiveServer.json(live.post("/api/v1/admin/verify", "")).path("problems"))
                .isEmpty();
    }

    @Test
    void somebodyInvitedMayJoinWithAPassword() {
        String code = invite("bo");
        var weak = visitor.form("/join", "code", code, "password", "short");
        assertThat(weak.statusCode()).isEqualTo(400);
        assertThat(weak.body()).contains("12 to 200 characters");
        assertThat(visitor.form("/join", "code", code, "password", PASSWORD).statusCode())
                .isEqualTo(303);
        visitor.form("/sign-out");
        assertThat(visitor.form("/sign-in", "name", "bo", "password", "wrong").statusCode())
                .isEqualTo(401);
        assertThat(visitor.form("/sign-in", "name", "bo", "password", PASSWORD).statusCode())
                .isEqualTo(303);
        assertThat(signedIn()).isTrue();
    }

    @Test
    void whoIsShutOutLosesEverythingAtOnce() throws Exception {
        var bo = join("bo", device);
        var stream = visitor.stream();
        awaitStream();
        String token = live.server.access().newToken(bo, "cron");
        String link = live.server.access().newLink(bo);
        assertThat(live.post("/api/v1/people/bo/disable", "{\"reason\":\"left\"}").statusCode())
                .isEqualTo(200);
        ends(stream);
        assertThat(signedIn()).isFalse();
        assertThat(live.server.access().byToken(token)).isEmpty();
        assertThatThrownBy(() -> live.server.access().signIn(link)).hasMessageContaining("used");
        isRefused(visitor.passkey("/sign-in/passkey", device), 401, "person-disabled");
        live.post("/api/v1/people/bo/enable", "");
        assertThat(live.server.access().byToken(token)).isEmpty();
        isDone(visitor.passkey("/sign-in/passkey", device));
    }

    @Test
    void theLogAloneBringsPeopleAndTheirPasskeysBack() throws Exception {
        join("bo", device);
        join("eve", new Device(origin));
        live.post("/api/v1/people/eve/disable", "{\"reason\":\"left\"}");
        assertThat(LiveServer.json(live.post("/api/v1/admin/verify", "")).path("problems"))
                .isEmpty();
        for (String damage :
                List.of(
                        "delete from passkey",
                        "delete from person where name = 'bo'",
                        "update person set disabled = 0, title = 'x'",
                        "update invitation set used = 0")) {
            try (var connection =
                            DriverManager.getConnection(
                                    "jdbc:sqlite:" + folder.resolve(DataDirectory.STORE));
                    var statement = connection.createStatement()) {
                statement.execute("pragma busy_timeout = 5000");
                assertThat(statement.executeUpdate(damage)).as(damage).isPositive();
            }
            assertThat(LiveServer.json(live.post("/api/v1/admin/verify", "")).path("problems"))
                    .as(damage)
                    .isNotEmpty();
            assertThat(live.post("/api/v1/admin/rebuild", "{\"fromStart\":true}").statusCode())
                    .isEqualTo(200);
            assertThat(LiveServer.json(live.post("/api/v1/admin/verify", "")).path("problems"))
                    .as(damage)
                    .isEmpty();
        }
        visitor.form("/sign-out");
        isDone(visitor.passkey("/sign-in/passkey", device));
        assertThat(live.get("/api/v1/people/eve").path("state").asText()).isEqualTo("disabled");
    }

    private void awaitStream() {
        await().until(
                        () ->
                                live.sent(live.asOwner("/metrics"))
                                        .body()
                                        .contains("aramaki_streams 1"));
    }

    private static void ends(CompletableFuture<Void> stream) throws Exception {
        try {
            stream.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            // cut off is ended, too
        }
    }

    @Test
    void theLastOwnerIsNotShutOut() throws Exception {
        String owner = live.server.owner().name();
        isRefused(
                live.post("/api/v1/people/" + owner + "/disable", "{\"reason\":\"\"}"),
                409,
                "last-owner");
    }

    @Test
    void whoHoldsNoGrantLetsNobodyInAndShutsNobodyOut() {
        join("bo", device);
        var owner = live.server.owner().name();
        assertThat(visitor.form("/people/invite", "name", "eve", "expires", "1h").statusCode())
                .isEqualTo(403);
        assertThat(visitor.form("/people/" + owner + "/disable", "reason", "x").statusCode())
                .isEqualTo(403);
        assertThat(visitor.form("/people/" + owner + "/tokens/revoke", "id", "x").statusCode())
                .isEqualTo(403);
    }

    /// A page that is open when its session ends hears of it.
    @Test
    void anOpenPageHearsThatItsSessionHasExpired() throws Exception {
        byLink();
        var stream = visitor.stream();
        awaitStream();
        live.clock.advance(Duration.ofHours(24));
        live.server.access().sweep(live.clock.instant());
        ends(stream);
        assertThat(visitor.get("/").statusCode()).isEqualTo(401);
    }

    @Test
    void anOpenPageOutlivesAProofAndEndsWithItsSession() throws Exception {
        addPasskey();
        isDone(visitor.passkey("/sign-in/passkey", device));
        var stream = visitor.stream();
        awaitStream();
        isDone(visitor.passkey("/step-up/passkey", device));
        assertThat(stream).isNotDone();
        visitor.form("/sign-out");
        ends(stream);
    }

    @Test
    void signingOutEverywhereEndsTheOthersToo() {
        byLink();
        try (var telephone = new Visitor(live.server.url())) {
            var link = live.server.signInLink();
            telephone.get(link.getPath() + "?" + link.getQuery());
            assertThat(telephone.get("/account").statusCode()).isEqualTo(200);
            visitor.form("/account/sessions/end-all");
            assertThat(telephone.get("/account").statusCode()).isEqualTo(401);
            assertThat(signedIn()).isFalse();
        }
    }
}
