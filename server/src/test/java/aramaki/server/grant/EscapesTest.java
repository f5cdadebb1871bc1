package aramaki.server.grant;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.protocol.Json;
import aramaki.server.LiveServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ways by which somebody with a narrow grant once came to more than it says, each tried over a
/// real server.
class EscapesTest {
    @TempDir private Path folder;
    private LiveServer live;
    private String bo;

    @BeforeEach
    void start() throws Exception {
        live = new LiveServer(folder);
        for (String name : new String[] {"shop", "payroll"}) {
            assertThat(live.post("/api/v1/systems", "{\"name\":\"" + name + "\"}").statusCode())
                    .isEqualTo(201);
        }
        bo = live.personNamed("bo");
    }

    @AfterEach
    void stop() {
        live.close();
    }

    private HttpResponse<String> send(String token, String path, String body) throws Exception {
        return live.sent(live.as(token, path).POST(BodyPublishers.ofString(body)));
    }

    private String given(String who, String more) throws Exception {
        var answer =
                live.post(
                        "/api/v1/grants",
                        "{\"holder\":\""
                                + who
                                + "\",\"reason\":\"a test\",\"expiresIn\":\"8h\","
                                + more
                                + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return LiveServer.json(answer).path("id").asText();
    }

    private String narrow(String by, String verbs) throws Exception {
        var made =
                send(
                        by,
                        "/api/v1/tokens",
                        "{\"name\":\"n\",\"expiresIn\":\"30d\",\"grants\":[{\"verbs\":["
                                + verbs
                                + "],\"systems\":[\"shop\"],\"expiresIn\":\"8h\",\"reason\":\"r\"}]}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return made.body();
    }

    private static String secret(String made) {
        return Json.tree(made.getBytes(StandardCharsets.UTF_8)).path("token").asText();
    }

    private static String holder(String made) {
        return Json.tree(made.getBytes(StandardCharsets.UTF_8)).path("holder").asText();
    }

    @Test
    void anEventThatAnotherSystemReceivedIsNotTold() throws Exception {
        given("bo", "\"role\":\"operator\",\"systems\":[\"shop\"]");
        String event =
                "{\"specversion\":\"1.0\",\"id\":\"42\",\"source\":\"/ci\",\"type\":\"build\","
                        + "\"data\":{\"salary\":\"secret\"}}";
        for (int i = 0; i < 2; i++) {
            var answer = cloudEvent(live.token, "payroll", event);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(i == 0 ? 201 : 200);
        }
        var answer = cloudEvent(bo, "shop", event);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).doesNotContain("payroll").doesNotContain("salary");
    }

    private HttpResponse<String> cloudEvent(String token, String system, String event)
            throws Exception {
        return live.sent(
                live.as(token, "/api/v1/events?system=" + system)
                        .header("Content-Type", "application/cloudevents+json")
                        .POST(BodyPublishers.ofString(event)));
    }

    @Test
    void aTokenSilencesNothingOfItsPersonsOwn() throws Exception {
        String token = secret(narrow(live.token, "\"read\""));
        String mine = "{\"mine\":true,\"length\":\"1h\",\"reason\":\"x\"}";
        for (String path : new String[] {"/api/v1/silences", "/api/v1/silences/preview"}) {
            assertThat(send(token, path, mine).statusCode()).as(path).isEqualTo(403);
        }
        String id = LiveServer.json(live.post("/api/v1/silences", mine)).path("id").asText();
        assertThat(send(token, "/api/v1/silences/" + id + "/expire", "").statusCode())
                .isIn(403, 404);
        assertThat(live.sent(live.as(token, "/api/v1/silences")).body()).doesNotContain(id);
        live.post("/api/v1/silences/" + id + "/expire", "");
        assertThat(live.sent(live.as(bo, "/silences").header("Accept", "text/html")).body())
                .doesNotContain("what owner has");
    }

    @Test
    void whatIsNotThereYetIsAggregatedOnlyByWhoMayGrantEverything() throws Exception {
        given("bo", "\"verbs\":[\"read\",\"edit\",\"grant\"],\"systems\":[\"shop\"]");
        var put =
                live.sent(
                        live.as(bo, "/api/v1/systems/shop")
                                .PUT(
                                        BodyPublishers.ofString(
                                                "{\"files\":{\"system.yaml\":\"title: x\\nsubsystems: [later]\\n\"}}")));
        assertThat(put.statusCode()).as(put.body()).isEqualTo(403);
        live.post("/api/v1/systems", "{\"name\":\"later\"}");
        assertThat(live.sent(live.as(bo, "/api/v1/systems/later")).statusCode()).isEqualTo(404);
    }

    @Test
    void whatLastsBeyondARevocationIsGivenOnlyByWhoIsThere() throws Exception {
        String token = live.server.access().newToken(live.server.owner(), "plain");
        String to =
                "{\"holder\":\"bo\",\"reason\":\"r\",\"expiresIn\":\"8h\",\"systems\":[\"shop\"],";
        assertThat(send(token, "/api/v1/grants", to + "\"role\":\"operator\"}").statusCode())
                .isEqualTo(201);
        for (String more :
                new String[] {
                    "\"role\":\"owner\"}",
                    "\"verbs\":[\"read\",\"grant\"]}",
                    "\"role\":\"viewer\",\"depth\":1}"
                }) {
            assertThat(LiveServer.code(send(token, "/api/v1/grants", to + more)))
                    .as(more)
                    .isEqualTo("step-up");
        }
    }

    @Test
    void aConditionIsPassedOnOnlyByWhoFulfilsIt() throws Exception {
        given("bo", "\"role\":\"viewer\",\"systems\":[\"shop\"]");
        given("bo", "\"role\":\"viewer\",\"systems\":[\"shop\"],\"passkey\":true,\"depth\":1");
        live.personNamed("eve");
        var passed =
                send(
                        bo,
                        "/api/v1/grants",
                        "{\"holder\":\"eve\",\"role\":\"viewer\",\"systems\":[\"shop\"],"
                                + "\"passkey\":true,\"expiresIn\":\"1h\",\"reason\":\"r\"}");
        assertThat(LiveServer.code(passed)).as(passed.body()).isEqualTo("wider-than-yours");
        String asleep =
                given(
                        "bo",
                        "\"role\":\"owner\",\"systems\":[\"shop\"],\"passkey\":true,"
                                + "\"emergency\":true");
        var woken = send(bo, "/api/v1/grants/" + asleep + "/invoke", "{\"reason\":\"r\"}");
        assertThat(LiveServer.code(woken)).isEqualTo("no-emergency");
    }

    @Test
    void aTokenGivesNothingToItsSiblings() throws Exception {
        String first = secret(narrow(live.token, "\"read\""));
        String second = holder(narrow(live.token, "\"read\""));
        var answer =
                send(
                        first,
                        "/api/v1/grants",
                        "{\"holder\":\""
                                + second
                                + "\",\"verbs\":[\"read\"],\"systems\":[\"shop\"],\"expiresIn\":\"1h\","
                                + "\"reason\":\"r\"}");
        assertThat(LiveServer.code(answer)).as(answer.body()).isEqualTo("wider-than-yours");
    }

    @Test
    void grantsOfATokenEndWithItHoweverItEnds() throws Exception {
        given("bo", "\"role\":\"operator\",\"systems\":[\"shop\"]");
        String local =
                live.server.access().newLocalToken(live.server.people().require("bo").caller());
        String shutOut = holder(narrow(local, "\"read\""));
        live.post("/api/v1/people/bo/disable", "{\"reason\":\"left\"}");
        assertThat(state(shutOut)).isEqualTo("revoked");
        var made =
                live.post(
                        "/api/v1/tokens",
                        "{\"name\":\"n\",\"expiresIn\":\"1h\",\"grants\":[{\"verbs\":[\"read\"],"
                                + "\"systems\":[\"shop\"],\"expiresIn\":\"8h\",\"reason\":\"r\"}]}");
        live.server.access().sweep(live.clock.advance(Duration.ofHours(2)));
        assertThat(state(LiveServer.json(made).path("holder").asText())).isEqualTo("revoked");
    }

    private String state(String holder) throws Exception {
        return live.get("/api/v1/grants?all=true&holder=" + holder)
                .path("items")
                .path(0)
                .path("state")
                .asText();
    }

    @Test
    void whoeverHoldsAGrantCanGiveItBack() throws Exception {
        String id = given("bo", "\"role\":\"operator\",\"systems\":[\"shop\"]");
        var back = send(bo, "/api/v1/grants/" + id + "/revoke", "{\"reason\":\"not needed\"}");
        assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
        assertThat(live.sent(live.as(bo, "/api/v1/systems/shop")).statusCode()).isEqualTo(404);
        assertThat(live.get("/api/v1/events?system=shop&type=grant.withdrawn").path("items"))
                .hasSize(1);
    }

    @Test
    void whoMayInviteNobodyAnyMoreHasInvitedNobody() throws Exception {
        String id = given("bo", "\"verbs\":[\"read\",\"admin\"],\"systems\":[\"instance\"]");
        String local =
                live.server.access().newLocalToken(live.server.people().require("bo").caller());
        var invited = send(local, "/api/v1/invitations", "{\"name\":\"eve\"}");
        assertThat(invited.statusCode()).as(invited.body()).isEqualTo(201);
        live.post("/api/v1/grants/" + id + "/revoke", "{\"reason\":\"over\"}");
        String code = LiveServer.json(invited).path("link").asText().split("code=", 2)[1];
        var joined =
                live.sent(
                        live.to("/join")
                                .header("Sec-Fetch-Site", "same-origin")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        BodyPublishers.ofString(
                                                "code="
                                                        + code
                                                        + "&password=correct+horse+battery")));
        assertThat(joined.statusCode()).isEqualTo(403);
        assertThat(live.server.people().find("eve")).isEmpty();
    }

    @Test
    void whetherASystemIsThereIsToldToNobodyWhoMayNotSeeIt() throws Exception {
        given("bo", "\"role\":\"operator\",\"systems\":[\"shop\"],\"depth\":1");
        for (String name : new String[] {"payroll", "nowhere"}) {
            assertThat(live.sent(live.as(bo, "/api/v1/grants?system=" + name)).statusCode())
                    .as(name)
                    .isEqualTo(404);
            var answer =
                    send(
                            bo,
                            "/api/v1/grants",
                            "{\"holder\":\"owner\",\"role\":\"viewer\",\"systems\":[\""
                                    + name
                                    + "\"],\"expiresIn\":\"1h\",\"reason\":\"r\"}");
            assertThat(answer.statusCode()).as(name).isEqualTo(404);
        }
    }

    @Test
    void aRefusalToAStrangerSaysNothingOfWhatIsHere() throws Exception {
        var answer =
                live.sent(
                        live.to("/sign-in")
                                .header("Accept", "text/html")
                                .POST(BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("href=\"/alerts\"");
    }

    @Test
    void aLinkInAnotherPageSignsNobodyIn() throws Exception {
        var link = live.server.signInLink();
        var led =
                live.sent(
                        live.to(link.getPath() + "?" + link.getQuery())
                                .header("Sec-Fetch-Site", "cross-site"));
        assertThat(LiveServer.code(led)).isEqualTo("led-here");
        assertThat(live.sent(live.to(link.getPath() + "?" + link.getQuery())).statusCode())
                .isEqualTo(303);
    }
}
