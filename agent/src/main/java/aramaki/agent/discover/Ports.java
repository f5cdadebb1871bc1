package aramaki.agent.discover;

import static aramaki.agent.discover.Candidate.probe;

import aramaki.model.observation.ProbeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Services that listen: each port, and the program behind it.
final class Ports implements Look {
    /// From here on the kernel hands out ports by itself. A listener there says little, unless its
    /// program was told to listen there.
    private static final int EPHEMERAL = 32_768;

    /// Our own programs have checks of their own.
    private static final String OWN = "aramaki.";

    @Override
    public List<Candidate> at(Host host) {
        var found = new ArrayList<Candidate>();
        var services = new TreeSet<String>();
        var configured =
                Nginx.servers(host).stream()
                        .flatMap(s -> s.listens().stream())
                        .map(NginxConfig.Listen::port)
                        .collect(Collectors.toSet());
        var units = Units.enabled(host);
        for (var listening : Listening.on(host)) {
            if (isMeant(listening, configured)) {
                service(listening).ifPresent(s -> found.add(port(listening, s)));
            }
            Service.ofProgram(listening.name())
                    .filter(s -> s.units().stream().noneMatch(units::contains))
                    .filter(s -> services.add(s.name()))
                    .ifPresent(s -> found.add(process(listening, s)));
        }
        return found;
    }

    private static boolean isMeant(Listening listening, Set<Integer> configured) {
        if (listening.port() < EPHEMERAL) {
            return true;
        }
        String number = String.valueOf(listening.port());
        return Service.ofProgram(listening.name()).isPresent()
                && (configured.contains(listening.port())
                        || listening
                                .program()
                                .filter(p -> p.argv().stream().anyMatch(w -> w.endsWith(number)))
                                .isPresent());
    }

    private static Optional<Service> service(Listening listening) {
        return listening
                .program()
                .map(
                        program ->
                                Service.ofProgram(program.name())
                                        .or(() -> Optional.of(Service.named(program.name())))
                                        .filter(_ -> !isOurs(program)))
                .orElseGet(() -> Service.ofPort(listening.port()));
    }

    private static boolean isOurs(Host.Program program) {
        return program.argv().stream().anyMatch(word -> word.startsWith(OWN));
    }

    private static Candidate port(Listening listening, Service service) {
        int port = listening.port();
        String title = service.title() + " on port " + port;
        return new Candidate(
                "port:" + port,
                Names.of(service.name() + "-" + port),
                title,
                title + " serves others; a check tells when it no longer answers.",
                (listening.name().isEmpty() ? "a program" : listening.name())
                        + " listens on "
                        + listening.words(),
                service.ways(listening),
                Candidate.SOON,
                false);
    }

    private static Candidate process(Listening listening, Service service) {
        String program = listening.name();
        return Candidate.of(
                "process:" + program,
                Names.of(service.name() + "-process"),
                service.title() + " runs",
                service.title() + " runs as " + program + "; a check tells when it is gone.",
                "a process named " + program + " that listens",
                probe(ProbeKind.PROCESS, "name", program));
    }
}
