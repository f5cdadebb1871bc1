package aramaki.server.observation;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.observation.State;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.protocol.log.Payload;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Checks that change all the time: told once when it begins and once when it is over.
class FlappingFaultTest {
    private static final String DISK = "shop/web1/disk";

    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;

    @BeforeEach
    void open() {
        rig = new Rig(folder, clock).ready();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aFlappingCheckIsOneEventWhenItBeginsAndOneWhenItIsSteady() {
        rig.system("shop", "disk");
        var web1 = rig.agent("web1", "shop");
        flap(web1, 50);
        assertThat(rig.status(DISK).orElseThrow().flapping()).isTrue();
        assertThat(rig.happened(Payload.CheckFlapping.class)).hasSize(1);
        assertThat(rig.happened(Payload.StateChanged.class)).hasSize(5);
        assertThat(rig.firingKeys()).containsExactly(DISK);
        assertThat(rig.alert(DISK).orElseThrow().flapping()).isTrue();
        assertThat(rig.alert(DISK).orElseThrow().severity()).isEqualTo(State.CRITICAL);

        steady(web1, "ok");

        assertThat(rig.status(DISK).orElseThrow().flapping()).isFalse();
        assertThat(rig.happened(Payload.CheckSteady.class)).hasSize(1);
        assertThat(rig.happened(Payload.StateChanged.class)).hasSize(5);
        assertThat(rig.firing()).isEmpty();
        assertThat(rig.alert(DISK).orElseThrow().flapping()).isFalse();
    }

    @Test
    void theAlertStaysOneEpisodeUntilItIsSteadyAndGood() {
        rig.system("shop", "disk");
        var web1 = rig.agent("web1", "shop");
        flap(web1, 6);
        var episode = rig.alert(DISK).orElseThrow().episode();
        int fired = rig.happened(Payload.AlertFired.class).size();
        flap(web1, 100);
        assertThat(rig.alert(DISK).orElseThrow().episode()).isEqualTo(episode);
        assertThat(rig.happened(Payload.AlertFired.class)).hasSize(fired);

        steady(web1, "warning"); // steady, but not good

        var alert = rig.alert(DISK).orElseThrow();
        assertThat(alert.firing()).isTrue();
        assertThat(alert.flapping()).isFalse();
        assertThat(alert.severity()).isEqualTo(State.WARNING);
        assertThat(alert.episode()).isEqualTo(episode);
        report(web1, "ok");
        assertThat(rig.firing()).isEmpty();
    }

    @Test
    void aFlappingCheckThatFallsSilentIsStaleAndNoLongerFlapping() {
        rig.system("shop", "disk");
        var web1 = rig.agent("web1", "shop");
        flap(web1, 20);
        rig.pass(Duration.ofSeconds(70), web1);
        assertThat(rig.state(DISK)).isEqualTo("stale");
        assertThat(rig.status(DISK).orElseThrow().flapping()).isFalse();
        assertThat(rig.happened(Payload.CheckSteady.class))
                .extracting(Payload.CheckSteady::state)
                .containsExactly("stale");
        assertThat(rig.alert(DISK).orElseThrow().severity()).isEqualTo(State.STALE);
        assertThat(rig.alert(DISK).orElseThrow().flapping()).isFalse();
        report(web1, "ok");
        assertThat(rig.firing()).isEmpty();
    }

    @Test
    void aFlappingCheckThatIsRemovedResolves() {
        rig.system("shop", "disk");
        flap(rig.agent("web1", "shop"), 20);
        assertThat(rig.firingKeys()).containsExactly(DISK);
        rig.uncheck("shop", "disk");
        assertThat(rig.firing()).isEmpty();
    }

    /// Attempts hide what is too short to count; what they hide is no change.
    @Test
    void whatAttemptsHideDoesNotFlap() {
        rig.system("shop", "disk");
        rig.check("shop", "disk", "command: [check_disk]\nevery: 10s\nattempts: 3\n");
        var web1 = rig.agent("web1", "shop");
        flap(web1, 60);
        assertThat(rig.status(DISK).orElseThrow().flapping()).isFalse();
        assertThat(rig.happened(Payload.CheckFlapping.class)).isEmpty();
        assertThat(rig.firing()).isEmpty();
    }

    /// 10 agents with 100 checks each, every one of which changes its state with every result, 26
    /// times, with the server killed and alerting behind in between.
    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES) // 44,000 results
    void aThousandFlappingChecksAreABoundedNumberOfEventsAndAlerts() {
        var checks = IntStream.range(0, 100).mapToObj(i -> "check-" + i).toArray(String[]::new);
        rig.system("shop", checks);
        var agents = IntStream.range(0, 10).mapToObj(i -> rig.agent("web" + i, "shop")).toList();
        for (int round = 0; round < 26; round++) {
            all(agents, checks, round % 2 == 0 ? "ok" : "critical");
            if (round == 5 || round == 14) { // before alerting has read what began
                reopen();
            }
            if (round == 10 || round == 20) {
                rig.alerting.run(clock.instant());
            }
        }
        rig.alerting.run(clock.instant());

        // Five changes are told, the sixth begins the flapping; nothing is told after it.
        assertThat(rig.happened(Payload.StateChanged.class)).hasSize(5_000);
        assertThat(rig.happened(Payload.CheckFlapping.class)).hasSize(1_000);
        assertThat(rig.happened(Payload.CheckSteady.class)).isEmpty();
        // Three began before, of which two ended; then the one that stays.
        assertThat(rig.happened(Payload.AlertFired.class)).hasSize(3_000);
        assertThat(rig.happened(Payload.AlertResolved.class)).hasSize(2_000);
        assertThat(rig.happened(Payload.AlertChanged.class)).isEmpty();
        assertThat(rig.firing()).hasSize(1_000).allMatch(a -> a.flapping());

        for (int round = 0; round < 18; round++) {
            all(agents, checks, "ok");
            if (round == 9) {
                reopen();
            }
        }
        rig.alerting.run(clock.instant());
        assertThat(rig.happened(Payload.StateChanged.class)).hasSize(5_000);
        assertThat(rig.happened(Payload.CheckSteady.class)).hasSize(1_000);
        assertThat(rig.happened(Payload.AlertFired.class)).hasSize(3_000);
        assertThat(rig.happened(Payload.AlertResolved.class)).hasSize(3_000);
        assertThat(rig.firing()).isEmpty();
        assertThat(rig.board.all()).hasSize(1_000).allMatch(l -> l.state() == State.OK);
        assertThat(rig.board.all()).noneMatch(Latest::flapping);
    }

    private void reopen() {
        rig.close();
        rig = new Rig(folder, clock).ready();
    }

    private void all(List<AgentRecord> agents, String[] checks, String state) {
        clock.seconds(10);
        for (var agent : agents) {
            var results = new ArrayList<Result>();
            for (String check : checks) {
                results.add(result(agent, check, state));
            }
            rig.send(agent, results.toArray(Result[]::new));
        }
    }

    private final java.util.Map<String, Long> seq = new java.util.HashMap<>();

    /// Numbered here, since a rig that was opened again begins anew.
    private Result result(AgentRecord agent, String check, String state) {
        var now = clock.instant();
        return new Result(
                seq.merge(agent.id(), 1L, Long::sum),
                "shop",
                agent.name().value(),
                check,
                state,
                check + " is " + state,
                List.of(),
                now,
                now,
                now,
                now);
    }

    private void flap(AgentRecord agent, int times) {
        for (int i = 0; i < times; i++) {
            if (i == 0) {
                report(agent, "ok");
            }
            report(agent, i % 2 == 0 ? "critical" : "ok");
        }
    }

    private void steady(AgentRecord agent, String state) {
        for (int i = 0; i < 25; i++) {
            report(agent, state);
        }
    }

    private void report(AgentRecord agent, String state) {
        clock.seconds(10);
        rig.report(agent, "shop", "disk", state);
        rig.alerting.run(clock.instant());
    }
}
