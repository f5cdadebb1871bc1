package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.agent.observe.probe.net.RegularFile;
import aramaki.model.observation.State;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Looks at when a file was last changed, and at its size. It is never opened.
record FileAgeProbe(Path path, State missing, Thresholds age, Thresholds size, InstantSource clock)
        implements Probe {
    static FileAgeProbe of(Parameters parameters, InstantSource clock) {
        return new FileAgeProbe(
                Path.of(parameters.text("path")),
                parameters.state("missing"),
                parameters.thresholds(),
                new Thresholds(parameters.range("sizeWarn"), parameters.range("sizeCrit")),
                clock);
    }

    @Override
    public Finding find() throws IOException {
        try {
            var file = RegularFile.look(path);
            double seconds =
                    Duration.between(file.lastModifiedTime().toInstant(), clock.instant())
                                    .toMillis()
                            / 1000.0;
            return judge(seconds, file.size());
        } catch (FileNotFoundException e) {
            return Finding.of(missing, path + " is not there");
        }
    }

    private Finding judge(double seconds, double bytes) {
        return new Finding(
                State.worst(List.of(age.state(seconds), size.state(bytes))),
                path
                        + " changed "
                        + (seconds < 0
                                ? Times.words(-seconds) + " in the future, says a clock"
                                : Times.words(seconds) + " ago")
                        + age.limit(seconds, Times::words)
                        + "; "
                        + Text.size(bytes)
                        + size.limit(bytes, Text::size),
                List.of(age.signed("age", seconds, "s"), size.metric("size", bytes, "B")));
    }
}
