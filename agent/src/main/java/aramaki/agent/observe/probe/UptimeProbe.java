package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Measures for how long the host has been up.
record UptimeProbe(Thresholds thresholds, HostFiles files) implements Probe {
    @Override
    public Finding find() throws IOException {
        double seconds = Double.parseDouble(files.read("uptime").split(" ")[0]);
        var up = Duration.ofSeconds((long) seconds);
        return new Finding(
                thresholds.state(seconds),
                "up "
                        + up.toDaysPart()
                        + " d "
                        + up.toHoursPart()
                        + " h "
                        + up.toMinutesPart()
                        + " min",
                List.of(thresholds.metric("uptime", seconds, "s")));
    }
}
