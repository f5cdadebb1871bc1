package aramaki.agent.observe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.agent.observe.plugin.PluginRunner;
import aramaki.agent.observe.probe.Probes;
import aramaki.agent.observe.probe.log.Positions;
import aramaki.agent.policy.HostPolicy;
import aramaki.agent.policy.Rights;
import aramaki.model.Refusal;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.Output;
import aramaki.model.observation.ProbeKind;
import aramaki.protocol.agent.ServerMessage.Assignment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs one check as its assignment and the host's policy say. Any number may run at once.
public final class CheckRunner {
    private static final int MAX_REFUSAL = 2000;

    private final HostPolicy policy;
    private final PluginRunner plugins;
    private final Probes probes;
    private final Positions positions;
    private final InstantSource clock;

    CheckRunner(
            HostPolicy policy,
            PluginRunner plugins,
            Probes probes,
            Positions positions,
            InstantSource clock) {
        this.policy = policy;
        this.positions = positions;
        this.plugins = plugins;
        this.probes = probes;
        this.clock = clock;
    }

    /// Finds out once what this host permits, for which it starts processes.
    ///
    /// @param folder the agent's own, where probes keep what they must remember
    public static CheckRunner of(HostPolicy policy, Path folder, InstantSource clock) {
        var positions = new Positions(folder.resolve("log-positions"));
        return new CheckRunner(
                policy,
                PluginRunner.of(Rights.of(policy.user())),
                Probes.here(clock, positions, policy::log),
                positions,
                clock);
    }

    /// Whatever is wrong with a check is its result. Interrupting the caller ends the run, and
    /// everything it started, without one.
    public Observed run(Assignment assignment) throws InterruptedException {
        Instant started = clock.instant();
        Finding finding;
        try {
            finding = find(assignment, started);
        } catch (Refusal refusal) {
            finding = Finding.unknown(Text.line(refusal.text(), MAX_REFUSAL));
        }
        return Observed.of(finding, started, clock.instant());
    }

    /// The result of that run is on disk: what was counted for it is never counted again.
    public void kept(CheckKey check, Instant started) {
        positions.kept(check.toString(), started);
    }

    /// The result of that run is gone: what was counted for it is to be counted again.
    public void lost(CheckKey check, Instant started) {
        positions.lost(check.toString(), started);
    }

    private Finding find(Assignment assignment, Instant started) throws InterruptedException {
        List<String> command = assignment.command();
        String probe = assignment.probe();
        if ((command == null) == (probe == null)) {
            throw bad("a check has either a command or a probe; this one has both or neither");
        }
        if (assignment.timeoutMillis() <= 0) {
            throw bad("timeout: " + assignment.timeoutMillis() + " ms; it must be above zero");
        }
        var timeout = Duration.ofMillis(assignment.timeoutMillis());
        var templates = new Templates(given(assignment.values()));
        return command != null
                ? plugin(templates.command(whole(command)), form(assignment.output()), timeout)
                : probe(
                        String.valueOf(probe),
                        templates.parameters(given(assignment.parameters())),
                        new Probes.Call(key(assignment), started, timeout));
    }

    private static String key(Assignment assignment) {
        return CheckKey.of(assignment.system(), assignment.entity(), assignment.check()).toString();
    }

    private static Output form(@Nullable String word) {
        return word == null
                ? Output.NAGIOS
                : Output.ofWord(word)
                        .orElseThrow(() -> bad("output: \"" + word + "\" must be nagios or json"));
    }

    private Finding plugin(List<String> command, Output form, Duration timeout)
            throws InterruptedException {
        var argv = new ArrayList<>(command);
        argv.set(0, policy.plugin(command.getFirst()).toString());
        return plugins.run(argv, form, timeout);
    }

    private Finding probe(String word, Map<String, String> parameters, Probes.Call call)
            throws InterruptedException {
        ProbeKind kind =
                ProbeKind.find(word)
                        .orElseThrow(
                                () ->
                                        bad(
                                                "probe: there is no probe "
                                                        + word
                                                        + "; there are "
                                                        + ProbeKind.words()));
        if (!policy.permits(kind)) {
            throw new Refusal(
                    Refusal.Reason.FORBIDDEN,
                    "host-policy",
                    "this host's policy does not permit the probe " + word);
        }
        return probes.run(kind, parameters, call);
    }

    /// Messages come from outside: what they leave out is null whatever the types say.
    private static Map<String, String> given(@Nullable Map<String, String> map) {
        if (map == null) {
            return Map.of();
        }
        map.forEach(
                (name, value) -> {
                    if (value == null) {
                        throw bad(name + ": the value is null; it must be a text");
                    }
                });
        return map;
    }

    private static List<String> whole(List<String> command) {
        if (command.stream().anyMatch(word -> word == null || word.indexOf('\0') >= 0)) {
            throw bad("command: a word is null or holds a NUL character; it must be a text");
        }
        return command;
    }

    private static Refusal bad(String message) {
        return Refusal.invalid("bad-check", message);
    }
}
