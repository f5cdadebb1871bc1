package aramaki.server.doctor;

import aramaki.model.system.ManagedSystem;
import aramaki.server.system.Systems;
import java.time.Instant;
import java.util.List;

/// Whether every system looks at something, itself or through those below.
public record SystemsWithoutChecks(Systems systems) implements Examination {
    @Override
    public String name() {
        return "empty-systems";
    }

    @Override
    public String about() {
        return "Every system has a check, or aggregates others.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        return systems.all().stream()
                .filter(SystemsWithoutChecks::isEmpty)
                .map(
                        s ->
                                Complaint.advice(
                                        "System " + s.name() + " has no check and no subsystem.",
                                        "Nobody will be told when it breaks.",
                                        s.ownedByFolder()
                                                ? "Write a file " + s.folder() + "/checks/NAME.yaml"
                                                : "See what its agents propose: aramaki check proposals"
                                                        + " --system "
                                                        + s.name()
                                                        + "; or write one: aramaki system edit "
                                                        + s.name()))
                .toList();
    }

    private static boolean isEmpty(ManagedSystem system) {
        var definition = system.definition();
        return !system.name().equals(Systems.INSTANCE)
                && definition.checks().isEmpty()
                && definition.subsystems().isEmpty()
                && definition.selections().isEmpty();
    }
}
