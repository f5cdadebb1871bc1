package aramaki.agent.observe.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.policy.Rights;
import aramaki.model.observation.Metric;
import aramaki.model.observation.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything holds with a PID namespace round the run, and without one.
@ParameterizedClass(name = "namespace: {0}")
@ValueSource(booleans = {true, false})
@Timeout(60)
class PluginRunnerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(700);

    @Parameter boolean namespace;
    @TempDir Path temporary;

    private final String sleep = PluginFolder.longSleep();
    private final Rights rights = Rights.of("nobody");
    private PluginFolder folder;
    private PluginRunner runner;

    @BeforeEach
    void prepare() {
        folder = PluginFolder.in(temporary);
        Isolation strongest = Isolation.of(rights);
        assumeThat(strongest.namespace() || !namespace)
                .as("this user may make PID namespaces")
                .isTrue();
        runner =
                new PluginRunner(
                        rights, new Isolation(namespace, strongest.lower(), strongest.user()));
    }

    @AfterEach
    void nothingIsLeft() {
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(PluginFolder.alive(sleep)).isEmpty());
    }

    private Finding run(Duration timeout, String body, String... arguments)
            throws InterruptedException {
        var argv = new ArrayList<String>();
        argv.add(folder.script("check_it", body).toString());
        argv.addAll(List.of(arguments));
        return runner.run(argv, timeout);
    }

    @Test
    void exitCodesAreStates() throws InterruptedException {
        assertThat(run(LONG, "echo fine; exit 0").state()).isEqualTo(State.OK);
        assertThat(run(LONG, "echo so; exit 1").state()).isEqualTo(State.WARNING);
        assertThat(run(LONG, "echo bad; exit 2").state()).isEqualTo(State.CRITICAL);
        assertThat(run(LONG, "echo what; exit 3")).isEqualTo(Finding.of(State.UNKNOWN, "what"));
    }

    @Test
    void anotherExitCodeIsUnknownAndNamed() throws InterruptedException {
        assertThat(run(LONG, "echo odd; exit 77"))
                .isEqualTo(Finding.of(State.UNKNOWN, "exit code 77: odd"));
        assertThat(run(LONG, "exit 255")).isEqualTo(Finding.of(State.UNKNOWN, "exit code 255"));
        assertThat(run(LONG, "exit 180").output()).isEqualTo("killed by signal 52");
    }

    @Test
    void argumentsReachThePluginAsTheyAre() throws InterruptedException {
        assertThat(
                        run(
                                        LONG,
                                        "for word in \"$@\"; do echo \"<$word>\"; done",
                                        "a b",
                                        "$(id)",
                                        "'; exit 2",
                                        "*",
                                        "",
                                        "-x")
                                .output())
                .isEqualTo("<a b>\n<$(id)>\n<'; exit 2>\n<*>\n<>\n<-x>");
    }

    @Test
    void nothingOfTheAgentIsInTheEnvironment() throws InterruptedException {
        var names = run(LONG, "env | cut -d= -f1 | sort; pwd; cat").output().lines().toList();

        assertThat(names).contains("PATH", "LANG", "HOME", "/");
        assertThat(names).isSubsetOf("PATH", "LANG", "HOME", "/", "PWD", "ARAMAKI_RUN", "_");
    }

    @Test
    void rootGivesThePluginTheRightsOfThePolicysUser() throws InterruptedException {
        assumeThat(Rights.agentUid()).isZero();

        assertThat(run(LONG, "id -un; id -Gn").output()).isEqualTo("nobody\nnogroup");
    }

    @Test
    void debiansPluginsAreUnderstood() throws InterruptedException {
        Finding disk =
                runner.run(
                        List.of("/usr/lib/nagios/plugins/check_disk", "-w", "0%", "-p", "/"), LONG);
        assertThat(disk.state()).isEqualTo(State.OK);
        assertThat(disk.output()).startsWith("DISK OK").doesNotContain("|");
        assertThat(disk.metrics())
                .extracting(Metric::name, Metric::unit)
                .containsExactly(tuple("/", "B"));

        Finding dummy =
                runner.run(List.of("/usr/lib/nagios/plugins/check_dummy", "2", "so be it"), LONG);
        assertThat(dummy).isEqualTo(Finding.of(State.CRITICAL, "CRITICAL: so be it"));
    }

    @Test
    void standardErrorIsShownWhenNothingElseIs() throws InterruptedException {
        assertThat(run(LONG, "echo help >&2; exit 3").output()).isEqualTo("help");
        assertThat(run(LONG, "echo noise >&2; echo said; exit 0").output()).isEqualTo("said");
        assertThat(run(LONG, "exit 0").output()).isEqualTo("(no output)");
    }

    @Test
    void aPluginThatIgnoresSigtermIsKilledOnTimeout() throws InterruptedException {
        Finding finding =
                run(SHORT, "trap '' TERM INT HUP; echo waiting; sleep " + sleep + "; exit 0");

        assertThat(finding).isEqualTo(Finding.unknown("timed out after 0.700 s"));
        assertThat(PluginFolder.alive(sleep)).isEmpty();
    }

    @Test
    void aPluginThatDoubleForksAwayLeavesNothingOnTimeout() throws InterruptedException {
        Finding finding =
                run(SHORT, "(setsid sh -c 'sleep " + sleep + " & wait' &) ; sleep " + sleep);

        assertThat(finding.output()).startsWith("timed out");
        assertThat(PluginFolder.alive(sleep)).isEmpty();
    }

    @Test
    void aDaemonLeftBehindByAPluginThatEndedIsKilled() throws InterruptedException {
        Finding finding =
                run(LONG, "(setsid sleep " + sleep + " >/dev/null 2>&1 </dev/null &); echo gone");

        assertThat(finding).isEqualTo(Finding.of(State.OK, "gone"));
        assertThat(PluginFolder.alive(sleep)).isEmpty();
    }

    @Test
    void aDaemonThatHoldsThePipeHangsNothing() throws InterruptedException {
        Finding finding = run(LONG, "(setsid sleep " + sleep + " &); echo held; exit 1");

        assertThat(finding).isEqualTo(Finding.of(State.WARNING, "held"));
        assertThat(PluginFolder.alive(sleep)).isEmpty();
    }

    @Test
    void aDaemonThatClearedItsEnvironmentButHoldsThePipeIsKilled() throws InterruptedException {
        Finding finding =
                run(LONG, "(setsid env -i /bin/sleep " + sleep + " &); echo held; exit 1");

        assertThat(finding).isEqualTo(Finding.of(State.WARNING, "held"));
        assertThat(PluginFolder.alive(sleep)).isEmpty();
    }

    @Test
    void endlessOutputEndsThePlugin() throws InterruptedException {
        Finding finding = run(LONG, "echo first words; while :; do echo spam spam spam; done");

        assertThat(finding.state()).isEqualTo(State.UNKNOWN);
        assertThat(finding.output())
                .startsWith("printed more than 1 MiB and was ended; it began: first words spam");
        assertThat(finding.output()).hasSizeLessThan(400);
    }

    @Test
    void endlessErrorsEndThePlugin() throws InterruptedException {
        Finding finding = run(LONG, "while :; do echo spam spam spam >&2; done");

        assertThat(finding).isEqualTo(Finding.unknown("printed more than 1 MiB and was ended"));
    }

    @Test
    void longOutputIsCut() throws InterruptedException {
        Finding finding = run(LONG, "head -c 200000 /dev/zero | tr '\\0' x; exit 1");

        assertThat(finding.state()).isEqualTo(State.WARNING);
        assertThat(finding.output())
                .startsWith("xxx")
                .endsWith("(more than 64 KiB of output; the rest was not kept)")
                .hasSizeLessThan(PluginRunner.KEPT_OUTPUT + 100);
    }

    @Test
    void binaryOutputBecomesText() throws InterruptedException {
        Finding finding = run(LONG, "printf 'a\\000b\\001\\033[2Jc\\377 | x=1'; exit 2");

        assertThat(finding.state()).isEqualTo(State.CRITICAL);
        assertThat(finding.output()).isEqualTo("a\ufffdb\ufffd\ufffd[2Jc\ufffd");
        assertThat(finding.metrics()).containsExactly(Metric.of("x", 1, ""));
    }

    @Test
    void outputThatIsNotUtf8IsReplaced() throws InterruptedException {
        assertThat(run(LONG, "printf 'caf\\351 closed'").output()).isEqualTo("caf\ufffd closed");
    }

    @Test
    void aPluginKilledByASignalIsUnknown() throws InterruptedException {
        assertThat(run(LONG, "echo last words; kill -KILL $$"))
                .isEqualTo(Finding.unknown("killed by signal 9: last words"));
        assertThat(run(LONG, "kill -SEGV $$").output()).startsWith("killed by signal 11");
    }

    @Test
    void aPluginThatCannotBeExecutedSaysSo() throws InterruptedException {
        assertThat(runner.run(List.of(temporary.resolve("nothing").toString()), LONG))
                .satisfies(f -> assertThat(f.state()).isEqualTo(State.UNKNOWN))
                .satisfies(f -> assertThat(f.output()).contains("/nothing"));
    }

    @Test
    void aFailureOfSetprivIsUnknownAndSaysWhat() throws InterruptedException {
        assumeThat(Rights.agentUid()).isZero();
        var twice = new ArrayList<>(Isolation.setpriv(65534, 65534));
        twice.addAll(Isolation.setpriv(1, 1));
        var refused = new PluginRunner(rights, new Isolation(namespace, twice, "daemon"));

        assertThat(refused.run(List.of("/bin/true"), LONG))
                .isEqualTo(
                        Finding.unknown(
                                "could not be run as daemon: setpriv: setresuid failed: Operation"
                                        + " not permitted"));
    }

    @Test
    void aFailureOfTheNamespaceIsNoWarning() throws Exception {
        assumeThat(Rights.agentUid()).isZero();
        var chain = new ArrayList<>(Isolation.setpriv(65534, 65534));
        chain.addAll(
                new Isolation(true, List.of(), "").wrap(List.of("/bin/true"), Map.of()).command());

        Process process = new ProcessBuilder(chain).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int raw = process.waitFor();

        assertThat(output).startsWith("unshare:");
        assertThat(raw).as("what would pass for a warning").isEqualTo(1);
        assertThat(Isolation.wrapperFailed(raw)).isTrue();
        assertThat(State.ofExitCode(Isolation.exitCode(raw))).isEqualTo(State.UNKNOWN);
    }

    @Test
    void aUserThatDoesNotExistIsUnknownAndNamed() throws InterruptedException {
        var nobody = PluginRunner.of(new Rights.Missing("aramaki-nobody"));

        assertThat(nobody.run(List.of("/bin/true"), LONG))
                .satisfies(f -> assertThat(f.state()).isEqualTo(State.UNKNOWN))
                .satisfies(f -> assertThat(f.output()).contains("user: aramaki-nobody"));
    }

    @Test
    void anInterruptedCallerLeavesNothing() throws Exception {
        var task = new FutureTask<>(() -> run(LONG, "sleep " + sleep));
        Thread caller = Thread.ofVirtual().start(task);
        await().until(() -> !PluginFolder.alive(sleep).isEmpty());

        caller.interrupt();

        assertThatThrownBy(task::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(PluginFolder.alive(sleep)).isEmpty();
    }

    @Test
    void manyRunsAtOnceDoNotDisturbEachOther() throws Exception {
        Path script = folder.script("check_echo", "echo \"$1\"; exit 1");
        var tasks = new ArrayList<FutureTask<Finding>>();
        for (int i = 0; i < 20; i++) {
            String word = "run " + i;
            var task = new FutureTask<>(() -> runner.run(List.of(script.toString(), word), LONG));
            tasks.add(task);
            Thread.ofVirtual().start(task);
        }
        for (int i = 0; i < tasks.size(); i++) {
            assertThat(tasks.get(i).get()).isEqualTo(Finding.of(State.WARNING, "run " + i));
        }
    }
}
