package aramaki.agent;

import aramaki.protocol.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `aramaki-agent status`: how the agent on this host stands. Exit code 1 when it does not run.
@Command(
        name = "status",
        description = "Shows how the agent on this host stands.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  aramaki-agent status", "  aramaki-agent status --json"})
final class StatusCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", paramLabel = "DIR", description = "The agent's folder.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var home = Home.at(data);
        var identity = home.identity();
        var written = new StatusFile(home.status()).read();
        Instant now = InstantSource.system().instant();
        boolean running =
                written.isPresent()
                        && written.get().at().plus(StatusFile.OLD).isAfter(now)
                        && ProcessHandle.of(written.get().pid()).isPresent();
        var out = spec.commandLine().getOut();
        if (json) {
            var all = new LinkedHashMap<String, Object>();
            all.put("running", running);
            all.put("server", identity.server().toString());
            all.put("instance", identity.instance());
            all.put("name", identity.name());
            written.ifPresent(status -> all.put("last", status));
            out.println(Json.pretty(all));
        } else {
            out.println("agent     " + identity.name());
            out.println("server    " + identity.server());
            out.println("running   " + (running ? "yes" : "no"));
            written.ifPresent(status -> print(status, now, out));
        }
        return running ? AgentMain.DONE : AgentMain.FAILED;
    }

    private static void print(StatusFile.Status status, Instant now, PrintWriter out) {
        String since = " for " + age(status.since(), status.at());
        out.println("as of     " + age(status.at(), now) + " ago");
        out.println("connected " + (status.connected() ? "yes," : "no,") + since);
        Instant ack = status.lastAck();
        out.println("last ack  " + (ack == null ? "never" : age(ack, now) + " ago"));
        out.println("checks    " + status.checks());
        Instant until = status.pausedUntil();
        if (until != null && until.isAfter(now)) {
            out.println("paused    until " + until + " by " + status.pause());
        }
        out.println("spool     " + status.unacknowledged() + " results not yet at the server");
        out.println("policy    " + status.policy());
        if (status.trouble() != null) {
            out.println("trouble   " + status.trouble());
        }
        if (status.lastError() != null && !status.connected()) {
            out.println("error     " + status.lastError());
        }
    }

    private static String age(Instant from, Instant to) {
        var age = Duration.between(from, to);
        long seconds = Math.max(0, age.toSeconds());
        return seconds < 120
                ? seconds + " s"
                : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
