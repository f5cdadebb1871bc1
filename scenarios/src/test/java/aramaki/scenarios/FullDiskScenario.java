package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.protocol.Json;
import aramaki.scenarios.Installation.Crowd;
import aramaki.scenarios.Installation.Keeping;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk without room, under the server and under an agent: it is said, nothing that was confirmed
/// is lost, and both go on by themselves once there is room.
class FullDiskScenario {
    @TempDir Path folder;

    @Test
    void aServerOnAFullDiskRefusesKeepsAnsweringAndGoesOnByItself() throws Exception {
        try (var disk = SmallDisk.mount(folder, 64);
                var installation =
                        new Installation(
                                folder, Keeping.SQLITE, new Crowd(5, 20, "1s", "5s", 0.1))) {
            installation.serverData(disk.at().resolve("server"));
            installation.serve();
            installation.gather();
            installation.awaitAcked(200);

            fillUntilNothingIsAcknowledged(disk, installation);
            installation.awaitMade(200); // agents go on, and keep it
            long acked = installation.acked();
            var list = installation.cli("system", "list");
            assertThat(list.exit()).as(list.toString()).isZero();
            assertThat(list.out()).contains("simulated");
            var note = installation.cli("timeline", "note", "simulated", "is it kept?");
            assertThat(note.exit()).as(note.toString()).isNotZero();
            assertThat(note.err()).contains("disk of this server's data");
            var doctor = installation.cli("admin", "doctor");
            assertThat(doctor.exit()).as(doctor.toString()).isEqualTo(1);
            assertThat(doctor.out()).contains("store takes no writes").contains("0 MiB are left");
            assertThat(installation.server().alive()).isTrue();
            assertThat(installation.acked()).as("nothing is confirmed meanwhile").isEqualTo(acked);

            disk.free();
            installation.awaitAcked(400);
            var judgement = installation.agrees();
            assertThat(judgement.gaps()).isZero();
            var verified = installation.cli("admin", "verify");
            assertThat(verified.exit()).as(verified.toString()).isZero();
            installation.stopServer();
        }
    }

    /// What the store wrote before can be written over for a while.
    private static void fillUntilNothingIsAcknowledged(SmallDisk disk, Installation installation) {
        await("a disk so full that nothing is acknowledged")
                .atMost(Installation.LONG)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> {
                            disk.fill();
                            long acked = installation.acked();
                            installation.awaitMade(150);
                            return installation.acked() == acked;
                        });
    }

    @Test
    void anAgentOnAFullDiskTellsWhatItCouldNotKeepAndGoesOnByItself() throws Exception {
        try (var disk = SmallDisk.mount(folder, 16);
                var installation =
                        new Installation(
                                folder, Keeping.SQLITE, new Crowd(2, 400, "1s", "5s", 0))) {
            installation.crowdData(disk.at().resolve("crowd"));
            installation.serve();
            installation.gather();
            installation.awaitAcked(500);

            await("a disk so full that nothing can be spooled")
                    .atMost(Installation.LONG)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> {
                                disk.fill();
                                return said(installation, "cannot write; keeping what is there")
                                        && said(installation, "takes no more results");
                            });
            assertThat(installation.crowd().alive()).isTrue();
            disk.free();
            installation.awaitAcked(3000);

            var judgement = installation.agrees();
            assertThat(judgement.gaps()).as("what found no room was told").isPositive();
        }
    }

    private static boolean said(Installation installation, String words) {
        return installation.crowd().lines().stream().anyMatch(line -> line.contains(words));
    }

    @Test
    void aRealAgentOnAFullDiskKeepsWhatItSawMeanwhile() throws Exception {
        Path systems = folder.resolve("systems");
        house(systems);
        try (var disk = SmallDisk.mount(folder, 16);
                var installation = new Installation(folder, Keeping.SQLITE, Crowd.USUAL)) {
            String data = disk.at().resolve("agent").toString();
            installation.serve("--systems", systems.toString());
            var invited = installation.cli("agent", "invite", "--system", "house");
            var joined =
                    installation
                            .checkout()
                            .agentSaid(
                                    "join",
                                    invited.out().strip(),
                                    "--data",
                                    data,
                                    "--name",
                                    "host");
            assertThat(joined.exit()).as(joined.toString()).isZero();
            var agent = installation.checkout().agent("run", "--data", data);
            awaitSeen(installation, 3);

            await("a disk so full that nothing can be spooled")
                    .atMost(Installation.LONG)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(
                            () -> {
                                disk.fill();
                                return agent.lines().stream()
                                        .anyMatch(l -> l.contains("cannot write"));
                            });
            long before = seen(installation);
            disk.free();

            awaitSeen(installation, before + 5);
            var gaps = installation.cli("timeline", "list", "--type=results.gap", "--json");
            assertThat(Json.read(gaps.out(), JsonNode.class)).as(gaps.out()).isEmpty();
            assertThat(agent.stop()).isZero();
        }
    }

    private static void house(Path systems) throws IOException {
        Path checks = Files.createDirectories(systems.resolve("house/checks"));
        Files.writeString(systems.resolve("house/system.yaml"), "title: House\n");
        Files.writeString(
                checks.resolve("load.yaml"),
                "name: load\nprobe: {load: {warn: 10000, crit: 10000}}\nevery: 1s\n");
    }

    private static void awaitSeen(Installation installation, long results) {
        await(results + " results")
                .atMost(Installation.LONG)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> seen(installation) >= results);
    }

    private static long seen(Installation installation) throws IOException, InterruptedException {
        var said = installation.cli("agent", "show", "host", "--json");
        return said.exit() == 0
                ? Json.read(said.out(), JsonNode.class).path("position").asLong()
                : 0;
    }
}
