package aramaki.model.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HybridTimeTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void aLaterClockIsTaken() {
        assertThat(HybridTime.ZERO.next(NOON)).isEqualTo(new HybridTime(NOON.toEpochMilli(), 0));
    }

    @Test
    void readingsOfOneMillisecondAreCounted() {
        var first = HybridTime.ZERO.next(NOON);

        assertThat(first.next(NOON.plusNanos(1000)))
                .isEqualTo(new HybridTime(NOON.toEpochMilli(), 1))
                .isGreaterThan(first);
    }

    @Test
    void aClockThatGoesBackIsNotFollowed() {
        var first = HybridTime.ZERO.next(NOON);
        var second = first.next(NOON.minusSeconds(3600));

        assertThat(second).isGreaterThan(first);
        assertThat(second.wall()).isEqualTo(NOON);
    }

    @Test
    void aFullCounterGoesOnInTheNextMillisecond() {
        var full = new HybridTime(NOON.toEpochMilli(), Integer.MAX_VALUE);

        assertThat(full.next(NOON)).isEqualTo(new HybridTime(NOON.toEpochMilli() + 1, 0));
    }

    @Test
    void everyReadingIsLaterThanTheOneBeforeWhateverTheClockDoes() {
        var random = new Random(2);
        var last = HybridTime.ZERO;
        long wall = NOON.toEpochMilli();
        for (int run = 0; run < 10_000; run++) {
            wall += random.nextInt(10) == 0 ? random.nextInt(-100_000, 100_000) : random.nextInt(2);
            var now = Instant.ofEpochMilli(wall);

            var next = last.next(now);

            assertThat(next).as("run " + run).isGreaterThan(last);
            assertThat(next.wall()).isAfterOrEqualTo(now);
            last = next;
        }
    }
}
