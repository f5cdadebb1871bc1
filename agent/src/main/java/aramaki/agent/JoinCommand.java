package aramaki.agent;

import aramaki.agent.link.Greeting;
import aramaki.agent.link.Identity;
import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.protocol.agent.Handshake;
import aramaki.protocol.agent.Invite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `aramaki-agent join`: makes this host's key and becomes a member of the instance that invited
/// it.
@Command(
        name = "join",
        description = "Joins the instance that the invite names.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  aramaki-agent join INVITE", "  aramaki-agent join INVITE --name web1"})
final class JoinCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "INVITE", description = "The line `aramaki agent invite` printed.")
    private String invite = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Short name of this host; by default its host name.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--data", paramLabel = "DIR", description = "The agent's folder.")
    private Optional<Path> data = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = Home.at(data);
        var parsed = Invite.parse(invite);
        var before = home.membership();
        if (before.isPresent() && !before.get().instance().equals(parsed.instance())) {
            throw Refusal.conflict(
                    "already-joined",
                    "this agent belongs to the instance "
                            + before.get().instance()
                            + " at "
                            + before.get().server()
                            + "; to move it, stop it and remove "
                            + home.folder()
                            + ", or give another folder with --data");
        }
        String wanted = before.map(Home.Membership::name).or(() -> name).orElseGet(this::hostName);
        var me =
                new Identity(
                        parsed.server(),
                        parsed.instance(),
                        Names.require("agent", wanted),
                        home.keyForJoin());
        try (var http = SharedHttp.open()) {
            var welcome = Greeting.join(http, me, parsed);
            String id = Handshake.agentId(me.key().publicKey());
            home.store(
                    new Home.Membership(
                            parsed.server().toString(), parsed.instance(), id, welcome.name()));
            spec.commandLine()
                    .getOut()
                    .println("joined " + parsed.server() + " as " + welcome.name());
        }
        return AgentMain.DONE;
    }

    private String hostName() {
        try {
            String host = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            String shortName = host.replaceFirst("\\..*", "").replaceAll("[^a-z0-9.-]", "-");
            if (Names.isShortName(shortName)) {
                return shortName;
            }
        } catch (UnknownHostException e) {
            // Then the person has to say it.
        }
        throw Refusal.invalid("no-name", "this host has no usable name: give one with --name");
    }
}
