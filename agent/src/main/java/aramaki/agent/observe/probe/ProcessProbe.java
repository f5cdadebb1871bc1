package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.model.Refusal;
import aramaki.model.observation.Range;
import aramaki.model.observation.State;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Counts the processes of a name, or with a text in their command line, without the agent's own.
record ProcessProbe(String what, Predicate<HostFiles.Running> wanted, Range right, HostFiles files)
        implements Probe {
    private static final int MOST = 1_000_000;

    static ProcessProbe of(Parameters parameters, HostFiles files) {
        String name = parameters.text("name");
        String pattern = parameters.text("pattern");
        if (name.isBlank() && pattern.isBlank()) {
            throw Refusal.invalid(
                    "bad-probe", "name: it is empty; it must be a program's name, such as nginx");
        }
        int min = parameters.number("min", 0, MOST);
        boolean limited = !parameters.text("max").isEmpty();
        if (limited && parameters.number("max", 0, MOST) < min) {
            throw parameters.wrong("max", "a number not below min, which is " + min);
        }
        var right =
                new Range(
                        min,
                        limited ? parameters.number("max", 0, MOST) : Double.POSITIVE_INFINITY,
                        false);
        return name.isBlank()
                ? new ProcessProbe(
                        "with \"" + pattern + "\" in their command line",
                        process -> process.commandContains(pattern),
                        right,
                        files)
                : new ProcessProbe("named " + name, process -> process.named(name), right, files);
    }

    @Override
    public Finding find() throws IOException {
        long self = ProcessHandle.current().pid();
        long count =
                files.processes().stream()
                        .filter(process -> process.pid() != self)
                        .filter(wanted)
                        .count();
        var thresholds = new Thresholds(Optional.empty(), Optional.of(right));
        State state = thresholds.state(count);
        String output = count + (count == 1 ? " process " : " processes ") + what;
        return new Finding(
                state,
                state == State.OK ? output : output + "; right would be " + rightWords(),
                List.of(thresholds.metric("count", count, "")));
    }

    private String rightWords() {
        String least = "at least " + (long) right.start();
        return right.end() == Double.POSITIVE_INFINITY
                ? least
                : least + ", at most " + (long) right.end();
    }
}
