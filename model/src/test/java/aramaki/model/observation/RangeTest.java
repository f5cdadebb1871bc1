package aramaki.model.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeTest {
    private static Range range(String text) {
        return Range.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "10, -0.1 10.1, 0 5 10",
        "10:, 9.9 -1, 10 1e300",
        "~:10, 10.1, -1e300 0 10",
        "10:20, 9.9 20.1, 10 15 20",
        "@10:20, 10 15 20, 9.9 20.1",
        "@10, 0 10, -0.1 10.1",
        ":10, -1 11, 0 10",
        "-20:-10, -20.5 0, -20 -15 -10",
        "0:0, 0.1 -0.1, 0",
        "1.5e1:2E1, 14.9 20.1, 15 20",
        "+3:.5e1, 2 6, 3 5"
    })
    void everyFormAlertsOutsideItsInclusiveEnds(String text, String bad, String good) {
        for (String value : bad.split(" ")) {
            assertThat(range(text).alerts(Double.parseDouble(value))).as(value).isTrue();
        }
        for (String value : good.split(" ")) {
            assertThat(range(text).alerts(Double.parseDouble(value))).as(value).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "~",
                "x",
                "20:10",
                "10:x",
                "1:2:3",
                "10:~",
                "1e",
                "NaN",
                "Infinity:",
                "1e999",
                "-1e999:1",
                "0x10",
                "10 ",
                "-5",
                "1d",
                "@@1"
            })
    void whatIsNoRangeIsEmpty(String text) {
        assertThat(Range.parse(text)).isEmpty();
    }

    @Test
    void theOpenRangeNeverAlertsAndItsInsideAlways() {
        for (double value : List.of(-1e308, -1.0, 0.0, 1e308)) {
            assertThat(range("~:").alerts(value)).isFalse();
            assertThat(range("@~:").alerts(value)).isTrue();
        }
    }

    @Test
    void minusZeroIsZero() {
        assertThat(range("-0:5")).isEqualTo(range("0:5")).hasToString("5");
    }

    @Test
    void anotherUnitMovesBothEnds() {
        assertThat(range("@10:20").times(1000)).hasToString("@10000:20000");
        assertThat(range("10:").times(1000)).hasToString("10000:");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        var random = new Random(11);
        for (int run = 0; run < 2000; run++) {
            double start = random.nextInt(5) == 0 ? Double.NEGATIVE_INFINITY : end(random);
            double end = random.nextInt(5) == 0 ? Double.POSITIVE_INFINITY : end(random);
            var range = new Range(Math.min(start, end), Math.max(start, end), random.nextBoolean());

            assertThat(Range.parse(range.toString())).as("run " + run).contains(range);
        }
    }

    private static double end(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(-10, 10);
            case 1 -> random.nextDouble(-1, 1);
            case 2 -> random.nextLong(-1L << 60, 1L << 60);
            default -> random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-300, 300));
        };
    }
}
