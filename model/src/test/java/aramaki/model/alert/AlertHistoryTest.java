package aramaki.model.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What a history says in one line.
class AlertHistoryTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:30:00Z");

    @Test
    void aChronicOneSaysHowOftenHowLongAndWhen() {
        var history =
                new AlertHistory(
                        Instant.parse("2026-03-02T10:00:00Z"),
                        Optional.of(NOW.minusSeconds(300)),
                        1,
                        3,
                        12,
                        OptionalLong.of(490),
                        OptionalInt.of(3),
                        40);
        assertThat(history.sentence(true, NOW, ZoneOffset.UTC))
                .isEqualTo(
                        "12th time in 90 days (3 in 7), usually 8 min, mostly around 03 h;"
                                + " first 2026-03-02; last ok 5 min ago");
        assertThat(history.sentence(false, NOW, ZoneOffset.UTC))
                .isEqualTo(
                        "12 times in 90 days (3 in 7), usually 8 min, mostly around 03 h;"
                                + " first 2026-03-02");
    }

    @Test
    void theUsualHourIsTheReaders() {
        var history = history(5, 5, OptionalInt.of(23));
        assertThat(history.sentence(false, NOW, ZoneId.of("Europe/Berlin"))).contains("00 h");
        assertThat(history.sentence(false, NOW, ZoneId.of("Asia/Kolkata"))).contains("05 h");
        assertThat(history.sentence(false, NOW, ZoneId.of("America/New_York"))).contains("18 h");
    }

    @Test
    void theFirstTimeIsSaidPlainly() {
        assertThat(history(1, 1, OptionalInt.empty()).sentence(true, NOW, ZoneOffset.UTC))
                .isEqualTo("first time ever; never seen ok");
        assertThat(history(1, 1, OptionalInt.empty()).sentence(false, NOW, ZoneOffset.UTC))
                .isEqualTo("once ever");
        assertThat(history(1, 9, OptionalInt.empty()).sentence(true, NOW, ZoneOffset.UTC))
                .startsWith("first time in 90 days, 9 ever; first 2026-03-02");
        assertThat(history(0, 9, OptionalInt.empty()).sentence(false, NOW, ZoneOffset.UTC))
                .startsWith("not in 90 days, 9 times ever");
    }

    @Test
    void ordinalsAreEnglish() {
        for (String ordinal : new String[] {"2nd", "3rd", "4th", "11th", "12th", "13th", "21st"}) {
            int number = Integer.parseInt(ordinal.replaceAll("\\D", ""));
            assertThat(history(number, 99, OptionalInt.empty()).sentence(true, NOW, ZoneOffset.UTC))
                    .startsWith(ordinal + " time in 90 days");
        }
    }

    private static AlertHistory history(int times90d, int total, OptionalInt usualHour) {
        return new AlertHistory(
                Instant.parse("2026-03-02T10:00:00Z"),
                Optional.empty(),
                0,
                0,
                times90d,
                OptionalLong.empty(),
                usualHour,
                total);
    }
}
