package aramaki.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is kept of an alert's past stays right and stays small.
class FiringsTest {
    private static final Instant NOW = TestClock.START; // 2026-11-22T03:00Z

    @Test
    void itCountsWhatLiesWithinEachWindow() {
        var firings = Firings.none(NOW);
        for (int days : new int[] {300, 80, 40, 6, 3, 0}) {
            firings = firings.fired(NOW.minus(Duration.ofDays(days)), Optional.empty());
        }
        var history = firings.history(NOW, Optional.empty());
        assertThat(history.total()).isEqualTo(6);
        assertThat(history.times90d()).isEqualTo(5);
        assertThat(history.times7d()).isEqualTo(3);
        assertThat(history.times1d()).isEqualTo(1);
        assertThat(history.firstAt()).isEqualTo(NOW.minus(Duration.ofDays(300)));
    }

    @Test
    void theMedianIsThatOfTheLatestEpisodes() {
        var firings = Firings.none(NOW);
        for (int i = 0; i < 64; i++) {
            firings = firings.resolved(NOW, NOW.plusSeconds(1000));
        }
        for (int i = 0; i < 40; i++) {
            firings = firings.resolved(NOW, NOW.plusSeconds(60));
        }
        assertThat(firings.lasted()).hasSize(64);
        assertThat(firings.history(NOW, Optional.empty()).medianSeconds()).hasValue(60);
    }

    @Test
    void theUsualHourNeedsThreeAndHalfOfAll() {
        var firings = Firings.none(NOW);
        firings = firings.fired(at(2, 50), Optional.empty()).fired(at(3, 10), Optional.empty());
        assertThat(firings.history(NOW, Optional.empty()).usualHour()).isEmpty();
        firings = firings.fired(at(3, 20), Optional.empty());
        assertThat(firings.history(NOW, Optional.empty()).usualHour()).hasValue(3);
        for (int i = 8; i < 20; i += 4) {
            firings = firings.fired(at(i, 0), Optional.empty());
        }
        assertThat(firings.history(NOW, Optional.empty()).usualHour()).hasValue(3);
        firings = firings.fired(at(22, 0), Optional.empty());
        assertThat(firings.history(NOW, Optional.empty()).usualHour()).isEmpty();
    }

    @Test
    void lastOkIsTheLatestThatAnybodyKnows() {
        var firings = Firings.none(NOW).fired(NOW, Optional.empty());
        assertThat(firings.history(NOW, Optional.empty()).lastOkAt()).isEmpty();
        firings = firings.resolved(NOW, NOW.plusSeconds(10));
        assertThat(firings.history(NOW, Optional.empty()).lastOkAt()).hasValue(NOW.plusSeconds(10));
        assertThat(firings.history(NOW, Optional.of(NOW.plusSeconds(99))).lastOkAt())
                .hasValue(NOW.plusSeconds(99));
    }

    /// An alert that fires every ten minutes for a year, which flapping would have kept it from.
    @Test
    void itStaysSmallHoweverOftenItFires() {
        var firings = Firings.none(NOW);
        var at = NOW;
        for (int i = 0; i < 365 * 144; i++) {
            at = at.plus(Duration.ofMinutes(10));
            firings = firings.fired(at, Optional.empty());
        }
        assertThat(firings.hours()).hasSizeLessThanOrEqualTo(192 + 86);
        var history = firings.history(at, Optional.empty());
        assertThat(history.total()).isEqualTo(365 * 144);
        assertThat(history.times1d()).isBetween(144, 150);
        assertThat(history.times7d()).isBetween(7 * 144, 7 * 144 + 6);
        assertThat(history.times90d()).isBetween(89 * 144, 91 * 144);
    }

    private static Instant at(int hour, int minute) {
        return Instant.parse("2026-11-21T%02d:%02d:00Z".formatted(hour, minute));
    }
}
