package aramaki.server.ws;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.system.SystemName;
import aramaki.protocol.Json;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.AgentMessage.MetricWire;
import aramaki.protocol.agent.ServerMessage;
import aramaki.server.LiveServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Running a check at once, and handing in a result, over the real channels.
class CheckRunApiTest {
    private static final String RUN = "/api/v1/checks/shop/disk/run";

    @TempDir private Path data;
    private LiveServer live;

    @BeforeEach
    void start() {
        live = new LiveServer(data);
        live.server
                .systems()
                .put(
                        new SystemName("shop"),
                        Map.of(
                                "system.yaml",
                                "title: Shop\n",
                                "checks/disk.yaml",
                                "name: disk\ncommand: [check_disk]\nevery: 60s\ntimeout: 2s\n"),
                        live.server.owner().by());
    }

    @AfterEach
    void stop() {
        live.close();
    }

    @Test
    void itAsksTheAgentAndAnswersWithTheResultThatCameAfter() throws Exception {
        try (var agent = TestAgent.joined(live, "web1");
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            say(agent, 1, "ok", -5);
            var answer = CompletableFuture.supplyAsync(() -> post(RUN, "{}"), pool);
            assertThat(agent.next()).isEqualTo(new ServerMessage.RunNow("shop", "disk"));
            say(agent, 2, "ok", -1); // of a run that was over before we asked
            say(agent, 3, "critical", 0);
            var result = answer.join();
            assertThat(result.statusCode()).isEqualTo(200);
            assertThat(LiveServer.json(result).path("state").asText()).isEqualTo("critical");
            assertThat(LiveServer.json(result).path("output").asText()).isEqualTo("result 3");
        }
    }

    @Test
    void withoutWaitingItOnlyAsks() throws Exception {
        try (var agent = TestAgent.joined(live, "web1")) {
            var answer = post(RUN, "{\"noWait\":true,\"entity\":\"web1\"}");
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(agent.next()).isEqualTo(new ServerMessage.RunNow("shop", "disk"));
        }
    }

    @Test
    void noResultInTimeIsSaid() throws Exception {
        try (var agent = TestAgent.joined(live, "web1")) {
            var answer = post(RUN, "{}"); // 2 s, and 5 s on the way
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(LiveServer.code(answer)).isEqualTo("no-result-in-time");
            assertThat(agent.next()).isInstanceOf(ServerMessage.RunNow.class);
        }
    }

    @Test
    void anAgentThatIsNotConnectedIsSaidPlainly() {
        assertRefused(post(RUN, "{}"), 409, "runs-nowhere");
        TestAgent.joined(live, "web1").close();
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertRefused(post(RUN, "{}"), 409, "agent-not-connected"));
    }

    @Test
    void whereItRunsMustBeClear() {
        try (var web1 = TestAgent.joined(live, "web1");
                var web2 = TestAgent.joined(live, "web2")) {
            web1.assertAlive();
            web2.assertAlive();
            assertRefused(post(RUN, "{}"), 400, "which-entity");
            assertRefused(post(RUN, "{\"entity\":\"db1\"}"), 409, "runs-elsewhere");
            assertRefused(post("/api/v1/checks/shop/none/run", "{}"), 404, "not-found");
        }
    }

    @Test
    void aResultThatIsHandedInIsTakenLikeAnyOther() throws Exception {
        try (var agent = TestAgent.joined(live, "web1")) {
            agent.assertAlive();
            var answer =
                    submit(
                            """
                            {"system":"shop","entity":"web1","check":"disk","state":"critical",
                             "output":"<b>full</b>\\nreally",
                             "metrics":[{"name":"/","value":99.5,"unit":"%","warn":"80"}]}""");
            assertThat(answer.statusCode()).isEqualTo(201);
            var id = LiveServer.json(answer).path("id").asText();
            var seen = live.get("/api/v1/observations/" + id);
            assertThat(seen.path("output").asText()).isEqualTo("<b>full</b>\nreally");
            assertThat(seen.path("epoch").asText()).isEqualTo("submitted");
            assertThat(seen.path("hops").path("event").isNull()).isFalse();
            var check = live.get("/api/v1/systems/shop/checks/disk").path("entities").get(0);
            assertThat(check.path("state").asText()).isEqualTo("critical");
            org.awaitility.Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(live.get("/api/v1/alerts").path("items")).hasSize(1));
            var history = live.get("/api/v1/alerts").path("items").get(0).path("history");
            assertThat(history.path("total").asInt()).isEqualTo(1);
            assertThat(history.path("times90d").asInt()).isEqualTo(1);
        }
    }

    @Test
    void whatCannotBeTakenIsRefusedWithWhatWouldBeRight() {
        try (var agent = TestAgent.joined(live, "web1")) {
            agent.assertAlive();
            var undeclared = submit(saying("shop", "web1", "backup", "ok"));
            assertRefused(undeclared, 404, "undeclared-check");
            assertThat(LiveServer.json(undeclared).path("detail").asText())
                    .contains("write checks/backup.yaml", "or name one of disk");
            assertRefused(submit(saying("shop", "nobody", "disk", "ok")), 404, "not-found");
            assertRefused(submit(saying("none", "web1", "disk", "ok")), 404, "not-found");
            assertRefused(submit(saying("shop", "web1", "disk", "stale")), 400, "bad-state");
            assertRefused(submit(saying("shop", "web1", "disk", "fine")), 400, "bad-state");
            assertRefused(
                    submit(saying("instance", "web1", "disk", "ok")), 409, "not-of-this-system");
            assertRefused(
                    submit(
                            "{\"system\":\"shop\",\"entity\":\"web1\",\"check\":\"disk\","
                                    + "\"state\":\"ok\",\"at\":\"2099-01-01T00:00:00Z\"}"),
                    400,
                    "from-the-future");
            assertThat(observations()).isEmpty();
        }
    }

    @Test
    void theMetricsAndSpansOfACheckAreThere() throws Exception {
        try (var agent = TestAgent.joined(live, "web1")) {
            say(agent, 1, "ok", -60);
            say(agent, 2, "warning", -30);
            say(agent, 3, "ok", 0);
            var metrics = live.get("/api/v1/checks/shop/disk/metrics?from=1h");
            assertThat(metrics.path("metrics").get(0).path("name").asText()).isEqualTo("used");
            assertThat(metrics.path("metrics").get(0).path("points")).hasSize(3);
            assertThat(metrics.path("metrics").get(0).path("ranges").get(0).path("warn").asText())
                    .isEqualTo("80");
            var spans = live.get("/api/v1/checks/shop/disk/spans?from=1h").path("items");
            assertThat(spans.valueStream().map(s -> s.path("state").asText()))
                    .containsExactly("warning", "ok", "null");
            assertThat(spans.get(2).path("gap").asText()).isEqualTo("not seen yet");
            assertRefused(
                    live.sent(live.asOwner("/api/v1/checks/shop/disk/metrics?from=x")),
                    400,
                    "bad-instant");
            assertRefused(
                    live.sent(live.asOwner("/api/v1/checks/shop/disk/spans?from=1h&to=2h")),
                    400,
                    "bad-range");
        }
    }

    private JsonNode observations() {
        try {
            return live.get("/api/v1/observations").path("items");
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String saying(String system, String entity, String check, String state) {
        return Json.text(
                Map.of("system", system, "entity", entity, "check", check, "state", state));
    }

    private HttpResponse<String> submit(String body) {
        return post("/api/v1/observations", body);
    }

    private HttpResponse<String> post(String path, String body) {
        try {
            return live.post(path, body);
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(LiveServer.code(answer)).as(answer.body()).isEqualTo(code);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private void say(TestAgent agent, long seq, String state, int secondsFromNow) {
        var made = live.clock.instant().plusSeconds(secondsFromNow);
        agent.say(
                new AgentMessage.Results(
                                "e1",
                                live.clock.instant(),
                                List.of(
                                        new AgentMessage.Result(
                                                seq,
                                                "shop",
                                                "web1",
                                                "disk",
                                                state,
                                                "result " + seq,
                                                List.of(
                                                        new MetricWire(
                                                                "used",
                                                                10.0 * seq,
                                                                "%",
                                                                "80",
                                                                "90",
                                                                0.0,
                                                                100.0)),
                                                made,
                                                made,
                                                made,
                                                made)))
                        .frame());
        assertThat(agent.next()).isInstanceOf(ServerMessage.Ack.class);
    }
}
