package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// An agent under systemd on a machine of its own: services that stop, a clock that jumps, a pause,
/// a reboot that is announced and one that is not.
@EnabledIfSystemProperty(named = "soak", matches = "guest")
class GuestScenario {
    private static final Duration LONG = Duration.ofMinutes(3);

    /// Longer than an agent may be silent.
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private static final String ABOUT_THE_AGENT =
            "date; systemctl status --no-pager --lines=0 aramaki-agent.service;"
                    + " journalctl --unit=aramaki-agent --no-pager --lines=300";

    @TempDir Path folder;

    @Test
    void aMachineWithSystemdIsWatchedThroughWhatHappensToMachines() throws Exception {
        int port = Checkout.freePort();
        var cargo = AgentCargo.pack(Files.createDirectory(folder.resolve("cargo")));
        try (var checkout = new Checkout(folder);
                var guest = Guest.boot(cargo)) {
            var server = new Aramaki(checkout, port);
            server.start();
            try {
                whatHappens(guest, server);
            } catch (Exception | AssertionError e) {
                System.out.println("guest: " + server.api.list("observations?system=house"));
                System.out.println("guest: " + guest.run(ABOUT_THE_AGENT, LONG).out());
                throw e;
            }
        }
    }

    private static void whatHappens(Guest guest, Aramaki server) throws Exception {
        join(guest, server);
        server.awaitState("uptime", "ok");
        server.awaitState("demo", "ok");
        assertThat(server.fired()).isEmpty();

        guest.must("systemctl stop demo.service");
        server.awaitState("demo", "critical");
        assertThat(server.output("demo")).contains("demo.service");
        guest.must("systemctl start demo.service");
        server.awaitState("demo", "ok");
        assertThat(server.fired()).hasSize(1);

        clockJumps(guest, server);
        pause(guest, server);
        reboots(guest, server);
    }

    private static void join(Guest guest, Aramaki server) throws IOException, InterruptedException {
        String invite = server.cli("agent", "invite", "--system", "house").strip();
        guest.must("tar -xf /dev/vdb -C /opt");
        guest.must(
                "/opt/aramaki-agent/bin/aramaki-agent join %s --server http://%s:%d"
                        .formatted(invite, Guest.HOST, server.port));
        guest.must("mkdir -p /etc/aramaki-agent");
        guest.must("cp /opt/aramaki-agent/aramaki-agent.service /etc/systemd/system/");
        guest.must("systemctl enable --now aramaki-agent.service");
    }

    /// Nothing is to be alarmed about, and what is observed goes on arriving.
    private static void clockJumps(Guest guest, Aramaki server) throws Exception {
        for (String jump : List.of("-1 hour", "+25 hours", "-1 day")) {
            guest.must("date -s '" + jump + "' > /dev/null");
            server.awaitNews("uptime");
            server.awaitQuiet(SILENCE.plusSeconds(10), 1);
        }
    }

    private static void pause(Guest guest, Aramaki server) throws Exception {
        guest.must("/opt/aramaki-agent/bin/aramaki-agent pause 30m --reason 'new memory'");
        await().atMost(LONG).until(() -> !server.events("agent.paused").isEmpty());
        guest.must(
                "systemctl kill --signal=KILL aramaki-agent.service; sleep 1; systemctl stop aramaki-agent.service");
        server.awaitQuiet(SILENCE.plusSeconds(10), 1);
        guest.must("systemctl start aramaki-agent.service");
        guest.must("/opt/aramaki-agent/bin/aramaki-agent pause off");
        await().atMost(LONG).until(() -> !server.events("agent.resumed").isEmpty());
        server.awaitNews("uptime");
    }

    private static void reboots(Guest guest, Aramaki server) throws Exception {
        guest.reboot("systemctl reboot");
        await().atMost(LONG).until(() -> server.events("host.rebooted").size() == 1);
        server.awaitNews("uptime");
        assertThat(server.fired()).as("alerts after an announced reboot").hasSize(1);

        guest.reboot("echo 1 > /proc/sys/kernel/sysrq; sleep 1; echo b > /proc/sysrq-trigger");
        await().atMost(LONG).until(() -> server.events("host.rebooted").size() == 2);
        server.awaitNews("uptime");
        await().atMost(LONG).until(() -> server.firing().isEmpty());
        assertThat(server.fired()).as("alerts after one that was not announced").hasSize(2);
    }

    /// The server beside the machine.
    private final class Aramaki {
        private final Checkout checkout;
        private final int port;
        private final ServerApi api;

        Aramaki(Checkout checkout, int port) {
            this.checkout = checkout;
            this.port = port;
            this.api = new ServerApi(folder, port);
        }

        void start() throws IOException {
            Path checks = folder.resolve("systems/house/checks");
            Files.createDirectories(checks);
            Files.writeString(folder.resolve("systems/house/system.yaml"), "title: House\n");
            Files.writeString(checks.resolve("uptime.yaml"), "probe: {uptime: {}}\nevery: 2s\n");
            Files.writeString(
                    checks.resolve("demo.yaml"),
                    "probe: {systemd: {unit: demo.service}}\nevery: 5s\n");
            var server =
                    checkout.aramaki(
                            "serve",
                            "--data",
                            folder.resolve("server").toString(),
                            "--port",
                            Integer.toString(port),
                            "--systems",
                            folder.resolve("systems").toString());
            server.says("ready: ", LONG);
        }

        String cli(String... words) throws IOException, InterruptedException {
            var all = new ArrayList<>(List.of(words));
            all.addAll(List.of("--server", "http://localhost:" + port));
            var said = checkout.cli(all.toArray(String[]::new));
            assertThat(said.exit()).as(said.toString()).isZero();
            return said.out();
        }

        private JsonNode latest(String check) throws IOException, InterruptedException {
            for (var observation : api.list("observations?system=house")) {
                if (observation.path("check").asText().equals(check)) {
                    return observation;
                }
            }
            return Json.tree(new byte[] {'{', '}'});
        }

        String output(String check) throws IOException, InterruptedException {
            return latest(check).path("output").asText();
        }

        void awaitState(String check, String state) {
            await(check + " is " + state)
                    .atMost(LONG)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> latest(check).path("state").asText().equals(state));
        }

        /// Waits for a result that is not there yet.
        void awaitNews(String check) throws IOException, InterruptedException {
            String before = latest(check).path("id").asText();
            await("a new result of " + check)
                    .atMost(LONG)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> !latest(check).path("id").asText().equals(before));
        }

        /// For so long, no alert fires beyond those that did.
        void awaitQuiet(Duration time, int alerts) throws IOException, InterruptedException {
            var end = Instant.now().plus(time);
            await().atMost(time.plusSeconds(30)).until(() -> end.isBefore(Instant.now()));
            assertThat(fired()).hasSize(alerts);
        }

        List<JsonNode> fired() throws IOException, InterruptedException {
            return events("alert.fired");
        }

        List<JsonNode> firing() throws IOException, InterruptedException {
            return api.list("alerts");
        }

        List<JsonNode> events(String type) throws IOException, InterruptedException {
            return api.list("events?system=house&type=" + type);
        }
    }
}
