package aramaki.agent.observe.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.policy.Rights;
import aramaki.model.Refusal;
import aramaki.model.observation.Metric;
import aramaki.model.observation.Output;
import aramaki.model.observation.Range;
import aramaki.model.observation.State;
import aramaki.testkit.Gen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class JsonOutputTest {
    private static final String WHOLE =
            """
            {"state": "warning", "output": "orders: 1200 wait\\nthe oldest for 340 s",
             "metrics": [{"name": "waiting", "value": 1200, "warn": "1000", "crit": 5000, "min": 0},
                         {"name": "oldest", "value": 340, "unit": "ms", "max": null},
                         {"name": "age", "value": null}],
             "extra": {"any": [1, 2]}}
            """;

    @TempDir Path temporary;
    private PluginFolder folder;
    private final PluginRunner runner = PluginRunner.of(new Rights.Own(""));

    @BeforeEach
    void prepare() {
        folder = PluginFolder.in(temporary);
    }

    private static Finding parse(String text) {
        return JsonOutput.parse(text.getBytes(UTF_8));
    }

    private Finding run(String script) throws Exception {
        folder.script("check_it", script);
        return runner.run(
                List.of(temporary.resolve("check_it").toString()),
                Output.JSON,
                Duration.ofSeconds(10));
    }

    @Test
    void aDocumentBecomesStateTextAndMetricsInBaseUnits() {
        Finding finding = parse(WHOLE);

        assertThat(finding.state()).isEqualTo(State.WARNING);
        assertThat(finding.output()).isEqualTo("orders: 1200 wait\nthe oldest for 340 s");
        assertThat(finding.metrics())
                .containsExactly(
                        new Metric(
                                "waiting",
                                OptionalDouble.of(1200),
                                "",
                                Range.parse("1000"),
                                Range.parse("5000"),
                                OptionalDouble.of(0),
                                OptionalDouble.empty()),
                        Metric.of("oldest", 0.34, "s"),
                        new Metric(
                                "age",
                                OptionalDouble.empty(),
                                "",
                                Optional.empty(),
                                Optional.empty(),
                                OptionalDouble.empty(),
                                OptionalDouble.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "[] # the document is a list; it must be an object",
                "{'output':'x'} # state is missing; it must be ok, warning, critical or unknown",
                "{'state':'stale','output':'x'} # state is \"stale\"; it must be",
                "{'state':0,'output':'x'} # state is a number; it must be",
                "{'state':'ok'} # output is missing; it must be a text",
                "{'state':'ok','output':['x']} # output is a list; it must be a text",
                "{'state':'ok','output':'x','metrics':{}} # metrics is an object; it must be a list",
                "{'state':'ok','output':'x','metrics':[1]} # metrics[0] is a number; it must be an",
                "{'state':'ok','output':'x','metrics':[{'value':1}]} # metrics[0].name is missing",
                "{'state':'ok','output':'x','metrics':[{'name':'a','value':'1'}]} #"
                        + " metrics[0].value is a text; it must be a number or null",
                "{'state':'ok','output':'x','metrics':[{'name':'a','warn':'high'}]} #"
                        + " metrics[0].warn is no range; write one such as",
                "{'state':'ok','output':'x','metrics':[{'name':'a','unit':5}]} #"
                        + " metrics[0].unit is a number; it must be a text",
                "{'state':'ok','output':'x','metrics':[{'name':'a'},{'name':'a'}]} #"
                        + " metrics[1].name: a stands twice"
            })
    void aDocumentThatIsNotRightIsRefusedByItsPlace(String text, String message) {
        assertThatThrownBy(() -> parse(text.strip().replace('\'', '"')))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(message);
    }

    @Test
    void moreMetricsThanAllowedAreRefused() {
        String many =
                IntStream.range(0, 1001)
                        .mapToObj(i -> "{\"name\":\"m" + i + "\",\"value\":1}")
                        .collect(Collectors.joining(","));

        assertThatThrownBy(
                        () ->
                                parse(
                                        "{\"state\":\"ok\",\"output\":\"x\",\"metrics\":["
                                                + many
                                                + "]}"))
                .hasMessageContaining(
                        "metrics is a list of 1001; it must be a list of at most 1000");
    }

    @Test
    void whateverIsDoneToADocumentItIsReadOrRefused() {
        Gen.forAll(
                2000,
                gen -> {
                    byte[] bytes = WHOLE.getBytes(UTF_8);
                    for (int i = gen.between(1, 6); i > 0; i--) {
                        bytes[gen.between(0, bytes.length - 1)] = (byte) gen.between(0, 255);
                    }
                    try {
                        JsonOutput.parse(bytes);
                    } catch (Refusal e) {
                        assertThat(e.text()).isNotEmpty();
                    }
                });
    }

    @Test
    void aCommandThatPrintsADocumentIsObserved() throws Exception {
        Finding finding = run("cat <<'X'\n" + WHOLE + "X");

        assertThat(finding).isEqualTo(parse(WHOLE));
    }

    @Test
    void theWorseOfDocumentAndExitCodeCounts() throws Exception {
        String ok = "echo '{\"state\":\"ok\",\"output\":\"fine\"}'";

        assertThat(run(ok + "; exit 2"))
                .isEqualTo(Finding.of(State.CRITICAL, "fine (it ended with exit code 2)"));
        assertThat(run("echo '{\"state\":\"critical\",\"output\":\"bad\"}'; exit 1"))
                .isEqualTo(Finding.of(State.CRITICAL, "bad"));
        assertThat(run(ok + "; kill -9 $$"))
                .satisfies(f -> assertThat(f.state()).isEqualTo(State.UNKNOWN))
                .satisfies(f -> assertThat(f.output()).startsWith("killed by signal 9"));
    }

    @Test
    void whatIsNoDocumentIsUnknownAndShown() throws Exception {
        assertThat(run("echo 'OK - all well'; echo oops >&2"))
                .satisfies(f -> assertThat(f.state()).isEqualTo(State.UNKNOWN))
                .satisfies(
                        f ->
                                assertThat(f.output())
                                        .startsWith("printed no such JSON document as it must: ")
                                        .endsWith("; it began: OK - all well; on stderr: oops"));
        assertThat(run("true").output()).contains("it printed nothing");
        assertThat(run("head -c 70000 /dev/zero | tr '\\0' ' '; echo '{}'").output())
                .isEqualTo("printed more than 64 KiB, too long for a JSON document");
    }
}
