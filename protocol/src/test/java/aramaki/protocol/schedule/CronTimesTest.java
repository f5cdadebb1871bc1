package aramaki.protocol.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTimesTest {
    private static final String BERLIN = "Europe/Berlin";
    private static final String NEW_YORK = "America/New_York";
    private static final String LORD_HOWE = "Australia/Lord_Howe";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "*/0 * * * *",
                "5-1 * * * *",
                "1,,2 * * * *",
                "@daily",
                "0 0 L * *",
                "0 0 1W * *",
                "0 0 * * 5#2",
                "? * * * *",
                "-5 * * * *",
                "0 0 31 2 *",
                "0 0 30 2 *",
                "0 0 31 4,6,9,11 *"
            })
    void whatIsNoExpressionOrNeverComesIsRefused(String expression) {
        assertThatThrownBy(() -> CronTimes.of(expression, ZoneId.of("UTC")))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void anEndlessExpressionIsRefused() {
        assertThatThrownBy(() -> CronTimes.of("0,".repeat(1000) + "0 * * * *", ZoneId.of("UTC")))
                .isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    */5 * * * *      | 2026-01-01T00:00 | 2026-01-01T00:05 | 2026-01-01T00:10
                    30 3 * * MON-FRI | 2026-01-02T03:30 | 2026-01-05T03:30 | 2026-01-06T03:30
                    0 0 * * 7        | 2026-01-01T00:00 | 2026-01-04T00:00 | 2026-01-11T00:00
                    0 0 13 * fri     | 2026-01-09T00:00 | 2026-01-13T00:00 | 2026-01-16T00:00
                    10-20/5 4 1 jan *| 2026-01-01T04:15 | 2026-01-01T04:20 | 2027-01-01T04:10
                    0 0 29 2 *       | 2026-01-01T00:00 | 2028-02-29T00:00 | 2032-02-29T00:00
                    0 0 29 2 *       | 2096-02-29T00:00 | 2104-02-29T00:00 | 2108-02-29T00:00
                    """)
    void anExpressionNamesTheseTimes(
            String expression, LocalDateTime after, LocalDateTime first, LocalDateTime second) {
        assertThat(runs(expression, "UTC", after + ":00Z", 2))
                .containsExactly(first + ":00Z", second + ":00Z");
    }

    @Test
    void aTimeSkippedInSpringRunsOnceRightAfterTheGap() {
        assertThat(runs("30 2 * * *", BERLIN, "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(runs("30 2 * * *", NEW_YORK, "2026-03-07T12:00:00Z", 2))
                .containsExactly("2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z");
        // From 02:00 to 02:30: the clocks of Lord Howe move half an hour.
        assertThat(runs("15 2 * * *", LORD_HOWE, "2026-10-03T12:00:00Z", 2))
                .containsExactly("2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z");
    }

    @Test
    void severalTimesSkippedInSpringAreOneRun() {
        assertThat(runs("*/15 2 * * *", BERLIN, "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z");
        assertThat(runs("0,30 2,3 * * *", BERLIN, "2026-03-28T12:00:00Z", 3))
                .containsExactly(
                        "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:00:00Z");
    }

    @Test
    void whatRunsEveryHourAnyhowIsNotMadeUpInSpring() {
        assertThat(runs("30 * * * *", BERLIN, "2026-03-29T00:00:00Z", 3))
                .containsExactly(
                        "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z");
        assertThat(runs("*/20 * * * *", BERLIN, "2026-03-29T00:30:00Z", 3))
                .containsExactly(
                        "2026-03-29T00:40:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z");
    }

    @Test
    void aFixedTimeInARepeatedHourRunsOnce() {
        assertThat(runs("30 2 * * *", BERLIN, "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(runs("30 1 * * *", NEW_YORK, "2026-10-31T12:00:00Z", 2))
                .containsExactly("2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z");
        // From 02:00 to 01:30.
        assertThat(runs("45 1 * * *", LORD_HOWE, "2026-04-04T00:00:00Z", 2))
                .containsExactly("2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z");
        assertThat(runs("0,30 2,3 * * *", BERLIN, "2026-10-25T00:00:00Z", 3))
                .containsExactly(
                        "2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z", "2026-10-25T02:30:00Z");
    }

    @Test
    void theMomentAfterAFixedTimeInARepeatedHourLeadsToTheNextDay() {
        assertThat(runs("30 2 * * *", BERLIN, "2026-10-25T00:45:00Z", 1))
                .containsExactly("2026-10-26T01:30:00Z");
        assertThat(runs("30 2 * * *", BERLIN, "2026-10-25T01:10:00Z", 1))
                .containsExactly("2026-10-26T01:30:00Z");
    }

    @Test
    void wildcardMinutesAndHourlyTimesRunThroughARepeatedHourTwice() {
        assertThat(runs("*/30 * * * *", BERLIN, "2026-10-25T00:00:00Z", 4))
                .containsExactly(
                        "2026-10-25T00:30:00Z",
                        "2026-10-25T01:00:00Z",
                        "2026-10-25T01:30:00Z",
                        "2026-10-25T02:00:00Z");
        assertThat(runs("*/30 2 * * *", BERLIN, "2026-10-24T12:00:00Z", 5))
                .containsExactly(
                        "2026-10-25T00:00:00Z",
                        "2026-10-25T00:30:00Z",
                        "2026-10-25T01:00:00Z",
                        "2026-10-25T01:30:00Z",
                        "2026-10-26T01:00:00Z");
        assertThat(runs("15 * * * *", NEW_YORK, "2026-11-01T05:00:00Z", 3))
                .containsExactly(
                        "2026-11-01T05:15:00Z", "2026-11-01T06:15:00Z", "2026-11-01T07:15:00Z");
        assertThat(runs("*/15 * * * *", LORD_HOWE, "2026-04-04T14:30:00Z", 4))
                .containsExactly(
                        "2026-04-04T14:45:00Z",
                        "2026-04-04T15:00:00Z",
                        "2026-04-04T15:15:00Z",
                        "2026-04-04T15:30:00Z");
    }

    @Test
    void noTwoRunsOfAYearAreFartherApartThanTheLongestGapAndAnHour() {
        for (var zone : List.of(BERLIN, NEW_YORK, LORD_HOWE, "UTC")) {
            for (var expression :
                    List.of("7 */5 * * *", "30 2 * * *", "0 9-17 * * 1-5", "0 1 1 * *")) {
                var times = CronTimes.of(expression, ZoneId.of(zone));
                var longest = times.longestGap().plusHours(1);
                var at = times.after(Instant.parse("2026-01-01T00:00:00Z")).orElseThrow();
                while (at.isBefore(Instant.parse("2027-01-01T00:00:00Z"))) {
                    var next = times.after(at).orElseThrow();
                    assertThat(Duration.between(at, next))
                            .as(expression + " " + zone + " after " + at)
                            .isPositive()
                            .isLessThanOrEqualTo(longest);
                    at = next;
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    * * * * *     | PT1M
                    */7 * * * *   | PT7M
                    0 3 * * *     | P1D
                    0 3,4 * * *   | PT23H
                    0 3 * * 1-5   | P3D
                    0 3 1 * *     | P31D
                    0 3 31 * *    | P61D
                    0 3 1 1 *     | P366D
                    0 3 29 2 *    | P1461D
                    """)
    void theLongestGapIsKnown(String expression, Duration gap) {
        assertThat(CronTimes.of(expression, ZoneId.of(BERLIN)).longestGap()).isEqualTo(gap);
    }

    private static List<String> runs(String expression, String zone, String after, int count) {
        var times = CronTimes.of(expression, ZoneId.of(zone));
        var runs = new ArrayList<String>();
        var at = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            at = times.after(at).orElseThrow();
            runs.add(at.toString());
        }
        return runs;
    }
}
