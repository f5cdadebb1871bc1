package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Guarantee 1: what was acknowledged survives kill -9 of any process, stands in the history once,
// and
/// leads to its alert.
class KillsScenario {
    private static final int KILLS = 3;
    private static final int CHECKS = 40;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir Path folder;

    @Test
    void nothingAcknowledgedIsMissingAndNothingStandsTwice() throws Exception {
        int port = Checkout.freePort();
        var watched = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Path systems = systems(watched.getLocalPort());
        try (var checkout = new Checkout(folder)) {
            var server = serve(checkout, port, systems);
            join(checkout, port);
            var agent = agent(checkout);
            var load = load(checkout, port);
            var acknowledged = new ArrayList<Long>();
            for (int kill = 1; kill <= KILLS; kill++) {
                acknowledged.add(awaitProgress(checkout, port, 60L * kill));
                server.kill();
                awaitSpoolGrowing(agent);
                agent.kill();
                server = serve(checkout, port, systems);
                agent = agent(checkout);
            }
            acknowledged.add(awaitProgress(checkout, port, 60L * (KILLS + 1)));

            watched.close();
            awaitAlert(checkout, port, "firing", "door");
            load.stop();
            agent.stop();
            server.stop();
            inspect(acknowledged);
            var verified =
                    checkout.cli("admin", "verify", "--data", folder.resolve("server").toString());
            assertThat(verified.exit()).as(verified.toString()).isZero();
        }
    }

    private Path systems(int door) throws IOException {
        Path house = folder.resolve("systems/house");
        Path checks = house.resolve("checks");
        Files.createDirectories(checks);
        Files.writeString(house.resolve("system.yaml"), "title: House\n");
        for (int i = 0; i < CHECKS; i++) {
            Files.writeString(
                    checks.resolve("load-" + i + ".yaml"),
                    "name: load-" + i + "\nprobe: {load: {warn: 10000, crit: 10000}}\nevery: 1s\n");
        }
        Files.writeString(
                checks.resolve("door.yaml"),
                "name: door\nprobe: {tcp: {host: 127.0.0.1, port: " + door + "}}\nevery: 1s\n");
        return folder.resolve("systems");
    }

    private Program serve(Checkout checkout, int port, Path systems) throws IOException {
        var server =
                checkout.aramaki(
                        "serve",
                        "--data",
                        folder.resolve("server").toString(),
                        "--port",
                        Integer.toString(port),
                        "--systems",
                        systems.toString());
        server.says("ready: ", LONG);
        return server;
    }

    private void join(Checkout checkout, int port) throws IOException, InterruptedException {
        var invited = checkout.cli("agent", "invite", "--system", "house", "--server", url(port));
        assertThat(invited.exit()).as(invited.toString()).isZero();
        var joining =
                checkout.agent(
                        "join",
                        invited.out().strip(),
                        "--data",
                        folder.resolve("agent").toString(),
                        "--name",
                        "door-keeper");
        await().atMost(LONG).until(() -> !joining.alive());
        assertThat(joining.lines()).as("join").anyMatch(line -> line.contains("door-keeper"));
    }

    private Program agent(Checkout checkout) throws IOException {
        var agent = checkout.agent("run", "--data", folder.resolve("agent").toString());
        agent.says("connected", LONG);
        return agent;
    }

    /// A crowd that keeps the server busy meanwhile.
    private Program load(Checkout checkout, int port) throws IOException {
        return checkout.agent(
                "simulate",
                "--agents",
                "20",
                "--checks",
                "20",
                "--every",
                "1s",
                "--server",
                url(port));
    }

    private long awaitProgress(Checkout checkout, int port, long more) {
        long before = position(checkout, port);
        return await().atMost(LONG)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> position(checkout, port), now -> now >= before + more / 2);
    }

    private static long position(Checkout checkout, int port) {
        try {
            var said =
                    checkout.cli("agent", "show", "door-keeper", "--json", "--server", url(port));
            return said.exit() == 0
                    ? Json.read(said.out(), JsonNode.class).path("position").asLong()
                    : 0;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The server is gone: the agent goes on observing, and keeps it on disk.
    private void awaitSpoolGrowing(Program agent) throws IOException {
        Path spool = folder.resolve("agent/spool");
        long before = size(spool);
        await().atMost(LONG).until(() -> size(spool) > before);
        assertThat(agent.alive()).isTrue();
    }

    private static long size(Path spool) throws IOException {
        try (var files = Files.walk(spool)) {
            long size = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                size += Files.size(file);
            }
            return size;
        }
    }

    private static void awaitAlert(Checkout checkout, int port, String state, String check) {
        await().atMost(LONG)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () ->
                                checkout.cli("alert", "list", "--server", url(port))
                                        .out()
                                        .lines()
                                        .anyMatch(l -> l.contains(state) && l.contains(check)));
    }

    private void inspect(List<Long> acknowledged) throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("server/aramaki.db");
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            var twice =
                    statement.executeQuery(
                            """
                            select count(*) from (select 1 from observation
                                group by agent_id, epoch, seq having count(*) > 1)
                            """);
            assertThat(twice.getInt(1)).as("results that stand twice").isZero();
            var missing =
                    statement.executeQuery(
                            """
                            select p.agent_id, p.seq, (select count(*) from observation o
                                where o.agent_id = p.agent_id and o.epoch = p.epoch) as held
                            from spool_position p
                            where p.seq <> held + (select count(*) from refused_result r
                                where r.agent_id = p.agent_id and r.epoch = p.epoch)
                            """);
            assertThat(missing.next()).as("acknowledged results that are not there").isFalse();
            var unordered =
                    statement.executeQuery(
                            """
                            select count(*) from (select seq, lag(seq) over (
                                partition by agent_id, epoch order by id) as before from observation)
                            where before is not null and seq <> before + 1
                            """);
            assertThat(unordered.getInt(1)).as("results out of order").isZero();
            var position =
                    statement.executeQuery(
                            """
                            select max(seq) from spool_position where agent_id =
                                (select agent_id from agent where name = 'door-keeper')
                            """);
            assertThat(position.getLong(1)).isGreaterThanOrEqualTo(acknowledged.getLast());
            assertThat(acknowledged).isSorted();
        }
    }

    private static String url(int port) {
        return "http://localhost:" + port;
    }
}
