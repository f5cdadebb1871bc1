package aramaki.server.observation;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentRecord;
import aramaki.server.observation.Piece.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The past of a check as it is drawn: without a hole, and with what nobody knows said so.
class PastTest {
    private static final CheckKey DISK = CheckKey.of("shop", "web1", "disk");

    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;
    private AgentRecord web1;
    private long seq;

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
    void whatWasNeverSeenIsAGapAndNotGood() {
        assertThat(past(-100, 0)).containsExactly("-100..0 not seen yet");
        report(0, "ok");
        report(10, "ok");
        assertThat(past(-100, 10)).containsExactly("-100..0 not seen yet", "0..10 ok");
    }

    @Test
    void silenceIsStaleFromTheTtlOnAlsoWhileItLasts() {
        report(0, "ok");
        report(10, "ok");
        clock.set(at(500));
        assertThat(past(0, 500)).containsExactly("0..40 ok", "40..500 stale");
        assertThat(past(100, 200)).containsExactly("100..200 stale");
    }

    @Test
    void silenceWhileThisServerWasDownIsNobodysFault() {
        run(0, 100);
        run(300, 1000);
        report(80, "ok");
        report(90, "ok");
        report(400, "ok");
        report(410, "critical");
        clock.set(at(420));
        assertThat(past(80, 420))
                .containsExactly(
                        "80..120 ok",
                        "120..300 this server was down",
                        "300..400 stale",
                        "400..410 ok",
                        "410..420 critical");
    }

    @Test
    void resultsThatCameLateLeaveNoGapThoughTheServerWasDown() {
        run(0, 100);
        run(300, 1000);
        for (int at = 0; at <= 90; at += 10) {
            report(at, "ok");
        }
        clock.set(at(310));
        for (int at = 100; at <= 310; at += 10) {
            send(at, at == 200 ? "critical" : "ok");
        }
        assertThat(past(0, 310)).containsExactly("0..200 ok", "200..210 critical", "210..310 ok");
    }

    @Test
    void itNeverReachesBeyondNow() {
        report(0, "ok");
        assertThat(past(0, 500)).isEmpty();
        clock.set(at(20));
        assertThat(past(0, 500)).containsExactly("0..20 ok");
    }

    @Test
    void tooManyChangesToDrawAreSaid() {
        var spans =
                IntStream.rangeClosed(1, Past.MOST + 10)
                        .mapToObj(
                                i ->
                                        new Span(
                                                DISK,
                                                at(10 * i - 10),
                                                at(10 * i),
                                                i % 2 == 0 ? State.OK : State.WARNING,
                                                false))
                        .toList();
        rig.store.write(
                tx -> {
                    rig.past.insertSpans(tx, spans);
                    return 0;
                });
        clock.set(at(10 * (Past.MOST + 10)));
        assertThat(past(0, 10 * (Past.MOST + 10)))
                .hasSize(Past.MOST + 1)
                .startsWith("0..100 too many changes to draw: zoom in", "100..110 warning");
    }

    private void run(int from, int to) {
        rig.store.write(
                tx -> {
                    long run = rig.past.beginRun(tx, at(from));
                    rig.past.alive(tx, run, at(to));
                    return run;
                });
    }

    private void report(int at, String state) {
        clock.set(at(at));
        send(at, state);
    }

    private void send(int at, String state) {
        var made = at(at);
        rig.send(
                web1,
                new Result(
                        ++seq, "shop", "web1", "disk", state, state, List.of(), made, made, made,
                        made));
    }

    private List<String> past(int from, int to) {
        var pieces =
                rig.store.read(
                        tx ->
                                new Past(rig.past)
                                        .of(
                                                tx,
                                                DISK,
                                                rig.board.get(DISK),
                                                Duration.ofSeconds(30),
                                                at(from),
                                                at(to),
                                                clock.instant()));
        return pieces.stream()
                .map(
                        p ->
                                seconds(p.from())
                                        + ".."
                                        + seconds(p.to())
                                        + " "
                                        + switch (p.kind()) {
                                            case Kind.Stood(var state, var flaps) ->
                                                    state.word() + (flaps ? " flapping" : "");
                                            case Kind.Gap(var why) -> why.words();
                                        })
                .toList();
    }

    private static Instant at(int seconds) {
        return TestClock.START.plusSeconds(seconds);
    }

    private static long seconds(Instant at) {
        return Duration.between(TestClock.START, at).toSeconds();
    }
}
