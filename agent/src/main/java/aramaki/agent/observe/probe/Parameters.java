package aramaki.agent.observe.probe;

import aramaki.agent.observe.probe.net.Peer;
import aramaki.model.Refusal;
import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.Range;
import aramaki.model.observation.State;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The parameters of one probe, read as what they mean; refuses a wrong one by its name.
record Parameters(ProbeKind kind, Map<String, String> given) {
    static Parameters of(ProbeKind kind, Map<String, String> given) {
        kind.problem(given.keySet())
                .ifPresent(
                        problem -> {
                            throw Refusal.invalid("bad-probe", problem);
                        });
        var parameters = new Parameters(kind, given);
        for (ProbeKind.Parameter parameter : kind.parameters()) {
            String value = given.get(parameter.name());
            if (value != null && parameter.problem(value).isPresent()) {
                throw parameters.wrong(parameter.name(), parameter.form().right());
            }
        }
        return parameters;
    }

    Peer peer(Duration timeout) {
        return new Peer(text("host").strip(), number("port", 1, 65535), timeout);
    }

    /// As given, else its fallback; empty where there is none.
    String text(String name) {
        return given.getOrDefault(
                name, kind.parameter(name).map(ProbeKind.Parameter::fallback).orElse(""));
    }

    Thresholds thresholds() {
        return new Thresholds(range("warn"), range("crit"));
    }

    Optional<Range> range(String name) {
        return range(name, text(name));
    }

    Optional<Range> range(String name, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Range.parse(text.strip())
                        .orElseThrow(() -> wrong(name, "a range such as 80, 10: or @10:20")));
    }

    int number(String name, int from, int to) {
        String text = text(name);
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= from && number <= to) {
                return number;
            }
        }
        throw wrong(name, "a whole number from " + from + " to " + to);
    }

    State state(String name) {
        return switch (text(name)) {
            case "ok" -> State.OK;
            case "warning" -> State.WARNING;
            case "critical" -> State.CRITICAL;
            case "unknown" -> State.UNKNOWN;
            default -> throw wrong(name, "ok, warning, critical or unknown");
        };
    }

    boolean flag(String name) {
        return switch (text(name)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, "true or false");
        };
    }

    Refusal wrong(String name, String right) {
        return Refusal.invalid(
                "bad-probe",
                name
                        + ": \""
                        + text(name)
                        + "\" is not what the probe "
                        + kind.word()
                        + " needs: "
                        + right);
    }
}
