package aramaki.agent.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aramaki.agent.CollectedLog;
import aramaki.agent.Given;
import aramaki.agent.observe.Observed;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.Observation;
import aramaki.model.observation.State;
import aramaki.protocol.agent.ServerMessage;
import aramaki.protocol.agent.ServerMessage.Assignment;
import aramaki.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleTest {
    @TempDir Path folder;
    private final ManualClock clock = new ManualClock(Given.NOON);
    private final CollectedLog log = new CollectedLog();
    private final List<Observation> results = new CopyOnWriteArrayList<>();

    @Test
    void resultsCarryWhenTheyWereDueAndRun() {
        try (var schedule = schedule(this::fine, 8)) {
            schedule.replace(List.of(Given.assignment("http", 5000)));
            clock.advance(Duration.ofSeconds(5));
            schedule.poke();

            await().until(() -> results.size() == 1);
            var result = results.getFirst();
            assertThat(result.key()).hasToString("shop/web1/http");
            assertThat(result.due()).isBetween(Given.NOON, clock.instant());
            assertThat(result.started()).isEqualTo(clock.instant());
        }
    }

    @Test
    void aClockSetDuringARunLeavesNoResultThatEndsBeforeItBegins() {
        for (var jump : List.of(Duration.ofHours(-1), Duration.ofDays(1))) {
            results.clear();
            Runner jumping =
                    _ -> {
                        var started = clock.instant();
                        clock.advance(jump);
                        return new Observed(State.OK, "OK", List.of(), started, clock.instant());
                    };
            try (var schedule = schedule(jumping, 8)) {
                schedule.replace(List.of(Given.assignment("http", 5000)));
                clock.advance(Duration.ofSeconds(5));
                schedule.poke();

                await().until(() -> !results.isEmpty());
                var result = results.getFirst();
                assertThat(result.due()).isBeforeOrEqualTo(result.started());
                assertThat(result.started()).isBeforeOrEqualTo(result.finished());
                assertThat(Duration.between(result.started(), result.finished()))
                        .isLessThan(Duration.ofSeconds(5));
            }
        }
    }

    @Test
    void nothingRunsDuringAPauseButWhatIsAskedFor() {
        try (var schedule = schedule(this::fine, 8)) {
            schedule.hold(true);
            schedule.replace(
                    List.of(Given.assignment("http", 5000), Given.assignment("disk", 5000)));
            clock.advance(Duration.ofSeconds(6));
            schedule.runNow("shop", "disk");

            await().until(() -> results.size() == 1);
            assertThat(results.getFirst().key()).hasToString("shop/web1/disk");
            clock.advance(Duration.ofHours(1));
            schedule.hold(false);
            clock.advance(Duration.ofSeconds(6));
            schedule.poke();
            await().until(() -> results.size() == 3);
            assertThat(results)
                    .extracting(r -> r.key().toString())
                    .contains("shop/web1/http", "shop/web1/disk");
        }
    }

    @Test
    void onlySoManyRunAtOnce() {
        var release = new Semaphore(0);
        var most = new AtomicInteger();
        var running = new AtomicInteger();
        Runner blocking =
                assignment -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    release.acquire();
                    running.decrementAndGet();
                    return fine(assignment);
                };
        try (var schedule = schedule(blocking, 3)) {
            var many = new ArrayList<Assignment>();
            for (int i = 0; i < 10; i++) {
                many.add(Given.assignment("check-" + i, 5000));
            }
            schedule.replace(many);
            clock.advance(Duration.ofSeconds(5));
            schedule.poke();
            await().until(() -> running.get() == 3);
            assertThat(schedule.running()).isEqualTo(3);
            release.release(10);

            await().until(() -> results.size() == 10);
            assertThat(most).hasValue(3);
        }
    }

    @Test
    void aRunnerHearsOfAResultThatNobodyWantsAnyMore() {
        var release = new Semaphore(0);
        var lost = new CopyOnWriteArrayList<String>();
        Runner slow =
                new Runner() {
                    @Override
                    public Observed run(Assignment assignment) throws InterruptedException {
                        release.acquire();
                        return fine(assignment);
                    }

                    @Override
                    public void lost(CheckKey check, Instant started) {
                        lost.add(check + " " + started.equals(clock.instant()));
                    }
                };
        try (var schedule = schedule(slow, 8)) {
            schedule.replace(List.of(Given.assignment("http", 5000)));
            clock.advance(Duration.ofSeconds(5));
            schedule.poke();
            await().until(() -> schedule.running() == 1);
            schedule.replace(List.of());
            release.release();

            await().until(() -> !lost.isEmpty());
            assertThat(lost).containsExactly("shop/web1/http true");
            assertThat(results).isEmpty();
        }
    }

    @Test
    void aRunnerThatBreaksGivesAnUnknownResult() {
        Runner broken =
                _ -> {
                    throw new IllegalStateException("no such thing");
                };
        try (var schedule = schedule(broken, 8)) {
            schedule.replace(List.of(Given.assignment("http", 5000)));
            clock.advance(Duration.ofSeconds(5));
            schedule.poke();

            await().until(() -> results.size() == 1);
            assertThat(results.getFirst().state()).isEqualTo(State.UNKNOWN);
            assertThat(results.getFirst().output()).contains("no such thing");
        }
    }

    @Test
    void aCheckWithAnImpossibleNameIsLeftOutAndTheOthersRun() {
        try (var schedule = schedule(this::fine, 8)) {
            schedule.replace(
                    List.of(Given.assignment("No Name", 5000), Given.assignment("http", 5000)));

            assertThat(schedule.size()).isEqualTo(1);
            assertThat(log.lines()).anyMatch(line -> line.contains("No Name"));
        }
    }

    @Test
    void aStopEndsWhatRuns() {
        var interrupted = new AtomicInteger();
        var running = new AtomicInteger();
        Runner endless =
                _ -> {
                    running.incrementAndGet();
                    try {
                        new Semaphore(0).acquire();
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                        throw e;
                    }
                    throw new AssertionError("never");
                };
        var schedule = schedule(endless, 8);
        schedule.replace(List.of(Given.assignment("http", 5000)));
        clock.advance(Duration.ofSeconds(5));
        schedule.poke();
        await().until(() -> running.get() == 1);

        schedule.close();

        assertThat(interrupted).hasValue(1);
        assertThat(schedule.running()).isZero();
        assertThat(results).isEmpty();
    }

    @Test
    void theListOfChecksSurvivesARestart() {
        var file = new ChecksFile(folder.resolve("checks.json"), log);
        var checks = new ServerMessage.Checks("7", List.of(Given.assignment("http", 5000)));

        assertThat(file.load()).isEmpty();
        file.store(checks);
        assertThat(file.load()).contains(checks);
    }

    @Test
    void aDamagedListOfChecksIsSaidAndNotUsed() throws Exception {
        Path path = folder.resolve("checks.json");
        Files.writeString(path, "{\"version\":");

        assertThat(new ChecksFile(path, log).load()).isEmpty();
        assertThat(log.lines()).hasSize(1);
    }

    private Schedule schedule(Runner runner, int atOnce) {
        var schedule = new Schedule("web1", runner, results::add, atOnce, clock, log);
        schedule.start();
        return schedule;
    }

    private Observed fine(Assignment assignment) {
        return new Observed(
                State.OK,
                "OK - " + assignment.check(),
                List.of(),
                clock.instant(),
                clock.instant());
    }
}
