package aramaki.model.observation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueFormTest {
    @ParameterizedTest
    @EnumSource
    void everyFallbackIsOfItsForm(ProbeKind kind) {
        for (var parameter : kind.parameters()) {
            assertThat(parameter.problem(parameter.fallback()))
                    .as(kind.word() + " " + parameter.name())
                    .matches(problem -> problem.isEmpty() || parameter.fallback().isEmpty());
        }
    }

    @Test
    void aWrongValueIsToldWithWhatWouldBeRight() {
        assertThat(ProbeKind.TCP.parameter("port").orElseThrow().problem("70000"))
                .contains("\"70000\" is not right; write a whole number from 1 to 65535");
        assertThat(ProbeKind.TLS.parameter("starttls").orElseThrow().problem("pop3"))
                .contains("\"pop3\" is not right; write smtp or imap");
    }

    @Test
    void anEmptyLimitIsNone() {
        assertThat(ProbeKind.DISK.parameter("warn").orElseThrow().problem("")).isEmpty();
        assertThat(ProbeKind.HTTP.parameter("method").orElseThrow().problem("")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web1",
                "192.0.2.7",
                "::1",
                "[::1]",
                "fe80::1%eth0",
                "bücher.example",
                "a_b"
            })
    void theseAreHosts(String host) {
        assertThat(ValueForm.HOST_NAME.accepts(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-f", "--root=/", "a b", "a;b", "a\nb", "$(id)", "a/b"})
    void theseAreNoHosts(String host) {
        assertThat(ValueForm.HOST_NAME.accepts(host)).isFalse();
    }

    @Test
    void noValueIsLongerThanAFewPages() {
        assertThat(ValueForm.TEXT.accepts("x".repeat(4096))).isTrue();
        assertThat(ValueForm.TEXT.accepts("x".repeat(4097))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "a, 1",
        "abc, 3",
        "a{1000}, 1000",
        "a{3}b{4}, 7",
        "(a{1000}){1000}, 1001000",
        "((a{10}){10}){10}, 1110",
        "[a-z{9}]{20}, 20",
        "'a{2,30}', 30",
        "a\\{1000}, 7",
        "[]{5}]{2}, 2",
        "(((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9}){9}, 1000000000"
    })
    void aPatternIsAsLargeAsItBecomes(String pattern, long size) {
        assertThat(PatternSize.of(pattern)).isEqualTo(size);
    }
}
