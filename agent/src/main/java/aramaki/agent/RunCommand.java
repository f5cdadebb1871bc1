package aramaki.agent;

import aramaki.agent.discover.Discovery;
import aramaki.agent.host.HostFiles;
import aramaki.agent.host.HostJournal;
import aramaki.agent.host.ShutdownSigns;
import aramaki.agent.host.StopKind;
import aramaki.agent.input.DropIn;
import aramaki.agent.input.SensuSocket;
import aramaki.agent.link.Agent;
import aramaki.agent.link.HostFacts;
import aramaki.agent.link.Witness;
import aramaki.agent.log.Log;
import aramaki.agent.spool.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `aramaki-agent run`: the agent itself, until it is told to stop.
@Command(
        name = "run",
        description = "Runs the checks of this host and sends what they see.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  aramaki-agent run"})
final class RunCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST_REBOOT = Duration.ofDays(1);

    private final CheckRunning checks;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", paramLabel = "DIR", description = "The agent's folder.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "What this host allows; by default /etc/aramaki-agent/policy.yaml.")
    private Optional<Path> policy = Optional.empty();

    @Option(
            names = "--events-port",
            paramLabel = "N",
            description =
                    "Where programs on this host bring results, in the form of a Sensu agent; by"
                            + " default ${DEFAULT-VALUE}, 0 for nowhere.")
    private int eventsPort = SensuSocket.PORT;

    @Option(
            names = "--exit-with-parent",
            description = "Stop when stdin ends, which is when the process that started us ends.")
    private boolean exitWithParent;

    @Option(
            names = "--reboot-within",
            paramLabel = "LENGTH",
            defaultValue = "15m",
            description =
                    "A reboot of the host is no alarm for so long; by default 15m, at most 24h.")
    private String rebootWithin = "15m";

    RunCommand(CheckRunning checks) {
        this.checks = checks;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var back = back();
        var clock = InstantSource.system();
        var log = Log.to(System.err, clock);
        var home = Home.at(data);
        var identity = home.identity();
        var prepared = checks.open(Home.policy(policy), home.folder());
        try (var http = SharedHttp.open(home.authorities())) {
            var shared = new Agent.Shared(http, clock, new Random(), log, Witness.NONE);
            var host = HostFacts.ofThisHost(AgentVersion.text(), prepared.policy());
            var journal = new HostJournal(home.folder(), new HostFiles(Path.of("/")), log);
            var lastAlive = new StatusFile(home.status()).lastAlive();
            journal.started(AgentVersion.text(), lastAlive, clock.instant());
            var agent =
                    Agent.start(
                            shared,
                            identity,
                            host,
                            prepared.runner(),
                            home.folder(),
                            Limits.DEFAULT,
                            Optional.of(journal));
            var discovery =
                    Discovery.here(prepared.allowed(), prepared.runner(), agent::found, log);
            agent.whenAskedToLook(discovery::lookAgain);
            discovery.start();
            log.info("agent: started", "name", identity.name(), "server", identity.server());
            var stop = new PlannedStop();
            if (exitWithParent) {
                stop.whenEnds(System.in);
            }
            var dropIn = DropIn.open(home.folder().resolve("drop-in"), agent::take, log);
            var events =
                    eventsPort == 0
                            ? Optional.<SensuSocket>empty()
                            : SensuSocket.open(
                                    eventsPort,
                                    agent::take,
                                    identity.name(),
                                    AgentVersion.text(),
                                    log);
            try {
                watch(agent, home, prepared.policy(), clock, log, stop);
                events.ifPresent(SensuSocket::close);
                dropIn.close();
                discovery.close();
                var kind = ShutdownSigns.ofThisHost().kind();
                agent.stop(kind, kind == StopKind.REBOOT ? Optional.of(back) : Optional.empty());
                writeStatus(agent, home, prepared.policy(), clock, log);
                log.info("agent: stopped");
            } finally {
                http.shutdownNow();
                stop.done();
            }
        }
        return AgentMain.DONE;
    }

    private static void watch(
            Agent agent, Home home, String policy, InstantSource clock, Log log, PlannedStop stop)
            throws IOException, InterruptedException {
        long looks = 0;
        do {
            agent.look();
            if (looks++ % StatusFile.LOOKS == 0) {
                writeStatus(agent, home, policy, clock, log);
            }
        } while (!stop.asked(LOOK));
    }

    private Duration back() {
        return Lengths.parse(rebootWithin)
                .filter(d -> d.compareTo(LONGEST_REBOOT) <= 0)
                .orElseThrow(
                        () ->
                                new ParameterException(
                                        spec.commandLine(),
                                        "--reboot-within \""
                                                + rebootWithin
                                                + "\": write for instance 15m, at most 24h"));
    }

    private static void writeStatus(
            Agent agent, Home home, String policy, InstantSource clock, Log log)
            throws IOException {
        var member = home.membership();
        if (member.isPresent()) {
            var status = StatusFile.of(agent, member.get(), policy, clock.instant());
            new StatusFile(home.status()).write(status, log);
        }
    }
}
