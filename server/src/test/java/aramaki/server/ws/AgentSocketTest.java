package aramaki.server.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aramaki.model.observation.EntityName;
import aramaki.protocol.Json;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.protocol.agent.Handshake;
import aramaki.protocol.agent.HostEvent;
import aramaki.protocol.agent.ServerMessage;
import aramaki.protocol.crypto.SecretKey;
import aramaki.server.LiveServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever one connection does, it ends only itself, in words, and a good agent beside it goes on.
@Timeout(60)
class AgentSocketTest {
    @TempDir private Path folder;
    private LiveServer live;
    private String instance;
    private TestAgent good;

    @BeforeEach
    void start() throws Exception {
        live = new LiveServer(folder);
        instance = live.get("/api/v1/instance").path("id").asText();
        assertThat(live.post("/api/v1/systems", "{\"name\":\"shop\"}").statusCode()).isEqualTo(201);
        good = TestAgent.joined(live, "good");
    }

    @AfterEach
    void stop() {
        good.assertAlive();
        good.close();
        live.close();
    }

    @Test
    void anAgentJoinsReportsAndIsAcknowledged() throws Exception {
        put("title: Shop\n", "disk");
        assertThat(good.next()).isInstanceOf(ServerMessage.Checks.class);
        var now = live.clock.instant();
        good.say(
                new AgentMessage.Results(
                                "e1",
                                now,
                                List.of(
                                        new Result(
                                                1,
                                                "shop",
                                                "good",
                                                "disk",
                                                "critical",
                                                "full",
                                                List.of(),
                                                now,
                                                now,
                                                now,
                                                now)))
                        .frame());
        assertThat(good.next()).isEqualTo(new ServerMessage.Ack("e1", 1));
        await().until(
                        () ->
                                live.get("/api/v1/alerts")
                                        .path("items")
                                        .findValuesAsText("key")
                                        .contains("shop/good/disk"));
        good.say(new AgentMessage.Gap("e1", 2, 3).frame());
        assertThat(good.next()).isEqualTo(new ServerMessage.Ack("e1", 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "nonsense",
                "null",
                "[]",
                "{\"t\":\"never-heard-of\"}",
                "{\"t\":\"results\"}",
                "{\"t\":\"results\",\"epoch\":\"e1\",\"sentAt\":\"yesterday\",\"results\":[]}",
                "{\"t\":\"results\",\"epoch\":\"e1\",\"results\":[null]}"
            })
    void malformedJsonEndsTheConversation(String text) {
        try (var bad = TestAgent.joined(live, "bad")) {
            bad.say(text);
            bad.assertEnded("bad-json");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"t\":\"ready\",\"first\":1,\"next\":1}",
                "{\"t\":\"ready\",\"epoch\":\"e2\",\"first\":1,\"next\":1,\"version\":\"\","
                        + "\"policy\":\"\",\"facts\":{\"os\":null}}",
                "{\"t\":\"gap\",\"from\":1,\"to\":2}",
                "{\"t\":\"stopping\"}"
            })
    void aMissingFieldEndsTheConversation(String text) {
        try (var bad = TestAgent.joined(live, "bad")) {
            bad.say(text);
            assertThat(bad.next())
                    .isInstanceOfSatisfying(
                            ServerMessage.Refused.class,
                            refused ->
                                    assertThat(refused.code()).isIn("bad-json", "missing-field"));
            assertThat(bad.hungUp()).isPositive();
        }
    }

    @Test
    void aBinaryFrameEndsTheConversation() {
        try (var bad = TestAgent.joined(live, "bad")) {
            bad.sayBinary(new byte[] {1, 2, 3});
            bad.assertEnded("bad-frame");
        }
        try (var bad = TestAgent.stranger(live)) {
            bad.sayBinary(new byte[] {1, 2, 3});
            bad.assertEnded("bad-frame");
        }
    }

    @Test
    void aFrameOfMoreThanAMebibyteEndsTheConversation() {
        try (var bad = TestAgent.joined(live, "bad")) {
            bad.sayInVain("x".repeat(Json.MAX_DOCUMENT + 1));
            assertThat(bad.hungUp()).isIn(1009, 1006);
        }
    }

    @Test
    void anOversizedMessageOfTheHandshakeEndsIt() {
        try (var bad = TestAgent.stranger(live)) {
            bad.say("{\"v\":1,\"name\":\"" + "x".repeat(Handshake.MAX_BYTES) + "\"}");
            bad.assertEnded("too-large");
        }
        try (var bad = TestAgent.stranger(live)) {
            bad.sayInVain("x".repeat(500_000)); // not even read as far as to answer
            assertThat(bad.hungUp()).isIn(1009, 1006);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "aramaki.agent.v2", ""})
    void anotherSubprotocolIsRefused(String subprotocol) {
        try (var http = HttpClient.newHttpClient()) {
            var builder = http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
            if (!subprotocol.isEmpty()) {
                builder.subprotocols(subprotocol);
            }
            var connecting =
                    builder.buildAsync(
                            URI.create("ws://127.0.0.1:" + live.server.port() + Handshake.PATH),
                            new WebSocket.Listener() {});
            assertThatThrownBy(connecting::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);
            http.shutdownNow();
        }
    }

    @Test
    void anAgentThatIsConnectedWhileTheLogKeyIsReplacedComesBackAndKnowsTheNewOne()
            throws Exception {
        var before = good.keys();
        live.post("/api/v1/instance/keys", "{\"purpose\":\"log\"}");
        good.assertEnded("keys-changed");
        good.close();

        good = new TestAgent(live, "good", good.key);
        good.keys = before;
        good.handshake(instance, null, null);

        assertThat(good.next()).isInstanceOf(ServerMessage.Welcome.class);
        good.ready().assertAlive();
        assertThat(good.keys().logKey()).isNotEqualTo(before.logKey());
    }

    @Test
    void anAgentOfAnotherInstanceIsSentAway() {
        try (var bad = TestAgent.stranger(live)) {
            bad.say(
                    Json.bytes(
                            Handshake.hello(
                                    "i_" + "b".repeat(52),
                                    bad.key.publicKey(),
                                    "web1",
                                    null,
                                    "",
                                    new SecureRandom())));
            bad.assertEnded("wrong-instance");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"v\":1,\"want\":null,\"key\":null,\"name\":null,\"nonce\":null}",
                "{\"v\":1,\"want\":\"i_x\",\"key\":\"\",\"name\":\"x\",\"nonce\":\"\"}"
            })
    void aHelloThatIsNoneEndsTheHandshake(String hello) {
        try (var bad = TestAgent.stranger(live)) {
            bad.say(hello);
            assertThat(bad.next()).isInstanceOf(ServerMessage.Refused.class);
            bad.hungUp();
        }
    }

    @Test
    void aKeyOfSmallOrderIsRefused() {
        try (var bad = TestAgent.stranger(live)) {
            bad.say(
                    "{\"v\":1,\"want\":\""
                            + instance
                            + "\",\"key\":\""
                            + "A".repeat(43)
                            + "\",\"name\":\"x\",\"nonce\":\"x\"}");
            bad.assertEnded("bad-key");
        }
    }

    @Test
    void aMessageBeforeTheHandshakeIsNoHello() {
        try (var bad = TestAgent.stranger(live)) {
            bad.say(new AgentMessage.Heartbeat(live.clock.instant()).frame());
            assertThat(bad.next()).isInstanceOf(ServerMessage.Refused.class);
            bad.hungUp();
        }
    }

    @Test
    void aReplayedProofIsRefused() {
        var invite = TestAgent.invite(live, 2);
        byte[] proof;
        try (var first = TestAgent.stranger(live)) {
            byte[] challenge = first.challenged(instance, invite.id());
            proof = Json.bytes(Handshake.proof(challenge, first.key, invite.secretBytes()));
            first.say(proof);
            assertThat(first.next()).isInstanceOf(ServerMessage.Welcome.class);
            try (var thief = new TestAgent(live, "web1", first.key)) {
                thief.challenged(instance, null);
                thief.say(proof);
                thief.assertEnded("handshake-failed");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"p\":null,\"t\":null,\"s\":null}",
                "{\"p\":\"\",\"t\":\"x\",\"s\":[{\"k\":\"\",\"s\":null}]}",
                "{\"p\":\"\",\"t\":\"x\",\"s\":[null]}"
            })
    void aProofThatIsNoneEndsTheHandshake(String proof) {
        try (var bad = TestAgent.stranger(live)) {
            bad.challenged(instance, null);
            bad.say(proof);
            assertThat(bad.next())
                    .isInstanceOfSatisfying(
                            ServerMessage.Refused.class,
                            refused -> assertThat(refused.code()).isNotEqualTo("failed"));
            bad.hungUp();
        }
    }

    @Test
    void aHandshakeTakesFifteenSecondsAtMost() {
        try (var silent = TestAgent.stranger(live);
                var slow = TestAgent.stranger(live)) {
            slow.challenged(instance, null);
            for (int i = 0; i < 20; i++) { // bytes that are no message do not buy time
                slow.ping();
            }
            silent.assertEnded("handshake-timeout");
            slow.assertEnded("handshake-timeout");
        }
    }

    @Test
    void anUnknownAgentIsToldToJoin() {
        try (var bad = TestAgent.stranger(live)) {
            bad.handshake(instance, null, null);
            bad.assertEnded("unknown-agent");
        }
    }

    @Test
    void aShutOutAgentIsEndedAndStaysOut() throws Exception {
        var key = SecretKey.generate(new SecureRandom());
        try (var bad = new TestAgent(live, "bad", key)) {
            bad.join(TestAgent.invite(live, 1));
            bad.ready();
            assertThat(live.post("/api/v1/agents/bad/revoke", "{}").statusCode()).isEqualTo(200);
            bad.assertEnded("revoked");
        }
        try (var again = new TestAgent(live, "bad", key)) {
            again.handshake(instance, null, null);
            again.assertEnded("revoked");
        }
        var invite = TestAgent.invite(live, 1);
        try (var again = new TestAgent(live, "bad", key)) {
            again.handshake(instance, invite.id(), invite.secretBytes());
            again.assertEnded("revoked");
        }
    }

    @Test
    void anInviteIsUsedUp() {
        var invite = TestAgent.invite(live, 1);
        try (var first = TestAgent.stranger(live);
                var second = new TestAgent(live, "web2", SecretKey.generate(new SecureRandom()))) {
            first.join(invite);
            second.handshake(instance, invite.id(), invite.secretBytes());
            second.assertEnded("invite-unusable");
        }
    }

    @Test
    void anInviteExpires() {
        var invite = TestAgent.invite(live, 1);
        live.clock.advance(Duration.ofHours(1));
        try (var late = TestAgent.stranger(live)) {
            late.handshake(instance, invite.id(), invite.secretBytes());
            late.assertEnded("invite-unusable");
        }
    }

    @Test
    void anInviteIsNothingWithoutItsSecret() {
        var invite = TestAgent.invite(live, 1);
        try (var bad = TestAgent.stranger(live)) {
            bad.handshake(instance, invite.id(), new byte[16]);
            bad.assertEnded("handshake-failed");
        }
        try (var bad = TestAgent.stranger(live)) {
            bad.handshake(instance, invite.id(), null);
            bad.assertEnded("handshake-failed");
        }
    }

    @Test
    void aNameIsTakenOnce() {
        var invite = TestAgent.invite(live, 1);
        try (var twin = new TestAgent(live, "good", SecretKey.generate(new SecureRandom()))) {
            twin.handshake(instance, invite.id(), invite.secretBytes());
            twin.assertEnded("name-taken");
        }
        try (var other = TestAgent.stranger(live)) {
            other.join(invite); // it was not used up by the one that was refused
        }
    }

    /// The answer to joining may be lost after the invite was used up.
    @Test
    void theSameKeyJoiningAgainIsTheSameAgent() {
        var key = SecretKey.generate(new SecureRandom());
        var invite = TestAgent.invite(live, 1);
        try (var first = new TestAgent(live, "web1", key)) {
            first.join(invite);
        }
        try (var again = new TestAgent(live, "web1", key)) {
            again.join(invite);
            again.ready();
        }
        assertThat(live.server.agents().all()).hasSize(2);
    }

    @Test
    void theSameAgentTwiceReplacesTheFirst() {
        var key = SecretKey.generate(new SecureRandom());
        try (var first = new TestAgent(live, "web1", key);
                var second = new TestAgent(live, "web1", key)) {
            first.join(TestAgent.invite(live, 1));
            first.ready();
            second.handshake(instance, null, null);
            assertThat(second.next()).isInstanceOf(ServerMessage.Welcome.class);
            first.assertEnded("replaced");
            second.ready();
            second.assertAlive();
        }
    }

    @Test
    void resultsBeforeReadyEndTheConversation() {
        try (var bad = TestAgent.stranger(live)) {
            bad.join(TestAgent.invite(live, 1));
            bad.say(new AgentMessage.Results("e1", live.clock.instant(), List.of()).frame());
            bad.assertEnded("unknown-epoch");
        }
    }

    @Test
    void anAgentThatIsNotReadyGetsItsChecksWhenItIs() throws Exception {
        try (var slow = TestAgent.stranger(live)) {
            slow.join(TestAgent.invite(live, 1));
            put("title: Shop\n", "disk");
            slow.say(new AgentMessage.Ready("e1", 1, 1, "0.1.0", "any", Map.of(), null).frame());
            assertThat(slow.next()).isInstanceOf(ServerMessage.Position.class);
            assertThat(slow.next())
                    .isInstanceOfSatisfying(
                            ServerMessage.Checks.class,
                            checks -> assertThat(checks.checks()).hasSize(1));
        }
        assertThat(good.next()).isInstanceOf(ServerMessage.Checks.class);
    }

    @Test
    void aPlannedStopIsKnownAsOne() {
        try (var web1 = TestAgent.joined(live, "web1")) {
            web1.say(new AgentMessage.Stopping("update", null, null).frame());
            await().until(
                            () ->
                                    live.server
                                            .agents()
                                            .byName(new EntityName("web1"))
                                            .orElseThrow()
                                            .presence()
                                            .word()
                                            .equals("stopped"));
        }
    }

    @Test
    void aPauseWantedHereReachesTheAgentAtOnceAndWhenItConnects() throws Exception {
        try (var web1 = TestAgent.joined(live, "web1")) {
            assertThat(post("/api/v1/agents/web1/pause", "{\"length\":\"8d\"}")).isEqualTo(400);
            assertThat(post("/api/v1/agents/web1/pause", "{\"length\":\"soon\"}")).isEqualTo(400);
            assertThat(
                            post(
                                    "/api/v1/agents/web1/pause",
                                    "{\"length\":\"30m\",\"reason\":\"disk\"}"))
                    .isEqualTo(200);
            var paused = (ServerMessage.Paused) web1.next();
            assertThat(paused.pause().reason()).isEqualTo("disk");
            assertThat(paused.pause().wanted()).isTrue();
            web1.say(new AgentMessage.Ready("e1", 1, 1, "0.1.0", "any", Map.of()).frame());
            assertThat(web1.next()).isInstanceOf(ServerMessage.Position.class);
            assertThat(web1.next()).isInstanceOf(ServerMessage.Checks.class);
            assertThat(((ServerMessage.Paused) web1.next()).pause()).isEqualTo(paused.pause());

            assertThat(post("/api/v1/agents/web1/resume", "{}")).isEqualTo(200);
            var resumed = (ServerMessage.Paused) web1.next();
            assertThat(resumed.pause().wanted()).isFalse();
            assertThat(resumed.pause().revision()).isEqualTo(2);
        }
    }

    @Test
    void whatHappenedToAHostIsNotedAndTheNoteIsSaidAgain() {
        try (var web1 = TestAgent.joined(live, "web1")) {
            var happened =
                    new AgentMessage.Happened(
                            List.of(
                                    new HostEvent.Rebooted(
                                            "h_1", java.time.Instant.EPOCH, true, 60L)));
            web1.say(happened.frame());
            assertThat(web1.next()).isEqualTo(new ServerMessage.Noted(List.of("h_1")));
            web1.say(happened.frame());
            assertThat(web1.next()).isEqualTo(new ServerMessage.Noted(List.of("h_1")));
        }
    }

    private int post(String path, String body) throws Exception {
        return live.sent(
                        live.asOwner(path)
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)))
                .statusCode();
    }

    private void put(String yaml, String check) throws Exception {
        var files =
                Map.of(
                        "system.yaml",
                        yaml,
                        "checks/" + check + ".yaml",
                        "name: " + check + "\ncommand: [check_" + check + "]\nevery: 10s\n");
        var body = Json.text(Map.of("files", files));
        var response =
                live.sent(
                        live.asOwner("/api/v1/systems/shop")
                                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
}
