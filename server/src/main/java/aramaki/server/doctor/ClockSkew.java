package aramaki.server.doctor;

import aramaki.server.agent.AgentClocks;
import aramaki.server.agent.AgentRecord;
import aramaki.server.agent.AgentRecord.Presence;
import aramaki.server.agent.Agents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Whether agents and server agree on the time.
public record ClockSkew(Agents agents, AgentClocks clocks) implements Examination {
    static final Duration LITTLE = Duration.ofSeconds(3);
    static final Duration MUCH = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "clocks";
    }

    @Override
    public String about() {
        return "The clocks of agents are within 3 s of the server's, and never 30 s off.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        return agents.all().stream()
                .filter(a -> a.presence() == Presence.CONNECTED)
                .flatMap(a -> clocks.ahead(a.id()).stream().flatMap(d -> of(a, d).stream()))
                .toList();
    }

    private static List<Complaint> of(AgentRecord agent, Duration ahead) {
        var off = ahead.abs();
        if (off.compareTo(LITTLE) <= 0) {
            return List.of();
        }
        String what =
                "The clock of "
                        + agent.name()
                        + " is "
                        + off.toSeconds()
                        + " s "
                        + (ahead.isNegative() ? "behind" : "ahead of")
                        + " the server's.";
        String why = "Results seem older or newer than they are; much older ones raise no alert.";
        String cure =
                "On both hosts: timedatectl; then: systemctl restart systemd-timesyncd (or chrony)";
        return List.of(
                off.compareTo(MUCH) > 0
                        ? Complaint.broken(what, why, cure)
                        : Complaint.advice(what, why, cure));
    }
}
