package aramaki.server.observation;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.observation.CheckKey;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentRecord;
import aramaki.server.store.Look;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The past of a check in spans: exact by the times results were made, whenever they came.
class SpansTest {
    private static final CheckKey DISK = CheckKey.of("shop", "web1", "disk");

    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;
    private AgentRecord web1;

    @BeforeEach
    void open() {
        rig = new Rig(folder, clock).ready();
        rig.system("shop", "disk"); // every 10 s, so its ttl is 30 s
        web1 = rig.agent("web1", "shop");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aSpanIsWrittenWhenItsStateEnds() {
        report(0, "ok");
        report(10, "ok");
        report(20, "critical");
        report(30, "critical");
        report(40, "ok");
        assertThat(spans()).containsExactly("0..20 ok", "20..40 critical");
    }

    @Test
    void silenceIsASpanOfItsOwnAndNeverGood() {
        report(0, "ok");
        report(10, "ok");
        report(600, "ok");
        report(610, "warning");
        assertThat(spans()).containsExactly("0..40 ok", "40..600 stale", "600..610 ok");
    }

    @Test
    void resultsThatComeLateFillTheHole() {
        report(0, "ok");
        clock.set(TestClock.START.plusSeconds(3600));
        for (int at = 10; at <= 3600; at += 10) {
            send(at, at >= 1000 && at < 1200 ? "critical" : "ok");
        }
        assertThat(spans()).containsExactly("0..1000 ok", "1000..1200 critical");
        assertThat(rig.happened(aramaki.protocol.log.Payload.AlertFired.class)).isEmpty();
    }

    @Test
    void flappingIsOneSpanInItsWorstState() {
        report(0, "ok");
        for (int i = 1; i <= 40; i++) {
            report(i * 10, i % 2 == 1 ? "critical" : "ok");
        }
        for (int i = 41; i <= 60; i++) {
            report(i * 10, "ok");
        }
        assertThat(spans())
                .startsWith("0..10 ok", "10..20 critical")
                .hasSize(7)
                .last()
                .asString()
                .matches("60\\.\\.5[0-9]0 critical flapping");
    }

    @Test
    void aRemovedCheckEndsItsSpan() {
        report(0, "ok");
        report(10, "ok");
        rig.uncheck("shop", "disk");
        assertThat(spans()).containsExactly("0..10 ok");
    }

    @Test
    void spansSurviveACrashBetweenAnyTwoResults() {
        report(0, "ok");
        reopen();
        report(10, "critical");
        reopen();
        report(20, "critical");
        reopen();
        report(30, "ok");
        assertThat(spans()).containsExactly("0..10 ok", "10..30 critical");
    }

    @Test
    void resultsAreFoundByTheTimeTheyWereMade() {
        rig.system("office", "disk");
        for (int at = 0; at <= 1000; at += 10) {
            report(at, at == 500 ? "critical" : "ok");
        }
        assertThat(made(490, 520)).containsExactly("510 ok", "500 critical", "490 ok");
        assertThat(made(-100, 10)).containsExactly("0 ok");
        assertThat(made(1001, 5000)).isEmpty();
        assertThat(madeBy(505)).isEqualTo("500 critical");
        assertThat(madeBy(500)).isEqualTo("500 critical");
        assertThat(madeBy(-1)).isEqualTo("none");
        assertThat(madeBy(99_999)).isEqualTo("1000 ok");
    }

    @Test
    void spansAreForgottenAtLast() {
        report(0, "ok");
        report(10, "critical");
        report(20, "ok");
        var retention =
                new Retention(
                        rig.store,
                        rig.observations,
                        rig.past,
                        Duration.ofDays(30),
                        Duration.ofDays(400));
        retention.run(clock.instant().plus(Duration.ofDays(399)));
        assertThat(spans()).hasSize(2);
        retention.run(clock.instant().plus(Duration.ofDays(401)));
        assertThat(spans()).isEmpty();
    }

    @Test
    void theRunsOfTheServerAreKept() {
        var uptime = new Uptime(rig.store, rig.past);
        uptime.start(at(0));
        uptime.run(at(100));
        var next = new Uptime(rig.store, rig.past);
        next.start(at(500));
        next.run(at(515));
        assertThat(Look.list(rig.store, tx -> rig.past.runs(tx, at(50))))
                .containsExactly(
                        new PastStore.Run(at(0), at(100)), new PastStore.Run(at(500), at(515)));
        assertThat(Look.list(rig.store, tx -> rig.past.runs(tx, at(510)))).hasSize(2);
    }

    private void reopen() {
        rig.close();
        rig = new Rig(folder, clock).ready();
    }

    private long seq;

    private void report(int at, String state) {
        clock.set(at(at));
        send(at, state);
    }

    private void send(int at, String state) {
        var made = at(at);
        rig.send(
                web1,
                new aramaki.protocol.agent.AgentMessage.Result(
                        ++seq, "shop", "web1", "disk", state, state, List.of(), made, made, made,
                        made));
    }

    private List<String> spans() {
        return Look.list(
                        rig.store,
                        tx ->
                                rig.past.spans(
                                        tx,
                                        DISK,
                                        Instant.EPOCH,
                                        Instant.ofEpochMilli(Long.MAX_VALUE),
                                        100))
                .reversed()
                .stream()
                .map(
                        s ->
                                seconds(s.from())
                                        + ".."
                                        + seconds(s.to())
                                        + " "
                                        + s.state().word()
                                        + (s.flapping() ? " flapping" : ""))
                .toList();
    }

    private List<String> made(int from, int to) {
        return Look.list(rig.store, tx -> rig.past.made(tx, DISK, at(from), at(to), 100)).stream()
                .map(SpansTest::told)
                .toList();
    }

    private String madeBy(int at) {
        return Look.maybe(rig.store, tx -> rig.past.madeBy(tx, DISK, at(at)))
                .map(SpansTest::told)
                .orElse("none");
    }

    private static String told(ObservationStore.Recorded recorded) {
        return seconds(recorded.observation().finished())
                + " "
                + recorded.observation().state().word();
    }

    private static Instant at(int seconds) {
        return TestClock.START.plusSeconds(seconds);
    }

    private static long seconds(Instant at) {
        return Duration.between(TestClock.START, at).toSeconds();
    }
}
