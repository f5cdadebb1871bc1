package aramaki.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Stretches of time: how one moves through them, and how they are cut into slots.
class WindowTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void zoomingInAndOutPassesTheSameLengths() {
        var window = last(Duration.ofHours(24));
        assertThat(window.in().map(Window::length)).hasValue(Duration.ofHours(12));
        assertThat(window.out().map(Window::length)).hasValue(Duration.ofDays(3));
        assertThat(window.in().map(Window::to)).hasValue(NOW);
        assertThat(last(Window.SHORTEST).in()).isEmpty();
        assertThat(last(Window.LONGEST).out()).isEmpty();
    }

    @Test
    void aStretchOfThePastKeepsItsMiddle() {
        var from = NOW.minus(Duration.ofDays(3));
        var window = new Window(from, from.plus(Duration.ofHours(2)), false, true);

        var in = window.in().orElseThrow();

        assertThat(in.from()).isEqualTo(from.plus(Duration.ofMinutes(30)));
        assertThat(in.to()).isEqualTo(from.plus(Duration.ofMinutes(90)));
        assertThat(window.moved(-1).to()).isEqualTo(from.plus(Duration.ofHours(1)));
    }

    @Test
    void whatReachesNowGoesOnEndingNow() {
        var window = last(Duration.ofHours(6));
        assertThat(window.parameters(NOW)).isEqualTo("&from=6h");
        assertThat(window.moved(-1).parameters(NOW))
                .isEqualTo("&from=2026-11-21T18:00:00Z&to=2026-11-22T00:00:00Z");
        assertThat(window.moved(-1).moved(1).parameters(NOW)).isEqualTo("&from=6h");
    }

    @ParameterizedTest
    @CsvSource({
        "PT1M, PT1S",
        "PT10M, PT5S",
        "PT1H, PT30S",
        "PT6H, PT5M",
        "PT24H, PT15M",
        "P7D, PT2H",
        "P30D, PT6H",
        "P90D, P1D"
    })
    void slotsAreAsLongAsClocksCount(Duration window, Duration slot) {
        assertThat(LaneSlots.length(last(window), 120)).isEqualTo(slot);
        assertThat(LaneSlots.of(last(window), BERLIN)).hasSizeBetween(50, 122);
    }

    @Test
    void slotsFollowEachOtherAndCoverTheWindow() {
        for (var length : Window.STEPS) {
            var window = last(length.plusSeconds(17));
            var slots = LaneSlots.of(window, BERLIN);
            assertThat(slots.getFirst().from()).isEqualTo(window.from());
            assertThat(slots.getLast().to()).isEqualTo(window.to());
            for (int i = 1; i < slots.size(); i++) {
                assertThat(slots.get(i).from()).isEqualTo(slots.get(i - 1).to());
            }
        }
    }

    @Test
    void theDayThatSummerTimeEndsHasTwentyFiveHours() {
        var window =
                new Window(
                        Instant.parse("2026-10-20T00:00:00Z"),
                        Instant.parse("2026-10-30T00:00:00Z"),
                        false,
                        true);
        assertThat(LaneSlots.of(window, BERLIN, Duration.ofDays(1)))
                .filteredOn(s -> Duration.between(s.from(), s.to()).equals(Duration.ofHours(25)))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "PT1M, 1 minute",
        "PT15M, 15 minutes",
        "PT1H, 1 hour",
        "PT75M, 75 minutes",
        "PT24H, 24 hours",
        "P3D, 3 days",
        "PT53H, 53 hours",
        "P90D, 90 days"
    })
    void lengthsAreWords(Duration length, String words) {
        assertThat(LaneWords.length(length)).isEqualTo(words);
    }

    private static Window last(Duration length) {
        return new Window(NOW.minus(length), NOW, true, true);
    }
}
