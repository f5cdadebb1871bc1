package aramaki.agent.observe.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.observation.Metric;
import aramaki.model.observation.Range;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PluginOutputTest {
    private static Metric only(String data) {
        List<Metric> metrics = PluginOutput.parse("OK | " + data).metrics();
        assertThat(metrics).hasSize(1);
        return metrics.getFirst();
    }

    private static Optional<Range> range(String text) {
        return Range.parse(text);
    }

    private static List<String> names(String output) {
        return PluginOutput.parse(output).metrics().stream().map(Metric::name).toList();
    }

    @Test
    void aLineWithoutDataIsText() {
        assertThat(PluginOutput.parse("PING OK\n"))
                .isEqualTo(new PluginOutput("PING OK", List.of()));
    }

    @Test
    void everyFieldOfAMetricIsKept() {
        assertThat(only("load1=0.240;5.000;@9:10;0;100"))
                .isEqualTo(
                        new Metric(
                                "load1",
                                OptionalDouble.of(0.24),
                                "",
                                range("5"),
                                range("@9:10"),
                                OptionalDouble.of(0),
                                OptionalDouble.of(100)));
    }

    @Test
    void fieldsMayBeEmptyAndTrailingOnesLeftOut() {
        assertThat(only("a=1;;3").warn()).isEmpty();
        assertThat(only("a=1;;3").crit()).isEqualTo(range("3"));
        assertThat(only("a=1;;;;7").max()).hasValue(7);
        assertThat(only("a=1;;;;7").min()).isEmpty();
        assertThat(only("a=1;")).isEqualTo(Metric.of("a", 1, ""));
    }

    @Test
    void secondBlockAfterLongTextIsData() {
        var output =
                PluginOutput.parse(
                        """
                        DISK OK - free space: / 3326 MB (56%); | /=2643MB;5948;5958;0;5968
                        / 15272 MB (77%);
                        /boot 68 MB (69%);
                        /var/log 819 MB (84%); | /boot=68MB;88;93;0;98
                        /home=69357MB;253404;253409;0;253414
                        """);

        assertThat(output.text())
                .isEqualTo(
                        """
                        DISK OK - free space: / 3326 MB (56%);
                        / 15272 MB (77%);
                        /boot 68 MB (69%);
                        /var/log 819 MB (84%);""");
        assertThat(output.metrics())
                .extracting(Metric::name)
                .containsExactly("/", "/boot", "/home");
        assertThat(output.metrics().get(2).warn()).isEqualTo(range("253404000000"));
    }

    @Test
    void quotedLabelsHoldBlanksEqualSignsBarsAndDoubledQuotes() {
        assertThat(names("OK | 'C:\\ used space'=1 'a=b'=2 'it''s'=3 'x|y'=4 ''''=5"))
                .containsExactly("C:\\ used space", "a=b", "it's", "x|y", "'");
    }

    @Test
    void undeterminedValueIsKeptWithoutANumber() {
        assertThat(only("users=U;5;10;0;50").value()).isEmpty();
        assertThat(only("users=U;5;10;0;50").warn()).isEqualTo(range("5"));
    }

    @ParameterizedTest
    @CsvSource({
        "1500us, 0.0015, s",
        "3ms, 0.003, s",
        "7ns, 0.000000007, s",
        "2s, 2, s",
        "5B, 5, B",
        "2KB, 2000, B",
        "2MB, 2000000, B",
        "1GB, 1000000000, B",
        "1TB, 1000000000000, B",
        "1KiB, 1024, B",
        "1MiB, 1048576, B",
        "1GiB, 1073741824, B",
        "50%, 50, %",
        "123c, 123, c",
        "21C, 21, ''",
        "9furlongs, 9, ''",
        "-1.5, -1.5, ''",
        ".5s, 0.5, s",
        "1e3, 1000, ''",
        "1.2E-3s, 0.0012, s",
        "+4, 4, ''",
        "8b, 8, ''"
    })
    void unitsAreBroughtToTheirBase(String written, double value, String unit) {
        assertThat(only("x=" + written).value()).hasValue(value);
        assertThat(only("x=" + written).unit()).isEqualTo(unit);
    }

    @Test
    void thresholdsAndBoundsScaleWithTheValue() {
        assertThat(only("rta=12ms;~:100;@200:300;0;1000"))
                .isEqualTo(
                        new Metric(
                                "rta",
                                OptionalDouble.of(0.012),
                                "s",
                                range("~:0.1"),
                                range("@0.2:0.3"),
                                OptionalDouble.of(0),
                                OptionalDouble.of(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1", "a=", "a=1,5", "a=1.2.3", "a=one", "a", "'a=1", "'a' =1", "a=1e999", "''=1",
                "a=inf", "a=0x10"
            })
    void badTokenIsSkippedAndTheNextOneRead(String bad) {
        assertThat(names("OK | " + bad + " good=2")).containsExactly("good");
    }

    @Test
    void badThresholdCostsOnlyItself() {
        assertThat(only("a=1;many;3"))
                .satisfies(metric -> assertThat(metric.warn()).isEmpty())
                .satisfies(metric -> assertThat(metric.crit()).isEqualTo(range("3")));
    }

    @Test
    void moreThanOneBarJoinsTheData() {
        var output = PluginOutput.parse("OK - all | a=1 | b=2;3|c=4");

        assertThat(output.text()).isEqualTo("OK - all");
        assertThat(output.metrics()).extracting(Metric::name).containsExactly("a", "b", "c");
    }

    @Test
    void barInASentenceLosesNoWords() {
        var output = PluginOutput.parse("CRITICAL - cat a|b failed | time=1s");

        assertThat(output.text()).isEqualTo("CRITICAL - cat a | b failed");
        assertThat(output.metrics()).extracting(Metric::name).containsExactly("time");
    }

    @Test
    void dataOnEveryLineIsRead() {
        var output = PluginOutput.parse("one | a=1\ntwo | b=2\nthree | c=3\n");

        assertThat(output.text()).isEqualTo("one\ntwo\nthree");
        assertThat(output.metrics()).extracting(Metric::name).containsExactly("a", "b", "c");
    }

    @Test
    void theFirstOfTwoMetricsWithOneNameIsKept() {
        assertThat(only("a=1 a=2").value()).hasValue(1);
    }

    @Test
    void notUtf8AndControlCharactersAreReplaced() {
        byte[] printed =
                "caf\u00e9 \u001b[31mred\u0000\r\n\tx".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(PluginOutput.parse(printed).text())
                .isEqualTo("caf\ufffd \ufffd[31mred\ufffd\n x");
    }

    @Test
    void textThatWritesBackwardsIsReplaced() {
        assertThat(PluginOutput.parse("safe\u202egnp.exe").text()).isEqualTo("safe\ufffdgnp.exe");
    }

    @Test
    void endlessMetricsAreCapped() {
        var output = new StringBuilder("OK |");
        for (int i = 0; i < 5000; i++) {
            output.append(" m").append(i).append("=1");
        }

        assertThat(PluginOutput.parse(output.toString()).metrics())
                .hasSize(PluginOutput.MAX_METRICS);
    }

    @Test
    void anythingAtAllIsUnderstood() {
        var random = new java.util.Random(20_250_101);
        String alphabet = "a1=';|.:~@ \n%UmsBe-+,\u0000é";
        for (int run = 0; run < 20_000; run++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(PluginOutput.parse(text.toString()).text()).doesNotContain("\u0000");
        }
    }
}
