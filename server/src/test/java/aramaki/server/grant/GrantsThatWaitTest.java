package aramaki.server.grant;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.LiveServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Grants that come with an invitation or a token, over a real server.
class GrantsThatWaitTest {
    private static final String OPERATOR =
            "{\"role\":\"operator\",\"systems\":[\"shop\"],\"expiresIn\":\"8h\",\"reason\":\"on call\"}";
    private static final String PASSWORD = "correct horse battery";

    @TempDir private Path folder;
    private LiveServer live;

    @BeforeEach
    void start() throws Exception {
        live = new LiveServer(folder);
        for (String name : new String[] {"shop", "vault"}) {
            assertThat(live.post("/api/v1/systems", "{\"name\":\"" + name + "\"}").statusCode())
                    .isEqualTo(201);
        }
    }

    @AfterEach
    void stop() {
        live.close();
    }

    private HttpResponse<String> invite(String token, String name, String grants) throws Exception {
        return live.sent(
                live.as(token, "/api/v1/invitations")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"name\":\""
                                                + name
                                                + "\",\"grants\":["
                                                + grants
                                                + "]}")));
    }

    private int join(HttpResponse<String> invited) throws Exception {
        assertThat(invited.statusCode()).as(invited.body()).isEqualTo(201);
        var link = URI.create(LiveServer.json(invited).path("link").asText());
        String code = link.getQuery().substring("code=".length());
        return live.sent(
                        live.to("/join")
                                .header("Sec-Fetch-Site", "same-origin")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Accept", "text/html")
                                .POST(
                                        BodyPublishers.ofString(
                                                "code="
                                                        + code
                                                        + "&password="
                                                        + URLEncoder.encode(
                                                                PASSWORD, StandardCharsets.UTF_8))))
                .statusCode();
    }

    private String tokenOf(String name) {
        return live.server.access().newToken(live.server.people().require(name).caller(), "test");
    }

    private int status(String token, String path) throws Exception {
        return live.sent(live.as(token, path)).statusCode();
    }

    private JsonNode grantsOf(String name) throws Exception {
        return live.get("/api/v1/grants?all=true&holder=" + name).path("items");
    }

    @Test
    void whoJoinsHasWhatTheInvitationSaysFromThenOn() throws Exception {
        var invited = invite(live.token, "bo", OPERATOR);
        live.clock.advance(Duration.ofHours(10));
        assertThat(join(invited)).isEqualTo(303);
        String bo = tokenOf("bo");
        assertThat(status(bo, "/api/v1/systems/shop")).isEqualTo(200);
        assertThat(status(bo, "/api/v1/systems/vault")).isEqualTo(404);
        assertThat(grantsOf("bo").path(0).path("sentence").asText())
                .contains("bo may read", "given by owner: on call");
        assertThat(
                        live.get("/api/v1/events?system=shop&type=grant.reached")
                                .path("items")
                                .path(0)
                                .path("text")
                                .asText())
                .contains("bo may");
        live.clock.advance(Duration.ofHours(8));
        assertThat(status(bo, "/api/v1/systems/shop")).isEqualTo(404);
    }

    @Test
    void anInvitationWithAGrantThatMakesNoSenseIsRefusedAtOnce() throws Exception {
        for (String[] bad :
                new String[][] {
                    {OPERATOR.replace("shop", "nowhere"), "not-found"},
                    {OPERATOR.replace("8h", "9999d"), "bad-expiry"},
                    {OPERATOR.replace("on call", " "), "bad-reason"},
                    {OPERATOR.replace("operator", "king"), "bad-role"},
                    {OPERATOR.replace("{", "{\"holder\":\"owner\","), "holder-is-clear"},
                }) {
            var answer = invite(live.token, "bo", bad[0]);
            assertThat(LiveServer.code(answer)).as(answer.body()).isEqualTo(bad[1]);
        }
        assertThat(live.server.invitations().open()).isEmpty();
    }

    @Test
    void whatTheInviterCouldGiveNoMoreKeepsTheInvitedOut() throws Exception {
        var instance =
                "{\"holder\":\"ann\",\"verbs\":[\"read\",\"admin\"],\"systems\":[\"instance\"],"
                        + "\"expiresIn\":\"30d\",\"reason\":\"runs it\"}";
        live.personNamed("ann");
        assertThat(live.post("/api/v1/grants", instance).statusCode()).isEqualTo(201);
        var ann = live.server.people().require("ann").caller();
        String annsToken = live.server.access().newLocalToken(ann);
        assertThat(LiveServer.code(invite(annsToken, "bo", OPERATOR))).isEqualTo("not-found");
        var lent =
                live.post(
                        "/api/v1/grants",
                        "{\"holder\":\"ann\",\"role\":\"operator\",\"systems\":[\"shop\"],"
                                + "\"depth\":1,\"expiresIn\":\"2d\",\"reason\":\"leads\"}");
        var invited = invite(annsToken, "bo", OPERATOR);
        assertThat(invited.statusCode()).as(invited.body()).isEqualTo(201);
        String id = LiveServer.json(lent).path("id").asText();
        live.post("/api/v1/grants/" + id + "/revoke", "{\"reason\":\"left\"}");
        assertThat(join(invited)).isEqualTo(403);
        assertThat(live.server.people().find("bo")).isEmpty();
    }

    private HttpResponse<String> token(String by, String grants) throws Exception {
        return live.sent(
                live.as(by, "/api/v1/tokens")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"name\":\"deploy\",\"expiresIn\":\"30d\",\"grants\":["
                                                + grants
                                                + "]}")));
    }

    @Test
    void aTokenMayOnlyWhatItsOwnGrantsSayAndActsForItsPerson() throws Exception {
        var made = token(live.token, OPERATOR);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String deploy = LiveServer.json(made).path("token").asText();
        String holder = LiveServer.json(made).path("holder").asText();
        assertThat(status(deploy, "/api/v1/systems/shop")).isEqualTo(200);
        assertThat(status(deploy, "/api/v1/systems/vault")).isEqualTo(404);
        var noted =
                live.sent(
                        live.as(deploy, "/api/v1/systems/shop/notes")
                                .POST(BodyPublishers.ofString("{\"text\":\"deployed\"}")));
        assertThat(noted.statusCode()).as(noted.body()).isEqualTo(201);
        var reached = live.get("/api/v1/events?system=shop&type=grant.reached").path("items");
        assertThat(LiveServer.json(noted).path("grant").asText())
                .isEqualTo(reached.path(0).path("id").asText());
        assertThat(reached.path(0).path("text").asText()).contains("the token deploy of owner");
        assertThat(LiveServer.json(noted).path("by").asText())
                .isEqualTo(live.server.owner().person());
        assertThat(grantsOf(holder).path(0).path("state").asText()).isEqualTo("active");

        String id = LiveServer.json(made).path("id").asText();
        live.sent(live.asOwner("/api/v1/tokens/" + id).DELETE());
        assertThat(status(deploy, "/api/v1/systems/shop")).isEqualTo(401);
        assertThat(grantsOf(holder).path(0).path("state").asText()).isEqualTo("revoked");
    }

    /// A depth of 0 keeps a grant from others, and not from a program of who holds it.
    @Test
    void whoMayPassNothingOnMayStillNarrowATokenOfTheirOwn() throws Exception {
        live.personNamed("bo");
        assertThat(
                        live.post("/api/v1/grants", OPERATOR.replace("{", "{\"holder\":\"bo\","))
                                .statusCode())
                .isEqualTo(201);
        String bo = live.server.access().newLocalToken(live.server.people().require("bo").caller());
        String viewer = OPERATOR.replace("operator", "viewer").replace("8h", "1h");
        var made = token(bo, viewer);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String narrow = LiveServer.json(made).path("token").asText();
        assertThat(status(narrow, "/api/v1/systems/shop")).isEqualTo(200);

        assertThat(LiveServer.code(token(bo, OPERATOR.replace("operator", "maintainer"))))
                .isEqualTo("wider-than-yours");
        assertThat(LiveServer.code(token(bo, viewer.replace("{", "{\"depth\":1,"))))
                .isEqualTo("bad-depth");
        assertThat(LiveServer.code(token(narrow, viewer))).isEqualTo("persons-only");

        String given = grantsOf("bo").path(0).path("id").asText();
        live.post("/api/v1/grants/" + given + "/revoke", "{\"reason\":\"over\"}");
        assertThat(status(narrow, "/api/v1/systems/shop")).isEqualTo(404);
    }

    @Test
    void aGrantThatWantsAPasskeyIsOnlyForWhoSignedInWithOne() throws Exception {
        String bo = live.personNamed("bo");
        live.post("/api/v1/grants", OPERATOR.replace("{", "{\"holder\":\"bo\",\"passkey\":true,"));
        assertThat(status(bo, "/api/v1/systems/shop")).isEqualTo(404);
        var why = live.get("/api/v1/permissions?person=bo&system=shop&verb=ack");
        assertThat(why.path("allowed").asBoolean()).as(why.toString()).isTrue();
    }
}
