package aramaki.agent;

import aramaki.agent.input.DropIn;
import aramaki.agent.input.SensuSocket;
import aramaki.agent.link.Agent;
import aramaki.agent.link.HostFacts;
import aramaki.agent.log.Log;
import aramaki.agent.spool.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `aramaki-agent run`: the agent itself, until it is told to stop.
@Command(
        name = "run",
        description = "Runs the checks of this host and sends what they see.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private final CheckRunning checks;

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

    RunCommand(CheckRunning checks) {
        this.checks = checks;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var clock = InstantSource.system();
        var log = Log.to(System.err, clock);
        var home = Home.at(data);
        var identity = home.identity();
        var prepared = checks.open(Home.policy(policy));
        try (var http = SharedHttp.open()) {
            var shared = new Agent.Shared(http, clock, new Random(), log, _ -> {});
            var host = HostFacts.ofThisHost(AgentVersion.text(), prepared.policy());
            var agent =
                    Agent.start(
                            shared,
                            identity,
                            host,
                            prepared.runner(),
                            home.folder(),
                            Limits.DEFAULT);
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
                agent.stop();
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
        do {
            writeStatus(agent, home, policy, clock, log);
        } while (!stop.asked(StatusFile.EVERY));
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
