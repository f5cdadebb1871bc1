package aramaki.server.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.protocol.agent.ServerMessage;
import aramaki.server.LiveServer;
import aramaki.server.ServerSettings;
import aramaki.server.sql.PostgresBackend;
import aramaki.testkit.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent whose server has lost its database is sent away, comes back, and sends again what was
/// not acknowledged.
@Timeout(120)
class AgentWithoutDatabaseTest {
    @TempDir private Path folder;

    @Test
    void aDatabaseThatIsGoneSendsAgentsAwayUntilItIsBack() throws Exception {
        var postgres = Postgres.expendable();
        var store = PostgresBackend.settings(PostgresBackend.expendable().database());
        var settings = ServerSettings.of(folder, 0, Optional.empty()).with(store);
        try (var live = new LiveServer(settings)) {
            live.post("/api/v1/systems", "{\"name\":\"shop\"}");
            var agent = TestAgent.joined(live, "web1");
            var instance = live.get("/api/v1/instance").path("id").asText();
            agent.say(results(live, 1));
            assertThat(agent.next()).isEqualTo(new ServerMessage.Ack("e1", 1));

            postgres.stopImmediately();
            try {
                agent.say(results(live, 1, 2));
                agent.assertEnded("store-gone");
                try (var again = new TestAgent(live, "web1", agent.key)) {
                    again.handshake(instance, null, null);
                    assertThat(again.next()).isInstanceOf(ServerMessage.Welcome.class);
                    again.assertEnded("store-gone");
                }
            } finally {
                postgres.start();
                agent.close();
            }
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> live.sent(live.to("/readyz")).statusCode() == 200);
            try (var back = new TestAgent(live, "web1", agent.key)) {
                back.handshake(instance, null, null);
                assertThat(back.next()).isInstanceOf(ServerMessage.Welcome.class);
                back.say(
                        new AgentMessage.Ready("e1", 1, 3, "0.1.0", "any", Map.of(), null).frame());
                assertThat(back.next())
                        .isInstanceOfSatisfying(
                                ServerMessage.Position.class,
                                position -> assertThat(position.seq()).isEqualTo(1));
                assertThat(back.next()).isInstanceOf(ServerMessage.Checks.class);
                back.say(results(live, 1, 2));
                assertThat(back.next()).isEqualTo(new ServerMessage.Ack("e1", 2));
            }
            var types = live.get("/api/v1/events").path("items").findValuesAsText("type");
            assertThat(types).doesNotContain("agent.silent");
        }
    }

    private static byte[] results(LiveServer live, long... seqs) {
        var now = live.clock.instant();
        var results =
                Arrays.stream(seqs)
                        .mapToObj(
                                seq ->
                                        new Result(
                                                seq, "shop", "web1", "disk", "ok", "fine",
                                                List.of(), now, now, now, now))
                        .toList();
        return new AgentMessage.Results("e1", now, results).frame();
    }
}
