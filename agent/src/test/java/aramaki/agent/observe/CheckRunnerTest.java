package aramaki.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.agent.observe.plugin.PluginFolder;
import aramaki.agent.policy.HostPolicy;
import aramaki.model.observation.Metric;
import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.State;
import aramaki.protocol.agent.ServerMessage.Assignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class CheckRunnerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir Path temporary;
    private PluginFolder folder;
    private CheckRunner runner;

    @BeforeEach
    void prepare() {
        folder = PluginFolder.in(temporary);
        runner = runner("");
    }

    private CheckRunner runner(String policy) {
        String yaml = "pluginFolders: [" + temporary + ", /usr/lib/nagios/plugins]\n" + policy;
        return CheckRunner.of(
                HostPolicy.parse("policy.yaml", yaml),
                temporary.resolve("agent"),
                InstantSource.fixed(NOW));
    }

    private static Assignment assignment(
            @Nullable List<String> command,
            @Nullable String probe,
            Map<String, String> parameters,
            Map<String, String> values) {
        return new Assignment(
                "shop", "web1", "it", command, probe, parameters, values, 60_000, 10_000, 1, null);
    }

    private Observed plugin(Map<String, String> values, String... command)
            throws InterruptedException {
        return runner.run(assignment(List.of(command), null, Map.of(), values));
    }

    private Observed probe(String kind, Map<String, String> parameters)
            throws InterruptedException {
        return runner.run(assignment(null, kind, parameters, Map.of("root", "/", "odd", "a\nb")));
    }

    private static void unknown(Observed observed, String output) {
        assertThat(observed.output()).startsWith(output);
        assertThat(observed.state()).isEqualTo(State.UNKNOWN);
        assertThat(observed.metrics()).isEmpty();
    }

    @Test
    void aPluginOfTheFolderIsObserved() throws InterruptedException {
        folder.script("check_it", "echo \"$1 is there | time=3ms;10;20\"; exit 1");

        assertThat(plugin(Map.of("name", "web1"), "check_it", "{{name}}"))
                .satisfies(o -> assertThat(o.state()).isEqualTo(State.WARNING))
                .satisfies(o -> assertThat(o.output()).isEqualTo("web1 is there"))
                .satisfies(
                        o ->
                                assertThat(o.metrics())
                                        .extracting(Metric::name, Metric::unit)
                                        .hasSize(1))
                .satisfies(o -> assertThat(o.started()).isEqualTo(NOW))
                .satisfies(o -> assertThat(o.finished()).isEqualTo(NOW));
    }

    @Test
    void debiansPluginsRunByTheirNames() throws InterruptedException {
        assertThat(plugin(Map.of(), "check_load", "-w", "999,999,999", "-c", "999,999,999"))
                .satisfies(o -> assertThat(o.state()).isEqualTo(State.OK))
                .satisfies(
                        o ->
                                assertThat(o.metrics())
                                        .extracting(Metric::name)
                                        .containsExactly("load1", "load5", "load15"));
        assertThat(plugin(Map.of(), "check_users", "-w", "999", "-c", "999").metrics()).hasSize(1);
        assertThat(plugin(Map.of(), "check_procs", "-c", "1:").state()).isEqualTo(State.OK);
    }

    @Test
    void aMissingPluginIsUnknown() throws InterruptedException {
        unknown(
                plugin(Map.of(), "check_nothing"),
                "there is no plugin check_nothing in " + temporary + ", /usr/lib/nagios/plugins");
    }

    @Test
    void aPluginThatIsNotExecutableIsUnknown() throws Exception {
        Files.writeString(temporary.resolve("check_text"), "text");

        unknown(
                plugin(Map.of(), "check_text"),
                temporary.resolve("check_text") + " is not executable");
    }

    @Test
    void aSymlinkOutOfThePluginFolderIsUnknown() throws IOException, InterruptedException {
        Files.createSymbolicLink(temporary.resolve("check_sh"), Path.of("/bin/sh"));

        unknown(
                plugin(Map.of(), "check_sh", "-c", "id"),
                temporary.resolve("check_sh") + " leads out of the plugin folder");
    }

    @Test
    void aTemplateThatBecomesAnOptionIsUnknown() throws InterruptedException {
        unknown(
                plugin(Map.of("address", "--help"), "check_dummy", "{{address}}"),
                "the argument {{address}} would become the option --help");
    }

    @Test
    void anUnknownUserIsUnknown() throws InterruptedException {
        if (aramaki.agent.policy.Rights.agentUid() == 0) {
            runner = runner("user: aramaki-nobody");
            unknown(plugin(Map.of(), "check_dummy", "0"), "could not run ");
        }
    }

    @Test
    void aProbeIsObservedWithItsTemplatesFilled() throws InterruptedException {
        assertThat(probe("disk", Map.of("path", "{{root}}", "warn", "100", "crit", "100")))
                .satisfies(o -> assertThat(o.state()).isEqualTo(State.OK))
                .satisfies(o -> assertThat(o.output()).startsWith("/ "));
    }

    @Test
    void aWrongProbeIsUnknownAndSaysWhatWouldBeRight() throws InterruptedException {
        unknown(probe("snmp", Map.of()), "probe: there is no probe snmp; there are http, tcp,");
        unknown(probe("tcp", Map.of("host", "x")), "port: the probe tcp needs it: 1 to 65535");
        unknown(probe("disk", Map.of("path", "{{odd}}")), "the value for {{odd}} holds");
    }

    @Test
    void aProbeThePolicyDoesNotPermitIsUnknown() throws InterruptedException {
        runner = runner("probes: [disk]");

        unknown(probe("load", Map.of()), "this host's policy does not permit the probe load");
    }

    @ParameterizedTest
    @EnumSource
    void noProbeRunsThatThePolicyDoesNotName(ProbeKind kind) throws InterruptedException {
        runner = runner("probes: []");

        unknown(
                probe(kind.word(), Map.of()),
                "this host's policy does not permit the probe " + kind.word());
    }

    @Test
    void aLogOutsideThePolicysFoldersIsNotRead() throws Exception {
        runner = runner("logFolders: [" + temporary.resolve("logs") + "]");
        Path secret = Files.writeString(temporary.resolve("secret"), "secret\n");

        unknown(
                probe("log", Map.of("path", secret.toString(), "pattern", ".")),
                "this host's policy lets the probe log read in " + temporary.resolve("logs"));
    }

    @Test
    void aCommandMayPrintJson() throws InterruptedException {
        folder.script("check_json", "echo '{\"state\":\"critical\",\"output\":\"it burns\"}'");
        var asJson =
                new Assignment(
                        "s",
                        "e",
                        "c",
                        List.of("check_json"),
                        null,
                        Map.of(),
                        Map.of(),
                        1,
                        10_000,
                        1,
                        null,
                        "json",
                        null,
                        null);

        assertThat(runner.run(asJson))
                .satisfies(o -> assertThat(o.state()).isEqualTo(State.CRITICAL))
                .satisfies(o -> assertThat(o.output()).isEqualTo("it burns"));
    }

    @Test
    void anAssignmentThatMakesNoSenseIsUnknown() throws InterruptedException {
        unknown(
                runner.run(assignment(null, null, Map.of(), Map.of())),
                "a check has either a command or a probe");
        unknown(
                runner.run(
                        new Assignment(
                                "s",
                                "e",
                                "c",
                                List.of("check_dummy"),
                                null,
                                Map.of(),
                                Map.of(),
                                1,
                                0,
                                1,
                                null)),
                "timeout: 0 ms; it must be above zero");
        unknown(plugin(Map.of(), "check_dummy", "a\0b"), "command: a word is null or holds a NUL");
    }

    @Test
    void fieldsLeftOutOfAMessageAreNoFault() throws InterruptedException {
        var message =
                aramaki.protocol.Json.read(
                        """
                        {"system":"s","entity":"e","check":"c","command":["check_dummy","0"],
                         "timeoutMillis":10000,"everyMillis":1,"attempts":1}
                        """,
                        Assignment.class);

        assertThat(runner.run(message).state()).isEqualTo(State.OK);
    }
}
