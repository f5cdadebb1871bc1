package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.agent.observe.probe.log.LogReader;
import aramaki.agent.observe.probe.log.Position;
import aramaki.agent.observe.probe.log.Positions;
import aramaki.model.observation.State;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Counts the new lines of a log that match a pattern. One thread looks, the one that asked takes
/// the result.
final class LogProbe implements Probe {
    private static final int MAX_LAST = 500;

    private final Path log;
    private final Pattern pattern;
    private final Optional<Pattern> ignore;
    private final State missing;
    private final Thresholds thresholds;
    private final Positions positions;
    private final Probes.Call call;
    private final UnaryOperator<Path> permitted;
    private long matches;
    private byte[] last = {};
    private volatile @Nullable Position reached;

    private LogProbe(
            Parameters parameters,
            Positions positions,
            Probes.Call call,
            UnaryOperator<Path> permitted) {
        this.log = Path.of(parameters.text("path"));
        this.pattern = pattern(parameters, "pattern");
        this.ignore =
                parameters.text("ignore").isEmpty()
                        ? Optional.empty()
                        : Optional.of(pattern(parameters, "ignore"));
        this.missing = parameters.state("missing");
        this.thresholds = parameters.thresholds();
        this.positions = positions;
        this.call = call;
        this.permitted = permitted;
    }

    /// @param permitted refuses a log that the host's policy keeps to itself
    static LogProbe of(
            Parameters parameters,
            Positions positions,
            Probes.Call call,
            UnaryOperator<Path> permitted) {
        return new LogProbe(parameters, positions, call, permitted);
    }

    @Override
    public Finding find() throws IOException {
        try {
            // Half the time for the reading, so that it ends before it is ended.
            var reader =
                    new LogReader(
                            permitted.apply(log),
                            LogReader.MAX_BYTES,
                            call.timeout().dividedBy(2),
                            this::take);
            LogReader.Look look = reader.look(positions.next(call.check()));
            reached = look.reached();
            return judge(look);
        } catch (FileNotFoundException e) {
            if (positions.next(call.check()).filter(this::ofThisLog).isEmpty()) {
                reached = Position.before(log.toString());
            }
            return Finding.of(missing, log + " is not there");
        }
    }

    @Override
    public void taken() {
        Position position = reached;
        if (position != null) {
            positions.reached(call.check(), call.started(), position);
        }
    }

    private boolean ofThisLog(Position position) {
        return position.path().equals(log.toString());
    }

    private void take(byte[] line) {
        if (pattern.matcher(line).find() && ignore.filter(p -> p.matcher(line).find()).isEmpty()) {
            matches++;
            last = line;
        }
    }

    private Finding judge(LogReader.Look look) {
        var output = new StringBuilder();
        if (look.first()) {
            output.append("watching " + log + " from its end on");
        } else if (matches == 0) {
            output.append("no new line of " + log + " matches " + shown(pattern));
        } else {
            output.append(matches == 1 ? "1 new line of " : matches + " new lines of ")
                    .append(log)
                    .append(matches == 1 ? " matches " : " match ")
                    .append(shown(pattern))
                    .append(thresholds.limit(matches, Text::number));
        }
        if (look.missing()) {
            output.append(
                    "; it was replaced or cut, and what was written to it before that and after"
                            + " the last look is not there any more");
        }
        if (look.behind() > 0) {
            output.append("; " + Text.size(look.behind()) + " are still to be read");
        }
        if (matches > 0) {
            int length = Math.min(last.length, 4 * MAX_LAST);
            output.append("; the last: ")
                    .append(Text.line(Text.of(Arrays.copyOf(last, length)), MAX_LAST));
        }
        return new Finding(
                thresholds.state(matches),
                output.toString(),
                List.of(
                        thresholds.metric("matches", matches, ""),
                        Thresholds.of("read", look.read(), "B"),
                        Thresholds.of("behind", look.behind(), "B")));
    }

    private static String shown(Pattern pattern) {
        return Text.line(pattern.pattern(), 200);
    }

    private static Pattern pattern(Parameters parameters, String name) {
        try {
            return Pattern.compile(parameters.text(name));
        } catch (PatternSyntaxException e) {
            throw parameters.wrong(name, "a pattern in RE2 syntax; " + e.getDescription());
        }
    }
}
