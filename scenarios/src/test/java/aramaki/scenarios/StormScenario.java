package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.protocol.Json;
import aramaki.testkit.Relay;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Many hosts behind a cut, and a server that was away for longer than anything may be silent: a
/// handful of alerts in the one case, none in the other, and nothing lost.
///
/// A soak test, `./test soak storm`, with 1,000 hosts and 50 checks each; `-Dsoak=storm-small` has
/// a small crowd. It wants a machine of its own: where the server or the crowd starves, late
/// results are silence.
@EnabledIfSystemProperty(named = "soak", matches = "storm.*")
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

    @Test
    void aCutAndAServerThatWasDownAreAHandfulOfAlertsAndNoStorm() throws Exception {
        int port = Checkout.freePort();
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
                    .until(() -> count(checkout, port, "ok") == HOSTS * CHECKS);
            tell("all reporting", checkout, port);
            assertThat(fired(checkout, port)).isEmpty();

            cable.cut();
            var cutAt = Instant.now();
            await().atMost(LONG)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> count(checkout, port, "stale") == HOSTS * CHECKS);
            // Longer than any check may be silent: each of them would have gone stale by itself.
            await().atMost(LONG).until(() -> past(cutAt.plus(TTL).plusSeconds(5)));
            tell("cut", checkout, port);
            assertThat(firing(checkout, port)).hasSize(SYSTEMS);
            assertThat(fired(checkout, port)).hasSize(SYSTEMS);

            cable.mend();
            await().atMost(LONG)
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> count(checkout, port, "ok") == HOSTS * CHECKS);
            await().atMost(LONG).until(() -> firing(checkout, port).isEmpty());
            tell("mended", checkout, port);

            server.kill();
            var downAt = Instant.now();
            await().atMost(LONG).until(() -> past(downAt.plus(TTL).plusSeconds(20)));
            var again = serve(checkout, port);
            var upAt = Instant.now();
            await().atMost(LONG).until(() -> past(upAt.plus(GRACE).plus(TTL)));
            await().atMost(LONG)
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> count(checkout, port, "ok") == HOSTS * CHECKS);
            tell("server was down and is back", checkout, port);
            assertThat(fired(checkout, port)).as("no more than before").hasSize(SYSTEMS);
            assertThat(firing(checkout, port)).isEmpty();

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

    private void tell(String when, Checkout checkout, int port) throws Exception {
        record.add(
                "storm: %s: %d hosts x %d checks: %d ok, %d stale, %d alerts firing, fired %d times so far"
                        .formatted(
                                when,
                                HOSTS,
                                CHECKS,
                                count(checkout, port, "ok"),
                                count(checkout, port, "stale"),
                                firing(checkout, port).size(),
                                fired(checkout, port).size()));
    }

    private static List<JsonNode> firing(Checkout checkout, int port)
            throws IOException, InterruptedException {
        return list(checkout, "alert", "list", "--json", "--server", url(port));
    }

    /// Every time that an alert began.
    private static List<JsonNode> fired(Checkout checkout, int port)
            throws IOException, InterruptedException {
        return list(
                checkout,
                "timeline",
                "list",
                "--type=alert.fired",
                "--json",
                "--server",
                url(port));
    }

    /// How many checks of the sites are in this state.
    private static long count(Checkout checkout, int port, String state)
            throws IOException, InterruptedException {
        return list(checkout, "system", "list", "--json", "--server", url(port)).stream()
                .filter(s -> s.path("name").asText().startsWith("site"))
                .mapToLong(s -> s.path("counts").path(state).asLong())
                .sum();
    }

    private static List<JsonNode> list(Checkout checkout, String... arguments)
            throws IOException, InterruptedException {
        var said = checkout.cli(arguments);
        assertThat(said.exit()).as(said.toString()).isZero();
        var all = new ArrayList<JsonNode>();
        Json.read(said.out(), JsonNode.class).forEach(all::add);
        return all;
    }

    private static boolean past(Instant moment) {
        return moment.isBefore(Instant.now());
    }

    private static String url(int port) {
        return "http://localhost:" + port;
    }
}
