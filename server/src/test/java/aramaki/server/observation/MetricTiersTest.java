package aramaki.server.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import aramaki.model.observation.CheckKey;
import aramaki.protocol.agent.AgentMessage.MetricWire;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.server.Rig;
import aramaki.server.TestClock;
import aramaki.server.agent.AgentRecord;
import aramaki.server.observation.MetricLines.Line;
import aramaki.server.observation.MetricLines.Point;
import aramaki.server.observation.MetricStore.Ranges;
import aramaki.server.observation.MetricStore.Slot;
import aramaki.server.store.Look;
import aramaki.server.store.Tx;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tiers hold what the results were, once each, whatever is killed.
class MetricTiersTest {
    private static final CheckKey DISK = CheckKey.of("shop", "web1", "disk");
    private static final Duration EVER = Duration.ofDays(4000);

    @TempDir private Path folder;
    private final TestClock clock = new TestClock();
    private Rig rig;
    private AgentRecord web1;
    private MetricTiers tiers;
    private long seq;

    @BeforeEach
    void open() {
        rig = new Rig(folder, clock).ready();
        rig.system("shop", "disk", "load"); // every 10 s
        web1 = rig.agent("web1", "shop");
        tiers = tiers(rig.metrics);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void fiveMinutesAndHoursHoldLeastAverageAndMost() {
        for (int i = 0; i < 720; i++) {
            report(i, "disk", "used", i % 30, "80", "90");
        }
        rollUp(tiers);
        var fives = slots(Tier.FIVE_MINUTES);
        assertThat(fives).hasSize(24); // two hours
        assertThat(fives).allMatch(s -> s.results() == 30 && s.least() == 0 && s.most() == 29);
        assertThat(fives.getFirst().average()).isCloseTo(14.5, within(1e-9));
        var hours = slots(Tier.HOUR);
        assertThat(hours).hasSize(2).allMatch(s -> s.results() == 360);
        assertThat(ranges()).hasSize(1).first().extracting(Ranges::warn).isEqualTo("80");
    }

    @Test
    void aSlotThatIsNotOverWaits() {
        report(0, "disk", "used", 1, null, null);
        report(1, "disk", "used", 3, null, null);
        tiers.run(clock.instant());
        assertThat(slots(Tier.FIVE_MINUTES)).isEmpty();
        rollUp(tiers);
        assertThat(slots(Tier.FIVE_MINUTES)).hasSize(1);
    }

    @Test
    void resultsThatComeLateAreAddedToTheirSlot() {
        for (int i = 0; i < 15; i++) {
            report(i, "disk", "used", 10, null, null);
        }
        rollUp(tiers);
        clock.seconds(7200);
        for (int i = 15; i < 30; i++) {
            send(i, "disk", "used", 20, null, null);
        }
        rollUp(tiers);
        assertThat(slots(Tier.FIVE_MINUTES))
                .hasSize(1)
                .allMatch(s -> s.results() == 30 && s.least() == 10 && s.most() == 20);
    }

    /// The store breaks after any number of parts were written, and the process with it.
    @Test
    void aKillBetweenAnyTwoPartsAddsNothingTwiceAndLosesNothing() {
        for (int i = 0; i < 60; i++) {
            for (int m = 0; m < 40; m++) {
                report(i, "disk", "metric-" + m, i, null, null);
            }
            clock.set(at(i));
        }
        for (int writes = 0; writes <= 5; writes++) { // 15 of the 16 parts, with those before
            clock.set(at(70));
            var dying = tiers(dyingAfter(writes));
            assertThatThrownBy(() -> rollUp(dying)).isInstanceOf(IllegalStateException.class);
        }
        rollUp(tiers(rig.metrics));
        for (var series : Look.list(rig.store, tx -> rig.metrics.series(tx, DISK))) {
            var slots =
                    Look.list(
                            rig.store,
                            tx ->
                                    rig.metrics.slots(
                                            tx, Tier.FIVE_MINUTES, series.id(), 0, Long.MAX_VALUE));
            assertThat(slots).extracting(Slot::results).containsExactly(30, 30);
            assertThat(slots.getLast().total()).isEqualTo((30 + 59) * 30 / 2.0);
        }
    }

    @Test
    void rangesAreKeptAsTheyWere() {
        for (int i = 0; i < 90; i++) {
            report(i, "disk", "used", 50, i < 30 ? "80" : "70", "90");
        }
        rollUp(tiers);
        assertThat(ranges()).extracting(Ranges::warn).containsExactly("80", "70");
        assertThat(ranges().getLast().from()).isAfterOrEqualTo(at(30));
    }

    @Test
    void moreMetricsThanTwoHundredOfACheckAreNotKept() {
        for (int i = 0; i < 300; i++) {
            report(i, "disk", "random-" + i, 1, null, null);
        }
        report(301, "load", "load1", 1, null, null);
        rollUp(tiers);
        assertThat(Look.list(rig.store, tx -> rig.metrics.series(tx, DISK))).hasSize(200);
        assertThat(Look.list(rig.store, rig.metrics::allSeries)).hasSize(201);
    }

    @Test
    void eachTierIsForgottenInItsOwnTime() {
        for (int i = 0; i < 720; i++) {
            report(i, "disk", "used", 1, null, null);
        }
        tiers = new MetricTiers(rig.store, rig.metrics, Duration.ofDays(30), Duration.ofDays(400));
        rollUp(tiers);
        clock.advance(Duration.ofDays(31));
        rollUp(tiers);
        assertThat(slots(Tier.FIVE_MINUTES)).isEmpty();
        assertThat(slots(Tier.HOUR)).hasSize(2);
        clock.advance(Duration.ofDays(400));
        rollUp(tiers);
        assertThat(Look.list(rig.store, rig.metrics::allSeries)).isEmpty();
        long now = Duration.between(TestClock.START, clock.instant()).toSeconds() / 10;
        report(Math.toIntExact(now), "disk", "used", 1, null, null);
        rollUp(tiers);
        assertThat(Look.list(rig.store, rig.metrics::allSeries)).hasSize(1);
    }

    @Test
    void aShortTimeIsShownByItsSingleResults() {
        for (int i = 0; i < 30; i++) {
            report(i, "disk", "used", i, "80", null);
        }
        var line = line(at(0), at(30), 240);
        assertThat(line.step()).isEqualTo(Duration.ZERO);
        assertThat(line.points()).hasSize(30);
        assertThat(line.ranges()).hasSize(1);
    }

    @Test
    void aLongTimeIsShownByTiersWithWhatIsNotInThemYet() {
        for (int i = 0; i < 720; i++) {
            report(i, "disk", "used", i, null, null);
            if (i == 500) {
                rollUp(tiers);
                clock.set(at(i));
            }
        }
        var line = line(at(0).minus(Duration.ofDays(20)), at(720), 240);
        assertThat(line.step()).isEqualTo(Duration.ofHours(3));
        assertThat(line.points().stream().mapToInt(Point::results).sum()).isEqualTo(720);
        assertThat(line.points().getLast().most()).isEqualTo(719);
    }

    private MetricTiers tiers(MetricStore metrics) {
        return new MetricTiers(rig.store, metrics, EVER, EVER);
    }

    /// Works off everything, at a time when all slots are over.
    private void rollUp(MetricTiers tiers) {
        clock.seconds(300);
        while (tiers.run(clock.instant()).compareTo(Duration.ofSeconds(1)) < 0) {
            clock.seconds(0);
        }
    }

    /// Saves so many cursors, and then fails as a store that is gone does.
    private MetricStore dyingAfter(int writes) {
        int[] left = {writes};
        return (MetricStore)
                Proxy.newProxyInstance(
                        MetricStore.class.getClassLoader(),
                        new Class<?>[] {MetricStore.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("saveCursor") && left[0]-- == 0) {
                                throw new IllegalStateException("killed");
                            }
                            return method.invoke(rig.metrics, arguments);
                        });
    }

    private void report(
            int at,
            String check,
            String metric,
            double value,
            @Nullable String warn,
            @Nullable String crit) {
        if (clock.instant().isBefore(at(at))) {
            clock.set(at(at));
        }
        send(at, check, metric, value, warn, crit);
    }

    private void send(
            int at,
            String check,
            String metric,
            double value,
            @Nullable String warn,
            @Nullable String crit) {
        var made = at(at);
        rig.send(
                web1,
                new Result(
                        ++seq,
                        "shop",
                        "web1",
                        check,
                        "ok",
                        "",
                        List.of(new MetricWire(metric, value, "%", warn, crit, null, null)),
                        made,
                        made,
                        made,
                        made));
    }

    /// The time of the result of this number; one every 10 s, from a full hour.
    private static Instant at(int number) {
        return TestClock.START.plusSeconds(10L * number);
    }

    private List<Slot> slots(Tier tier) {
        var all = new ArrayList<Slot>();
        for (var series : Look.list(rig.store, tx -> rig.metrics.series(tx, DISK))) {
            all.addAll(
                    Look.list(
                            rig.store,
                            tx -> rig.metrics.slots(tx, tier, series.id(), 0, Long.MAX_VALUE)));
        }
        return all;
    }

    private List<Ranges> ranges() {
        long id = Look.list(rig.store, tx -> rig.metrics.series(tx, DISK)).getFirst().id();
        return Look.list(rig.store, tx -> rig.metrics.ranges(tx, id, Instant.EPOCH));
    }

    private Line line(Instant from, Instant to, int points) {
        var lines =
                new MetricLines(rig.past, rig.metrics, Duration.ofDays(30), Duration.ofDays(30));
        var wanted =
                new MetricLines.Wanted(
                        DISK, Optional.empty(), from, to, Duration.ofSeconds(10), points);
        return rig.store.read((Tx tx) -> lines.of(tx, wanted, clock.instant())).getFirst();
    }
}
