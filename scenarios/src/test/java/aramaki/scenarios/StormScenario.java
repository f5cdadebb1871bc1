package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.testkit.Relay;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many hosts behind a cut, and a server that was away for longer than anything may be silent: a
/// handful of alerts in the one case, none in the other, and nothing lost.
///
/// A small crowd; as a soak test, `./test soak storm`, 1,000 hosts with 50 checks each. That one
/// wants a machine of its own: where the server or the crowd starves, late results are silence.
class StormScenario {
    private static final boolean FULL = "storm".equals(System.getProperty("soak"));
    private static final int HOSTS = FULL ? 1000 : 100;
    private static final int CHECKS = FULL ? 50 : 20;
    private static final int SYSTEMS = FULL ? 10 : 4;
    private static final Duration EVERY = Duration.ofSeconds(FULL ? 30 : 2);
    private static final Duration TTL = EVERY.multipliedBy(2).plusSeconds(10);
    /// After this long a server that was away counts an agent as silent.
    private static final Duration GRACE = Duration.ofSeconds(45);
    private static final Duration LONG = Duration.ofMinutes(FULL ? 10 : 3);

    @TempDir Path folder;
    private final List<String> record = new ArrayList<>();
    private final Instant begun = Instant.now();

    @Test
    void aCutAndAServerThatWasDownAreAHandfulOfAlertsAndNoStorm() throws Exception {
        int port = Checkout.freePort();
        var api = new ServerApi(folder, port);
        try (var checkout = new Checkout(folder);
                var cable = Relay.to(port)) {
            var server = serve(checkout, port);
            var crowd =
                    checkout.agent(
                            "simulate",
                            "--agents=" + HOSTS,
                            "--checks=" + CHECKS,
                            "--systems=" + SYSTEMS,
                            "--system=site",
                            "--every=" + EVERY.toSeconds() + "s",
                            "--change=0",
                            "--server=" + url(port),
                            "--connect=http://127.0.0.1:" + cable.port());
            await().atMost(LONG)
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> count(api, "ok") == HOSTS * CHECKS);
            tell("all reporting", api);
            assertThat(fired(api)).isEmpty();

            cable.cut();
            var cutAt = Instant.now();
            await().atMost(LONG)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> count(api, "stale") == HOSTS * CHECKS);
            // Longer than any check may be silent: each of them would have gone stale by itself.
            await().atMost(LONG).until(() -> past(cutAt.plus(TTL).plusSeconds(5)));
            tell("cut", api);
            assertThat(firing(api)).hasSize(SYSTEMS);
            assertThat(fired(api)).hasSize(SYSTEMS);

            cable.mend();
            await().atMost(LONG)
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> count(api, "ok") == HOSTS * CHECKS);
            await().atMost(LONG).until(() -> firing(api).isEmpty());
            tell("mended", api);

            server.kill();
            var downAt = Instant.now();
            await().atMost(LONG).until(() -> past(downAt.plus(TTL).plusSeconds(20)));
            var again = serve(checkout, port);
            var upAt = Instant.now();
            await().atMost(LONG).until(() -> past(upAt.plus(GRACE).plus(TTL)));
            await().atMost(LONG)
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> count(api, "ok") == HOSTS * CHECKS);
            tell("server was down and is back", api);
            assertThat(fired(api)).as("no more than before").hasSize(SYSTEMS);
            assertThat(firing(api)).isEmpty();

            crowd.close();
            again.close();
        } finally {
            System.out.println(String.join("\n", record));
        }
    }

    private Program serve(Checkout checkout, int port) throws IOException {
        var server =
                checkout.aramaki(
                        "serve",
                        "--data",
                        folder.resolve("server").toString(),
                        "--port",
                        Integer.toString(port));
        server.says("ready: ", LONG);
        return server;
    }

    private void tell(String when, ServerApi api) throws Exception {
        record.add(
                "storm: %s: %d hosts x %d checks: %d ok, %d stale, %d alerts firing, fired %d times so far, %d s in"
                        .formatted(
                                when,
                                HOSTS,
                                CHECKS,
                                count(api, "ok"),
                                count(api, "stale"),
                                firing(api).size(),
                                fired(api).size(),
                                Duration.between(begun, Instant.now()).toSeconds()));
    }

    private static List<JsonNode> firing(ServerApi api) throws IOException, InterruptedException {
        return api.list("alerts");
    }

    /// Every time that an alert began.
    private static List<JsonNode> fired(ServerApi api) throws IOException, InterruptedException {
        return api.list("events?type=alert.fired");
    }

    /// How many checks of the sites are in this state.
    private static long count(ServerApi api, String state)
            throws IOException, InterruptedException {
        return api.list("systems").stream()
                .filter(s -> s.path("name").asText().startsWith("site"))
                .mapToLong(s -> s.path("counts").path(state).asLong())
                .sum();
    }

    private static boolean past(Instant moment) {
        return moment.isBefore(Instant.now());
    }

    private static String url(int port) {
        return "http://localhost:" + port;
    }
}
