package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.agent.observe.plugin.PluginRunner;
import aramaki.agent.observe.probe.log.Positions;
import aramaki.agent.observe.probe.tls.Anchors;
import aramaki.agent.policy.Rights;
import aramaki.model.Refusal;
import aramaki.model.observation.ProbeKind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/// Runs probes, each in its time.
public final class Probes {
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    private final HostFiles files;
    private final PluginRunner programs;
    private final InstantSource clock;
    private final Positions positions;
    private final UnaryOperator<Path> logs;
    private final Anchors anchors = new Anchors();
    private final SystemProgram ping = SystemProgram.of("ping", "iputils-ping");
    private final SystemProgram systemctl = SystemProgram.of("systemctl", "systemd");

    /// Which run it is.
    ///
    /// @param check whose run, by a key that no other check of this agent has
    public record Call(String check, Instant started, Duration timeout) {}

    Probes(
            HostFiles files,
            PluginRunner programs,
            InstantSource clock,
            Positions positions,
            UnaryOperator<Path> logs) {
        this.files = files;
        this.programs = programs;
        this.clock = clock;
        this.positions = positions;
        this.logs = logs;
    }

    /// The probes of this host, with the agent's own rights.
    ///
    /// @param logs gives the log to read for a path, or refuses it
    public static Probes here(InstantSource clock, Positions positions, UnaryOperator<Path> logs) {
        return new Probes(
                new HostFiles(Path.of("/proc")),
                PluginRunner.of(new Rights.Own(System.getProperty("user.name", ""))),
                clock,
                positions,
                logs);
    }

    /// Refuses parameters that are wrong. Interrupting the caller gives the probe up.
    public Finding run(ProbeKind kind, Map<String, String> given, Call call)
            throws InterruptedException {
        Duration timeout = call.timeout();
        Probe probe = probe(Parameters.of(kind, given), call);
        // On a thread of its own, as nothing ends a look into a dead file system or a slow
        // resolver.
        var task = new FutureTask<>(probe::find);
        Thread.ofVirtual().name("probe " + kind.word()).start(task);
        try {
            Finding finding = task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            probe.taken();
            return finding;
        } catch (TimeoutException e) {
            return Finding.of(
                    probe.silence(),
                    "timed out after " + Text.number(timeout.toMillis() / 1000.0) + " s");
        } catch (ExecutionException e) {
            return failed(Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            task.cancel(true);
        }
    }

    private Probe probe(Parameters parameters, Call call) {
        Duration timeout = call.timeout();
        return switch (parameters.kind()) {
            case HTTP -> HttpProbe.of(parameters);
            case TCP -> TcpProbe.of(parameters, timeout);
            case DISK -> DiskProbe.of(parameters, programs, timeout);
            case LOAD -> LoadProbe.of(parameters, files);
            case MEMORY -> new MemoryProbe(parameters.thresholds(), files);
            case SWAP -> new SwapProbe(parameters.thresholds(), files);
            case PROCESS -> ProcessProbe.of(parameters, files);
            case UPTIME -> new UptimeProbe(parameters.thresholds(), files);
            case TLS -> TlsProbe.of(parameters, timeout, anchors, clock);
            case DNS -> DnsProbe.of(parameters, timeout, RESOLV_CONF);
            case ICMP -> IcmpProbe.of(parameters, ping, programs, timeout);
            case FILE_AGE -> FileAgeProbe.of(parameters, clock);
            case SMTP -> BannerProbe.of(BannerProbe.Protocol.SMTP, parameters, timeout);
            case IMAP -> BannerProbe.of(BannerProbe.Protocol.IMAP, parameters, timeout);
            case SSH -> BannerProbe.of(BannerProbe.Protocol.SSH, parameters, timeout);
            case NTP -> NtpProbe.of(parameters, timeout, clock);
            case PORT -> PortProbe.of(parameters, files);
            case SYSTEMD ->
                    SystemdProbe.of(parameters, systemctl, programs, SystemdProbe.BOOTED, timeout);
            case PROMETHEUS -> PrometheusProbe.of(parameters);
            case LOG -> LogProbe.of(parameters, positions, call, logs);
        };
    }

    private static Finding failed(Throwable cause) {
        return switch (cause) {
            case Refusal refusal -> Finding.unknown(refusal.text());
            case FileSystemException e ->
                    Finding.unknown("could not look: " + Text.line(e.toString(), 500));
            case IOException e ->
                    Finding.unknown(
                            Text.line(
                                    Objects.requireNonNullElse(
                                            e.getMessage(), "could not look: " + e),
                                    500));
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> Finding.unknown("could not look: " + Text.line(cause.toString(), 500));
        };
    }
}
