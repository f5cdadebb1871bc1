package aramaki.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aramaki.agent.CollectedLog;
import aramaki.agent.Given;
import aramaki.agent.spool.Limits;
import aramaki.agent.spool.Spool;
import aramaki.model.Refusal;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.protocol.agent.Invite;
import aramaki.protocol.agent.ServerMessage;
import aramaki.protocol.crypto.SecretKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Timing FAST =
            new Timing(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(10),
                    Duration.ofMillis(50),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(2));
    private static final Limits SMALL = new Limits(4_000_000, 4000, 1000);
    private static final Limits TINY = new Limits(40_000, 4000, 1000);

    @TempDir Path folder;
    private final CollectedLog log = new CollectedLog();
    private final SecretKey key = SecretKey.generate(new SecureRandom());
    private final HttpClient http = HttpClient.newHttpClient();
    private final Heard heard = new Heard();

    @AfterEach
    void close() {
        http.shutdownNow();
    }

    @Test
    void resultsArriveInOrderAndAreDroppedOnceAcknowledged() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            append(spool, 1, 100);
            var link = start(server, spool);
            append(spool, 101, 130);

            await().atMost(LONG).until(() -> spool.standing().acknowledged() == 130);
            assertThat(seqs(server, spool)).containsExactly(upTo(130));
            assertThat(spool.standing().first()).isGreaterThan(90);
            assertThat(heard.acknowledged).hasSize(130);
            assertThat(server.received(AgentMessage.Results.class))
                    .allSatisfy(frame -> assertThat(frame.results()).hasSizeLessThanOrEqualTo(500));
            assertThat(link.status().connected()).isTrue();
            assertThat(link.status().lastAck()).isNotNull();
            link.stop();
        }
    }

    @Test
    void theFirstMessageTellsWhereTheSpoolStandsAndWhatTheHostIs() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            append(spool, 1, 3);
            var link = start(server, spool);

            await().atMost(LONG).until(() -> !server.received.isEmpty());
            assertThat(server.received.getFirst())
                    .usingRecursiveComparison()
                    .ignoringFields("at")
                    .isEqualTo(
                            new AgentMessage.Ready(
                                    spool.standing().epoch(),
                                    1,
                                    4,
                                    "1.0",
                                    "anything",
                                    Map.of("os", "test"),
                                    null));
            link.stop();
        }
    }

    @Test
    void aCutLinkLosesNothingAndRepeatsNothing() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            append(spool, 1, 200);
            server.cutAfter = 2;
            server.takeBeforeCut = true;
            var link = start(server, spool);
            await().atMost(LONG).until(() -> server.connections.get() == 2);
            for (int cut = 0; cut < 10; cut++) {
                append(spool, 201 + cut * 20, 220 + cut * 20);
                server.takeBeforeCut = cut % 2 == 0;
                server.cutAfter = cut % 3;
            }

            await().atMost(LONG).until(() -> spool.standing().acknowledged() == 400);
            assertThat(seqs(server, spool)).containsExactly(upTo(400));
            link.stop();
        }
    }

    @Test
    void aServerThatComesLateGetsEverything() throws Exception {
        try (var spool = open(SMALL)) {
            append(spool, 1, 50);
            var gone = new LoopbackServer();
            var url = gone.url();
            gone.close();
            var link = start(new Identity(url, gone.instance(), "web1", key), spool, FAST);
            await().atMost(LONG).until(() -> link.status().lastError() != null);
            assertThat(link.status().connected()).isFalse();
            link.stop();

            try (var server = new LoopbackServer()) {
                var next = start(server, spool);
                await().atMost(LONG).until(() -> spool.standing().acknowledged() == 50);
                next.stop();
            }
        }
    }

    @Test
    void atMostFourFramesWaitForTheirAcknowledgement() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(Limits.DEFAULT)) {
            append(spool, 1, 4000);
            server.acknowledges = false;
            var link = start(server, spool);
            await().atMost(LONG).until(() -> server.unacknowledged.get() == 4);
            append(spool, 4001, 4001);
            server.tell(new ServerMessage.RunNow("shop", "x"));
            await().atMost(LONG).until(() -> heard.runNow.size() == 1);
            assertThat(server.unacknowledged).hasValue(4);

            server.acknowledges = true;
            long last = server.resultsOf(spool.standing().epoch()).getLast().seq();
            server.tell(new ServerMessage.Ack(spool.standing().epoch(), last));

            await().atMost(LONG).until(() -> spool.standing().acknowledged() == 4001);
            assertThat(seqs(server, spool)).containsExactly(upTo(4001));
            link.stop();
        }
    }

    @Test
    void anotherInstanceIsRefusedAndSaidOnce() throws Exception {
        try (var server = new LoopbackServer();
                var other = new LoopbackServer();
                var spool = open(SMALL)) {
            append(spool, 1, 1);
            var me = new Identity(server.url(), other.instance(), "web1", key);
            var link = start(me, spool, FAST);

            await().atMost(LONG)
                    .until(
                            () ->
                                    log.lines().stream()
                                            .anyMatch(l -> l.contains("not the instance")));
            assertThat(server.received).isEmpty();
            assertThat(server.connections).hasValue(1);
            assertThat(link.status().lastError()).contains("not the instance");
            link.stop();
        }
    }

    @Test
    void aRevokedAgentSaysSoAndTriesAgainOnlySlowly() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            server.refusal = new ServerMessage.Refused("revoked", "revoked by ada");
            var link = start(server, spool);

            await().atMost(LONG)
                    .until(() -> log.lines().stream().anyMatch(l -> l.contains("revoked by ada")));
            assertThat(server.connections).hasValue(1);
            link.stop();
        }
    }

    @Test
    void anyOtherRefusalIsTriedAgainSoon() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            append(spool, 1, 5);
            server.refusal = new ServerMessage.Refused("busy", "come back later");
            var link = start(server, spool);
            await().atMost(LONG).until(() -> server.connections.get() >= 3);
            server.refusal = null;

            await().atMost(LONG).until(() -> spool.standing().acknowledged() == 5);
            link.stop();
        }
    }

    @Test
    void aRefusalInTheMiddleOfTheTalkEndsIt() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            var link = start(server, spool);
            await().atMost(LONG).until(() -> !server.received.isEmpty());

            server.tell(new ServerMessage.Refused("revoked", "revoked by ada"));

            await().atMost(LONG).until(() -> !link.status().connected());
            assertThat(link.status().lastError()).isEqualTo("revoked by ada");
            link.stop();
        }
    }

    @Test
    void aPositionAheadOfTheSpoolBeginsANewEpoch() throws Exception {
        String old;
        try (var spool = open(SMALL)) {
            append(spool, 1, 10);
            old = spool.standing().epoch();
        }
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            server.positions.put(old, 25L);
            append(spool, 11, 40);
            var link = start(server, spool);

            await().atMost(LONG).until(() -> spool.standing().acknowledged() == 30);
            assertThat(spool.standing().epoch()).isNotEqualTo(old);
            assertThat(server.resultsOf(old)).isEmpty();
            assertThat(seqs(server, spool)).containsExactly(upTo(30));
            assertThat(server.resultsOf(spool.standing().epoch()).getFirst().output())
                    .isEqualTo("OK - 11");
            link.stop();
        }
    }

    @Test
    void aPositionBehindWhatWasDroppedGivesAGap() throws Exception {
        try (var spool = open(TINY)) {
            append(spool, 1, 500);
        }
        try (var server = new LoopbackServer();
                var spool = open(TINY)) {
            long first = spool.standing().first();
            assertThat(first).isGreaterThan(10);
            server.positions.put(spool.standing().epoch(), 10L);
            var link = start(server, spool);

            await().atMost(LONG).until(() -> spool.standing().acknowledged() == 500);
            assertThat(server.received(AgentMessage.Gap.class))
                    .containsExactly(new AgentMessage.Gap(spool.standing().epoch(), 11, first - 1));
            assertThat(seqs(server, spool))
                    .containsExactly(LongStream.rangeClosed(first, 500).toArray());
            link.stop();
        }
    }

    @Test
    void whatTheServerAlreadyHasIsNotSentAgain() throws Exception {
        try (var spool = open(SMALL)) {
            append(spool, 1, 100);
        }
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            server.positions.put(spool.standing().epoch(), 40L);
            var link = start(server, spool);

            await().atMost(LONG).until(() -> spool.standing().acknowledged() == 100);
            assertThat(seqs(server, spool))
                    .containsExactly(LongStream.rangeClosed(41, 100).toArray());
            link.stop();
        }
    }

    @Test
    void checksAndRunsAskedForArePassedOn() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            var checks = new ServerMessage.Checks("1", List.of(Given.assignment("http", 5000)));
            server.checks = checks;
            var link = start(server, spool);
            await().atMost(LONG).until(() -> heard.checks.equals(List.of(checks)));

            server.tell(new ServerMessage.RunNow("shop", "http"));

            await().atMost(LONG)
                    .until(
                            () ->
                                    heard.runNow.equals(
                                            List.of(new ServerMessage.RunNow("shop", "http"))));
            link.stop();
        }
    }

    @Test
    void aLongListOfChecksArrivesWhole() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            var many =
                    LongStream.range(0, 3000)
                            .mapToObj(i -> Given.assignment("check-" + i, 5000))
                            .toList();
            server.checks = new ServerMessage.Checks("1", many);
            var link = start(server, spool);

            await().atMost(LONG).until(() -> heard.checks.size() == 1);
            assertThat(heard.checks.getFirst().checks()).isEqualTo(many);
            link.stop();
        }
    }

    @Test
    void aHeartbeatComesEverySoOftenAndAPongKeepsTheLink() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            var link = start(server, spool);

            await().atMost(LONG)
                    .until(() -> server.received(AgentMessage.Heartbeat.class).size() >= 4);
            assertThat(server.connections).hasValue(1);
            link.stop();
        }
    }

    @Test
    void aSilentServerIsLeftAndTriedAgain() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            server.answersPings = false;
            var link = start(server, spool);

            await().atMost(LONG).until(() -> server.connections.get() >= 2);
            assertThat(link.status().lastError()).contains("silent");
            link.stop();
        }
    }

    @Test
    void aServerThatNeverAcknowledgesIsLeft() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            append(spool, 1, 5);
            server.acknowledges = false;
            server.positions.put(spool.standing().epoch(), 0L);
            var impatient =
                    new Timing(
                            FAST.greeting(),
                            FAST.send(),
                            FAST.firstRetry(),
                            FAST.lastRetry(),
                            FAST.refusedRetry(),
                            Duration.ofMillis(300),
                            FAST.drain());
            var link =
                    start(
                            new Identity(server.url(), server.instance(), "web1", key),
                            spool,
                            impatient);

            await().atMost(LONG).until(() -> server.connections.get() >= 2);
            server.acknowledges = true;
            append(spool, 6, 6);
            await().atMost(LONG).until(() -> spool.standing().acknowledged() == 6);
            assertThat(seqs(server, spool)).containsExactly(upTo(6));
            link.stop();
        }
    }

    @Test
    void nonsenseFromTheServerEndsOnlyThatConnection() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            var link = start(server, spool);
            await().atMost(LONG).until(() -> !server.received.isEmpty());
            server.tellRaw("{\"t\":\"no such thing\"}");
            await().atMost(LONG).until(() -> server.connections.get() >= 2);
            append(spool, 1, 5);

            await().atMost(LONG).until(() -> spool.standing().acknowledged() == 5);
            link.stop();
        }
    }

    @Test
    void aPlannedStopIsAnnouncedAndDrains() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            var link = start(server, spool);
            await().atMost(LONG).until(() -> link.status().connected());
            append(spool, 1, 60);

            link.stop();

            // What is sent is on its way; the server reads it in its own time.
            await().atMost(LONG)
                    .until(() -> server.received(AgentMessage.Stopping.class).size() == 1);
            assertThat(seqs(server, spool)).containsExactly(upTo(60));
            assertThat(link.status().connected()).isFalse();
        }
    }

    @Test
    void aPlannedStopWithoutServerIsQuick() throws Exception {
        try (var spool = open(SMALL)) {
            var gone = new LoopbackServer();
            gone.close();
            var link = start(new Identity(gone.url(), gone.instance(), "web1", key), spool, FAST);
            long begun = System.nanoTime();

            link.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(FAST.drain());
        }
    }

    @Test
    void joiningProvesTheInvite() throws Exception {
        try (var server = new LoopbackServer()) {
            var me = new Identity(server.url(), server.instance(), "web1", key);

            var welcome = Greeting.join(http, me, server.invite(), known());

            assertThat(welcome.name()).isEqualTo("web1");
        }
    }

    @Test
    void joiningWithAWrongSecretIsRefused() throws Exception {
        try (var server = new LoopbackServer()) {
            var me = new Identity(server.url(), server.instance(), "web1", key);
            var wrong =
                    new Invite(
                            server.url(),
                            server.instance(),
                            LoopbackServer.INVITE_ID,
                            "BBBBBBBBBBBBBBBBBBBBBA");

            assertThatThrownBy(() -> Greeting.join(http, me, wrong, known()))
                    .isInstanceOfSatisfying(
                            Refusal.class, e -> assertThat(e.code()).isEqualTo("handshake-failed"));
        }
    }

    @Test
    void anAgentGoesOnWhenTheLogKeyIsReplacedWhileItIsConnected() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            var link = start(server, spool);
            append(spool, 1, 10);
            await().atMost(LONG).until(() -> spool.standing().acknowledged() == 10);

            server.rotate(server.logKey);
            server.cut();
            append(spool, 11, 20);

            await().atMost(LONG).until(() -> spool.standing().acknowledged() == 20);
            assertThat(seqs(server, spool)).containsExactly(upTo(20));
            assertThat(Objects.requireNonNull(known().load(server.instance())).logKey())
                    .isEqualTo(server.logKey.publicKey());
            link.stop();
        }
    }

    /// The server is somebody else's now, who has a key that was replaced and the key log of
    // before.
    @Test
    void aLogKeyThatWasReplacedIsRefused() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            var stolen = server.logKey;
            var before = server.keys;
            server.rotate(server.logKey);
            var link = start(server, spool);
            append(spool, 1, 10);
            await().atMost(LONG).until(() -> spool.standing().acknowledged() == 10);

            server.answerWith(stolen, before);
            server.cut();
            append(spool, 11, 20);

            await().atMost(LONG)
                    .until(
                            () ->
                                    String.valueOf(link.status().lastError())
                                            .contains("this key log has 0 entries"));
            assertThat(spool.standing().acknowledged()).isEqualTo(10);
            link.stop();
        }
    }

    @Test
    void recoveryKeysLeadAnAgentBackThatFollowedAThief() throws Exception {
        try (var server = new LoopbackServer();
                var spool = open(SMALL)) {
            var logKey = server.logKey;
            var before = server.keys;
            server.rotate(logKey); // by the thief, who has the log key
            var link = start(server, spool);
            append(spool, 1, 10);
            await().atMost(LONG).until(() -> spool.standing().acknowledged() == 10);

            server.answerWith(logKey, before);
            server.rotate(server.recoveryKey);
            server.cut();
            append(spool, 11, 20);

            await().atMost(LONG).until(() -> spool.standing().acknowledged() == 20);
            assertThat(Objects.requireNonNull(known().load(server.instance())).logKey())
                    .isEqualTo(server.logKey.publicKey());
            link.stop();
        }
    }

    @Test
    void anInstanceThatWasTriedBeforeIsNotInTheWayOfAnother() throws Exception {
        try (var first = new LoopbackServer();
                var second = new LoopbackServer()) {
            first.rotate(first.logKey);
            var there = new Identity(first.url(), first.instance(), "web1", key);
            Greeting.join(http, there, first.invite(), known());
            var here = new Identity(second.url(), second.instance(), "web1", key);

            Greeting.join(http, here, second.invite(), known());

            assertThat(known().load(first.instance())).isNull();
            assertThat(known().load(second.instance())).isNotNull();
        }
    }

    @Test
    void aDamagedMemoryOfTheKeysIsNamedWithItsCure() throws Exception {
        try (var server = new LoopbackServer()) {
            var me = new Identity(server.url(), server.instance(), "web1", key);
            Greeting.join(http, me, server.invite(), known());
            Files.writeString(known().file(), "{");

            assertThatThrownBy(() -> Greeting.join(http, me, server.invite(), known()))
                    .hasMessageContaining(known().file() + " is damaged")
                    .hasMessageContaining("remove it");
        }
    }

    private Spool open(Limits limits) throws IOException {
        return Spool.open(folder, limits, InstantSource.system(), log);
    }

    private Link start(LoopbackServer server, Spool spool) {
        return start(new Identity(server.url(), server.instance(), "web1", key), spool, FAST);
    }

    private Link start(Identity me, Spool spool, Timing timing) {
        var host = new HostFacts("1.0", "anything", Map.of("os", "test"));
        var link =
                new Link(
                        http,
                        me,
                        known(),
                        host,
                        spool,
                        heard,
                        timing,
                        InstantSource.system(),
                        new Random(1),
                        log);
        link.start();
        return link;
    }

    private KnownKeys known() {
        return new KnownKeys(folder.resolve("instance-keys.json"));
    }

    private static void append(Spool spool, int from, int to) throws InterruptedException {
        for (int i = from; i <= to; i++) {
            assertThat(spool.append(Given.observation(i))).isTrue();
            if (i % 20 == 0) {
                assertThat(spool.flush(LONG)).isTrue();
            }
        }
        assertThat(spool.flush(LONG)).isTrue();
    }

    private static long[] seqs(LoopbackServer server, Spool spool) {
        return server.resultsOf(spool.standing().epoch()).stream().mapToLong(Result::seq).toArray();
    }

    private static long[] upTo(long last) {
        return LongStream.rangeClosed(1, last).toArray();
    }

    /// Keeps what the link passed on.
    private static final class Heard implements LinkListener {
        final List<ServerMessage.Checks> checks = new CopyOnWriteArrayList<>();
        final List<ServerMessage.RunNow> runNow = new CopyOnWriteArrayList<>();
        final List<Instant> acknowledged = new CopyOnWriteArrayList<>();

        @Override
        public void checks(ServerMessage.Checks given) {
            checks.add(given);
        }

        @Override
        public void runNow(ServerMessage.RunNow wanted) {
            runNow.add(wanted);
        }

        @Override
        public void acknowledged(String epoch, long seq, List<Instant> spooled) {
            acknowledged.addAll(spooled);
        }
    }
}
