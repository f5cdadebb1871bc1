package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.protocol.Json;
import aramaki.scenarios.Installation.Crowd;
import aramaki.scenarios.Installation.Judgement;
import aramaki.scenarios.Installation.Keeping;
import aramaki.testkit.Postgres;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Guarantee 1: what was acknowledged survives kill -9 of any process, stands in the history once,
/// and leads to its alert. A ledger that the simulated agents keep is the judge.
///
/// `-Daramaki.seed=N` repeats a run; `-Dsoak=kills` goes on for `-Dsoak.minutes` (30) with each
/// store, or with that of `-Dsoak.store`, and writes a line into `docs/soak.md`.
class KillsScenario {
    private static final boolean SOAK = "kills".equals(System.getProperty("soak"));
    private static final Duration SOAK_LENGTH =
            Duration.ofMinutes(Integer.getInteger("soak.minutes", 30));
    private static final int ROUNDS = 3;
    private static final int ROUNDS_UNTIL_JUDGED = 20;

    /// What can be killed.
    private enum Victim {
        SERVER,
        CROWD,
        STORE
    }

    @TempDir Path folder;

    static Stream<Keeping> stores() {
        String only = System.getProperty("soak.store", "");
        return Arrays.stream(Keeping.values())
                .filter(k -> only.isEmpty() || k.name().equals(only.toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void nothingAcknowledgedIsMissingDoubledOrWithoutItsAlertWhoeverIsKilled(Keeping keeping)
            throws Exception {
        long seed = Long.getLong("aramaki.seed", System.nanoTime());
        say("%s: seed %d (-Daramaki.seed=%d repeats it)", keeping, seed, seed);
        var random = new Random(seed);
        var begun = Instant.now();
        int round = 0;
        try (var installation = new Installation(folder, keeping, Crowd.USUAL)) {
            installation.serve();
            installation.gather();
            var judgement = new Judgement(0, 0, 0, 0, 0, List.of("nothing was judged yet"));
            boolean more = true;
            while (more) {
                round++;
                kill(installation, victims(random, keeping), random, round);
                more = SOAK ? begun.plus(SOAK_LENGTH).isAfter(Instant.now()) : round < ROUNDS;
                if (!more || round % ROUNDS_UNTIL_JUDGED == 0) {
                    installation.awaitAcked(100);
                    installation.disperse();
                    judgement = installation.judge();
                    say("%s: after %d rounds: %s", keeping, round, judgement);
                    more &= judgement.disagreements().isEmpty();
                    if (more) {
                        installation.gather();
                    }
                }
            }
            if (SOAK) {
                SoakRecord.add(keeping, begun, round, judgement, seed);
            }
            say("%s: ready after %s", keeping, installation.readyAfter());
            assertThat(judgement.disagreements().size())
                    .as("seed %d: %s", seed, judgement)
                    .isZero();
            assertThat(judgement.results()).isGreaterThan(100);
            assertThat(judgement.gaps()).isZero();
            var verified = installation.cli("admin", "verify");
            assertThat(verified.exit()).as(verified.toString()).isZero();
        }
    }

    /// One or more, in the order in which they are killed.
    private static List<Victim> victims(Random random, Keeping keeping) {
        var all = new ArrayList<>(List.of(Victim.SERVER, Victim.CROWD));
        if (keeping == Keeping.POSTGRES) {
            all.add(Victim.STORE);
        }
        Collections.shuffle(all, random);
        return all.subList(0, 1 + random.nextInt(all.size()));
    }

    private static void kill(
            Installation installation, List<Victim> victims, Random random, int round)
            throws Exception {
        installation.awaitAcked(20 + random.nextInt(100));
        for (var victim : victims) {
            say("round %d: kill -9 of the %s", round, victim);
            switch (victim) {
                case SERVER -> installation.killServer();
                case CROWD -> installation.killCrowd();
                case STORE -> Postgres.shared().kill();
            }
        }
        if (!victims.contains(Victim.CROWD)) { // agents go on observing, and keep it on disk
            installation.awaitMade(20 + random.nextInt(100));
        }
        if (victims.contains(Victim.STORE)) {
            Postgres.shared().start();
        }
        if (random.nextBoolean() && victims.contains(Victim.CROWD)) { // before there is a server
            installation.gather();
        }
        if (victims.contains(Victim.SERVER)) {
            installation.serve();
            say("round %d: ready after %s", round, installation.readyAfter().getLast());
        }
        if (victims.contains(Victim.CROWD) && !installation.crowd().alive()) {
            installation.gather();
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aKillBetweenAcknowledgementAndAlertOnlyDelaysTheAlert(Keeping keeping) throws Exception {
        Path systems = folder.resolve("systems");
        try (var door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                var installation = new Installation(folder, keeping, Crowd.USUAL)) {
            house(systems, door.getLocalPort());
            installation.serve("--systems", systems.toString());
            var agent = doorKeeper(installation);
            awaitDoor(installation, "ok");
            var held = new HeldAlerts(installation);

            held.hold();
            door.close();
            awaitDoor(installation, "critical");
            agent.kill();
            assertThat(alerts(installation)).isEmpty();
            installation.killServer();
            held.release();
            installation.serve("--systems", systems.toString());

            await().atMost(Installation.LONG)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> alerts(installation).contains("house/door-keeper/door"));
        }
    }

    private static void house(Path systems, int door) throws IOException {
        Path checks = systems.resolve("house/checks");
        Files.createDirectories(checks);
        Files.writeString(systems.resolve("house/system.yaml"), "title: House\n");
        Files.writeString(
                checks.resolve("door.yaml"),
                "name: door\nprobe: {tcp: {host: 127.0.0.1, port: "
                        + door
                        + "}}\nevery: 1s\nttl: 10m\n");
    }

    private Program doorKeeper(Installation installation) throws IOException, InterruptedException {
        String data = folder.resolve("agent").toString();
        var invited = installation.cli("agent", "invite", "--system", "house");
        assertThat(invited.exit()).as(invited.toString()).isZero();
        var joined =
                installation
                        .checkout()
                        .agentSaid(
                                "join",
                                invited.out().strip(),
                                "--data",
                                data,
                                "--name",
                                "door-keeper");
        assertThat(joined.exit()).as(joined.toString()).isZero();
        return installation.checkout().agent("run", "--data", data);
    }

    private static void awaitDoor(Installation installation, String state) {
        await("the door is " + state)
                .atMost(Installation.LONG)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> door(installation).equals(state));
    }

    private static String door(Installation installation) throws IOException, InterruptedException {
        var said = installation.cli("observation", "list", "--json");
        assertThat(said.exit()).as(said.toString()).isZero();
        return Json.read(said.out(), JsonNode.class).path(0).path("state").asText();
    }

    private static String alerts(Installation installation)
            throws IOException, InterruptedException {
        var said = installation.cli("alert", "list", "--json");
        assertThat(said.exit()).as(said.toString()).isZero();
        var keys = new StringBuilder();
        Json.read(said.out(), JsonNode.class)
                .forEach(alert -> keys.append(alert.path("key").asText()).append('\n'));
        return keys.toString();
    }

    private static void say(String words, Object... values) {
        System.out.println("kills: " + Instant.now() + " " + words.formatted(values));
    }
}
