package aramaki.model.observation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Flapping begins late and ends later.
class FlappingTest {

    @Test
    void aSteadyCheckDoesNotFlap() {
        assertThat(after("....................").now()).isFalse();
        assertThat(after(".........x..........").now()).isFalse();
    }

    @Test
    void oneOutageAndItsEndAreNoFlapping() {
        assertThat(after("x....x....").now()).isFalse();
    }

    @Test
    void theSixthChangeInARowBeginsIt() {
        assertThat(after("xxxxx").now()).isFalse();
        assertThat(after("xxxxxx").now()).isTrue();
    }

    @Test
    void aNewerChangeWeighsMoreThanAnOldOne() {
        assertThat(after("x").percent()).isCloseTo(5.75, within());
        assertThat(after("x...................").percent()).isCloseTo(4.0, within());
        assertThat(after("x....................").percent()).isZero();
    }

    /// Between the two bounds it stays what it was, whichever way it came.
    @Test
    void betweenTheBoundsItStaysWhatItWas() {
        var rising = after("xxxxx");
        assertThat(rising.percent()).isBetween(25.0, 30.0);
        assertThat(rising.now()).isFalse();
        var falling = after("xxxxxx.......");
        assertThat(falling.percent()).isBetween(25.0, 30.0);
        assertThat(falling.now()).isTrue();
    }

    @Test
    void itEndsAtTwentyFivePercentAndNotBefore() {
        var flapping = after("xxxxxxxxxxxxxxxxxxxx");
        int calm = 0;
        while (flapping.now()) {
            assertThat(flapping.percent()).isGreaterThan(25);
            flapping = flapping.next(false);
            calm++;
        }
        assertThat(flapping.percent()).isLessThanOrEqualTo(25);
        assertThat(calm).isEqualTo(15);
    }

    @Test
    void aCheckThatChangesAllTheTimeStaysFlapping() {
        assertThat(after("x".repeat(1000)).now()).isTrue();
        assertThat(after("x".repeat(1000)).count()).isEqualTo(20);
        assertThat(after("x".repeat(1000)).percent()).isCloseTo(97.5, within());
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(0.001);
    }

    /// One sign per result, the oldest first; `x` is a change.
    private static Flapping after(String results) {
        var flapping = Flapping.NONE;
        for (char c : results.toCharArray()) {
            flapping = flapping.next(c == 'x');
        }
        return flapping;
    }
}
