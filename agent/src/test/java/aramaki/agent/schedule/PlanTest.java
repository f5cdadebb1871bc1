package aramaki.agent.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.agent.Given;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import aramaki.protocol.agent.ServerMessage.Assignment;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Duration STEP = Duration.ofMillis(100);

    private final List<String> unread = new ArrayList<>();
    private final Plan plan = new Plan("web1", unread::add);
    private Instant now = Given.NOON;

    @Test
    void aNewCheckFirstRunsWithinTenSecondsAndThenOnAFixedGrid() {
        plan.replace(checks(Given.assignment("slow", 3_600_000)), now);

        var runs = runFor(Duration.ofHours(5), Duration.ZERO, State.OK);

        assertThat(runs.getFirst()).isBeforeOrEqualTo(Given.NOON.plusSeconds(10));
        assertThat(runs).hasSizeBetween(5, 6);
        for (int i = 2; i < runs.size(); i++) {
            assertThat(Duration.between(runs.get(i - 1), runs.get(i)))
                    .isEqualTo(Duration.ofHours(1));
        }
        assertThat(Duration.between(runs.get(0), runs.get(1)))
                .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(90));
    }

    @Test
    void aFastCheckFirstRunsWithinItsInterval() {
        plan.replace(checks(Given.assignment("fast", 2000)), now);

        var runs = runFor(Duration.ofSeconds(60), Duration.ZERO, State.OK);

        assertThat(runs.getFirst()).isBeforeOrEqualTo(Given.NOON.plusSeconds(2));
        assertThat(runs).hasSizeBetween(29, 30);
    }

    @Test
    void runsThatTakeTimeDoNotDrift() {
        plan.replace(checks(Given.assignment("fast", 2000)), now);

        var runs = runFor(Duration.ofSeconds(60), Duration.ofMillis(700), State.OK);

        for (int i = 1; i < runs.size(); i++) {
            assertThat(Duration.between(runs.get(i - 1), runs.get(i)))
                    .isEqualTo(Duration.ofSeconds(2));
        }
    }

    @Test
    void aRunLongerThanItsIntervalSkipsAndNeverPilesUp() {
        plan.replace(checks(Given.assignment("fast", 2000)), now);

        var runs = runFor(Duration.ofSeconds(60), Duration.ofMillis(4500), State.OK);

        for (int i = 1; i < runs.size(); i++) {
            assertThat(Duration.between(runs.get(i - 1), runs.get(i)))
                    .isEqualTo(Duration.ofSeconds(6));
        }
    }

    @Test
    void checksAreSpreadOverTheirInterval() {
        var many = new ArrayList<Assignment>();
        for (int i = 0; i < 600; i++) {
            many.add(Given.assignment("check-" + i, 60_000));
        }
        plan.replace(checks(many.toArray(Assignment[]::new)), now);

        assertThat(mostPerSecond(Duration.ofSeconds(10)))
                .as("first runs, 60 a second on average")
                .isLessThan(120);
        assertThat(mostPerSecond(Duration.ofMinutes(5)))
                .as("regular runs, 10 a second on average")
                .isLessThan(60);
        assertThat(mostPerSecond(Duration.ofMinutes(2)))
                .as("on the grid, 10 a second on average")
                .isLessThan(30);
    }

    @Test
    void theGridIsTheSameAfterARestartAndOtherOnAnotherAgent() {
        var key = CheckKey.of("shop", "web1", "http");

        assertThat(Splay.of("web1", key, 60_000)).isEqualTo(Splay.of("web1", key, 60_000));
        assertThat(Splay.of("web1", key, 60_000).phaseMillis())
                .isNotEqualTo(Splay.of("web2", key, 60_000).phaseMillis());
    }

    @Test
    void aBadResultIsTriedAgainSoonUntilItCounts() {
        plan.replace(checks(Given.assignment("http", 60_000, 3, 5000)), now);

        var runs = runFor(Duration.ofMinutes(3), Duration.ZERO, State.CRITICAL);

        assertThat(Duration.between(runs.get(0), runs.get(1))).isEqualTo(Duration.ofSeconds(5));
        assertThat(Duration.between(runs.get(1), runs.get(2))).isEqualTo(Duration.ofSeconds(5));
        assertThat(Duration.between(runs.get(2), runs.get(3))).isGreaterThan(Duration.ofSeconds(5));
        assertThat(Duration.between(runs.get(3), runs.get(4))).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aGoodResultEndsTheAttempts() {
        plan.replace(checks(Given.assignment("http", 60_000, 3, 5000)), now);
        now = plan.next().orElseThrow();
        finish(State.CRITICAL);
        now = plan.next().orElseThrow();
        finish(State.OK);

        assertThat(plan.next().orElseThrow()).isAfter(now.plusSeconds(5));
        now = plan.next().orElseThrow();
        finish(State.CRITICAL);
        assertThat(plan.next().orElseThrow()).isEqualTo(now.plusSeconds(5));
    }

    @Test
    void equalChecksKeepTheirTimesAndChangedOnesRunSoon() {
        plan.replace(checks(Given.assignment("a", 3_600_000)), now);
        runFor(Duration.ofMinutes(1), Duration.ZERO, State.OK);
        var due = plan.next().orElseThrow();

        plan.replace(checks(Given.assignment("a", 3_600_000)), now);
        assertThat(plan.next().orElseThrow()).isEqualTo(due);

        plan.replace(checks(Given.assignment("a", 3_600_001)), now);
        assertThat(plan.next().orElseThrow()).isBeforeOrEqualTo(now.plusSeconds(10));

        plan.replace(Map.of(), now);
        assertThat(plan.next()).isEmpty();
        assertThat(plan.size()).isZero();
    }

    @Test
    void theResultOfARemovedCheckIsNotWanted() {
        plan.replace(checks(Given.assignment("a", 1000)), now);
        now = plan.next().orElseThrow();
        var run = plan.take(now, 8).getFirst();
        plan.replace(Map.of(), now);

        assertThat(plan.finished(run, State.OK, now)).isFalse();
        assertThat(plan.next()).isEmpty();
    }

    @Test
    void aSleepingHostDoesNotWakeToABurst() {
        var many = new ArrayList<Assignment>();
        for (int i = 0; i < 200; i++) {
            many.add(Given.assignment("check-" + i, 60_000));
        }
        plan.replace(checks(many.toArray(Assignment[]::new)), now);
        runFor(Duration.ofMinutes(3), Duration.ZERO, State.OK);

        now = now.plus(Duration.ofHours(8));

        assertThat(mostPerSecond(Duration.ofSeconds(15))).isLessThan(60);
    }

    @Test
    void aClockSetBackDoesNotSilenceAnything() {
        plan.replace(checks(Given.assignment("a", 5000), Given.assignment("b", 60_000)), now);
        runFor(Duration.ofMinutes(3), Duration.ZERO, State.OK);

        now = now.minus(Duration.ofHours(8));

        var start = now;
        var runs = runFor(Duration.ofSeconds(12), Duration.ZERO, State.OK);
        assertThat(runs).hasSizeGreaterThanOrEqualTo(3);
        assertThat(runs.getFirst()).isBefore(start.plusSeconds(10));
    }

    @Test
    void aClockSetBackAnHourStallsNothingAndRepeatsNothingAtOnce() {
        plan.replace(
                checks(
                        Given.assignment("minutely", 60_000),
                        Given.assignment("hourly", 3_600_000),
                        Given.cron("five", "*/5 * * * *", "UTC")),
                now);
        runFor(Duration.ofHours(3), Duration.ZERO, State.OK);

        now = now.minus(Duration.ofHours(1));

        var start = now;
        var runs = keysFor(Duration.ofHours(1));
        assertThat(runs.get("minutely")).hasSizeBetween(59, 61);
        assertThat(runs.get("hourly")).hasSizeBetween(1, 2);
        assertThat(runs.get("five")).hasSize(12);
        assertThat(runs.getOrDefault("five", List.of()).getFirst())
                .isBeforeOrEqualTo(start.plusSeconds(310));
    }

    @Test
    void aClockSetADayForwardRunsEverythingOnceAndGoesOn() {
        var many = new ArrayList<Assignment>();
        for (int i = 0; i < 200; i++) {
            many.add(Given.cron("cron-" + i, "*/5 * * * *", "Europe/Berlin"));
        }
        plan.replace(checks(many.toArray(Assignment[]::new)), now);
        runFor(Duration.ofMinutes(11), Duration.ZERO, State.OK);

        now = now.plus(Duration.ofDays(1));

        assertThat(mostPerSecond(Duration.ofSeconds(11))).isLessThan(60);
        var runs = keysFor(Duration.ofMinutes(30));
        assertThat(runs).hasSize(200);
        assertThat(runs.values()).allMatch(times -> times.size() == 6);
    }

    @Test
    void aCrontabRunsWithinTenSecondsOfItsTimes() {
        plan.replace(checks(Given.cron("nightly", "0 3 * * *", "Europe/Berlin")), now);

        var runs = keysFor(Duration.ofDays(2)).getOrDefault("nightly", List.of());

        assertThat(runs).hasSize(3);
        assertThat(runs.getFirst()).isBeforeOrEqualTo(Given.NOON.plusSeconds(10));
        for (var run : runs.subList(1, 3)) {
            var local = run.atZone(ZoneId.of("Europe/Berlin"));
            assertThat(local.toLocalTime())
                    .isBetween(LocalTime.of(3, 0), LocalTime.of(3, 0).plus(CronRhythm.JITTER));
        }
        assertThat(Duration.between(runs.get(1), runs.get(2))).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void aCrontabThatWasThereBeforeARestartWaitsForItsTime() {
        plan.replace(checks(Given.cron("nightly", "0 3 * * *", "UTC")), now, true);

        assertThat(keysFor(Duration.ofHours(10))).isEmpty();
    }

    @Test
    void aBadResultOfACrontabIsTriedAgainSoon() {
        plan.replace(checks(Given.cron("nightly", "0 3 * * *", "UTC", 3, 5000)), now);

        var runs = runFor(Duration.ofMinutes(1), Duration.ZERO, State.CRITICAL);

        assertThat(runs).hasSize(3);
        assertThat(Duration.between(runs.get(0), runs.get(1))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aCrontabThatCannotBeReadIsSaidAndRunsEverySoOften() {
        plan.replace(
                checks(
                        Given.cron("a", "0 3 * *", "UTC"),
                        Given.cron("b", "0 3 * * *", "Mars/Olympus")),
                now);

        assertThat(unread).hasSize(2);
        assertThat(keysFor(Duration.ofHours(3)).get("b")).hasSizeBetween(3, 4);
    }

    @Test
    void aRunAskedForComesAtOnceAndTheScheduleGoesOn() {
        plan.replace(
                checks(Given.assignment("a", 3_600_000), Given.assignment("b", 3_600_000)), now);
        runFor(Duration.ofMinutes(1), Duration.ZERO, State.OK);

        assertThat(plan.runNow("shop", "a", now)).isEqualTo(1);
        assertThat(plan.runNow("shop", "c", now)).isZero();

        var taken = plan.take(now, 8);
        assertThat(taken).hasSize(1);
        plan.finished(taken.getFirst(), State.OK, now);
        assertThat(plan.next().orElseThrow()).isBeforeOrEqualTo(now.plus(Duration.ofHours(1)));
    }

    @Test
    void noMoreAreGivenOutThanAskedForTheLongestDueFirst() {
        plan.replace(
                checks(
                        Given.assignment("a", 5000),
                        Given.assignment("b", 5000),
                        Given.assignment("c", 5000)),
                now);
        plan.take(now, 0);
        now = now.plusSeconds(6);

        var taken = plan.take(now, 2);
        assertThat(taken).hasSize(2);
        assertThat(taken.getFirst().due()).isBeforeOrEqualTo(taken.getLast().due());
        assertThat(plan.take(now, 2)).hasSize(1);
        assertThat(plan.take(now, 2)).isEmpty();
    }

    private void finish(State state) {
        plan.take(now, 8).forEach(run -> plan.finished(run, state, now));
    }

    /// Lets time pass and runs what is due; the times at which runs were due.
    private List<Instant> runFor(Duration length, Duration each, State state) {
        var end = now.plus(length);
        var due = new ArrayList<Instant>();
        var running = new LinkedHashMap<Plan.Due, Instant>();
        while (now.isBefore(end)) {
            for (var run : List.copyOf(running.entrySet())) {
                if (!run.getValue().isAfter(now)) {
                    running.remove(run.getKey());
                    plan.finished(run.getKey(), state, now);
                }
            }
            for (var run : plan.take(now, 1000)) {
                due.add(run.due());
                if (each.isZero()) {
                    plan.finished(run, state, run.due());
                } else {
                    running.put(run, now.plus(each));
                }
            }
            now = now.plus(STEP);
        }
        return due;
    }

    /// The same by the name of the check, in steps of a second.
    private Map<String, List<Instant>> keysFor(Duration length) {
        var end = now.plus(length);
        var due = new TreeMap<String, List<Instant>>();
        while (now.isBefore(end)) {
            for (var run : plan.take(now, 1000)) {
                due.computeIfAbsent(run.key().check().value(), _ -> new ArrayList<>())
                        .add(run.due());
                plan.finished(run, State.OK, now);
            }
            now = now.plusSeconds(1);
        }
        return due;
    }

    private int mostPerSecond(Duration length) {
        var end = now.plus(length);
        int most = 0;
        while (now.isBefore(end)) {
            int before = 0;
            for (int i = 0; i < 10; i++) {
                var taken = plan.take(now, 1000);
                before += taken.size();
                taken.forEach(run -> plan.finished(run, State.OK, now));
                now = now.plus(STEP);
            }
            most = Math.max(most, before);
        }
        return most;
    }

    private static Map<CheckKey, Assignment> checks(Assignment... assignments) {
        var checks = new LinkedHashMap<CheckKey, Assignment>();
        for (var one : assignments) {
            checks.put(CheckKey.of(one.system(), one.entity(), one.check()), one);
        }
        return checks;
    }
}
