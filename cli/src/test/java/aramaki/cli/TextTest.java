package aramaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.cli.output.Ages;
import aramaki.cli.output.Plain;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00.4Z, now",
        "2026-03-01T11:59:57Z, 3s ago",
        "2026-03-01T11:58:01Z, 119s ago",
        "2026-03-01T11:58:00Z, 2m ago",
        "2026-03-01T10:00:00Z, 2h ago",
        "2026-02-27T12:00:00Z, 2d ago",
        "2026-03-01T13:00:00Z, in 60m",
    })
    void anAgeIsOneNumberAndOneUnit(Instant at, String age) {
        var ages =
                new Ages(
                        InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")), ZoneOffset.UTC);

        assertThat(ages.of(at)).isEqualTo(age);
    }

    @Test
    void wideAndCombiningCharactersKeepTheColumns() {
        assertThat(Plain.width("a\u0301bc")).isEqualTo(3);
        assertThat(Plain.width("監視")).isEqualTo(4);
        assertThat(Plain.cut("監視中", 5)).isEqualTo("監視…");
        assertThat(Plain.cut("監視中", 4)).isEqualTo("監…");
        assertThat(Plain.cut("abc", 0)).isEmpty();
    }

    @Test
    void halfACharacterIsReplaced() {
        assertThat(Plain.line("a\uD83Db")).isEqualTo("a\uFFFDb");
    }
}
