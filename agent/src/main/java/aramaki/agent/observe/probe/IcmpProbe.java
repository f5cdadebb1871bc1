package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.agent.observe.plugin.PluginRunner;
import aramaki.model.Refusal;
import aramaki.model.observation.Metric;
import aramaki.model.observation.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pings a host by the system's own `ping`, which has the rights for it that an agent has not.
record IcmpProbe(
        String host,
        int count,
        Thresholds loss,
        Thresholds rtt,
        SystemProgram ping,
        PluginRunner programs,
        Duration timeout)
        implements Probe {
    /// What everybody may use.
    private static final double INTERVAL = 0.2;

    private static final int MAX_WAIT_SECONDS = 3;

    private static final Pattern SUMMARY =
            Pattern.compile(
                    "(?m)^([0-9]{1,6}) packets transmitted, ([0-9]{1,6}) (?:packets )?received,"
                            + ".*?([0-9]{1,3}(?:\\.[0-9]+)?)% packet loss");
    private static final Pattern ROUND_TRIP =
            Pattern.compile(
                    "(?m)^(?:rtt|round-trip) min/avg/max(?:/mdev)? ="
                            + " ([0-9]+\\.[0-9]+)/([0-9]+\\.[0-9]+)/([0-9]+\\.[0-9]+)"
                            + "(?:/[0-9.]+)? ms");
    private static final Pattern NOT_PERMITTED =
            Pattern.compile("(?i)operation not permitted|permission denied|cap_net_raw");
    private static final Pattern UNKNOWN_NAME =
            Pattern.compile(
                    "(?i)name or service not known|temporary failure in name resolution|bad address"
                            + "|no address associated|unknown host");

    static IcmpProbe of(
            Parameters parameters, SystemProgram ping, PluginRunner programs, Duration timeout) {
        int count = parameters.number("count", 1, 50);
        var probe =
                new IcmpProbe(
                        parameters.text("host").strip(),
                        count,
                        parameters.thresholds(),
                        new Thresholds(parameters.range("rttWarn"), parameters.range("rttCrit")),
                        ping,
                        programs,
                        timeout);
        if (probe.waitSeconds() < 1) {
            throw Refusal.invalid(
                    "bad-probe",
                    "count: "
                            + count
                            + " packets, 0.2 s apart, and a second for the last answer do not fit"
                            + " into the check's timeout of "
                            + Text.number(timeout.toMillis() / 1000.0)
                            + " s");
        }
        return probe;
    }

    @Override
    public Finding find() throws InterruptedException {
        var argv = new ArrayList<String>();
        argv.add(ping.path().toString());
        argv.addAll(List.of("-n", "-q", "-c", "" + count));
        argv.addAll(List.of("-i", String.format(Locale.ROOT, "%.1f", INTERVAL)));
        argv.addAll(List.of("-W", "" + waitSeconds(), "--", host));
        return understand(programs.run(argv, timeout));
    }

    private int waitSeconds() {
        double left = timeout.toMillis() / 1000.0 - count * INTERVAL - 0.3;
        return (int) Math.min(MAX_WAIT_SECONDS, Math.floor(left));
    }

    /// What `ping` exits with says less than what it prints.
    private Finding understand(Finding told) {
        Matcher summary = SUMMARY.matcher(told.output());
        if (!summary.find() || summary.group(1).equals("0")) {
            return misunderstood(Text.line(told.output(), 300));
        }
        long sent = Long.parseLong(summary.group(1));
        long received = Long.parseLong(summary.group(2));
        double lost = 100.0 * Math.max(0, sent - received) / sent;
        Matcher times = ROUND_TRIP.matcher(told.output());
        return times.find()
                ? answered(lost, sent - received, sent, times)
                : new Finding(
                        loss.state(lost),
                        lossWords(lost, sent - received, sent),
                        List.of(loss.metric("loss", lost, "%")));
    }

    private Finding answered(double lost, long missing, long sent, Matcher times) {
        double mean = Double.parseDouble(times.group(2)) / 1000;
        double longest = Double.parseDouble(times.group(3)) / 1000;
        List<Metric> metrics =
                List.of(
                        loss.metric("loss", lost, "%"),
                        rtt.metric("rtt", mean, "s"),
                        Thresholds.of("rtt_max", longest, "s"));
        return new Finding(
                State.worst(List.of(loss.state(lost), rtt.state(mean))),
                lossWords(lost, missing, sent)
                        + "; round trip "
                        + milliseconds(mean)
                        + rtt.limit(mean, IcmpProbe::milliseconds)
                        + ", at most "
                        + milliseconds(longest),
                metrics);
    }

    private String lossWords(double lost, long missing, long sent) {
        return host
                + ": "
                + (missing == sent
                        ? "no answer to " + sent + " packets"
                        : missing + " of " + sent + " packets lost (" + Text.number(lost) + " %)")
                + loss.limit(lost, limit -> Text.number(limit) + " %");
    }

    private Finding misunderstood(String output) {
        if (NOT_PERMITTED.matcher(output).find()) {
            return Finding.unknown(
                    host
                            + ": the agent's user may not ping on this host ("
                            + output
                            + "); allow it by setcap cap_net_raw+ep "
                            + ping.path()
                            + " or by sysctl net.ipv4.ping_group_range");
        }
        if (UNKNOWN_NAME.matcher(output).find()) {
            return Finding.of(State.CRITICAL, host + ": the host's name is not known");
        }
        return Finding.unknown(host + ": ping said: " + (output.isEmpty() ? "nothing" : output));
    }

    private static String milliseconds(double seconds) {
        return Text.number(seconds * 1000) + " ms";
    }
}
