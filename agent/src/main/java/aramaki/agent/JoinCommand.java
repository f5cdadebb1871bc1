package aramaki.agent;

import aramaki.agent.link.Greeting;
import aramaki.agent.link.Identity;
import aramaki.agent.link.KnownKeys;
import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.protocol.agent.Handshake;
import aramaki.protocol.agent.Invite;
import aramaki.protocol.tls.PemFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final Path KERNEL_NAME = Path.of("/proc/sys/kernel/hostname");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "INVITE", description = "The line `aramaki agent invite` printed.")
    private String invite = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Short name of this host; by default its host name.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "How this host reaches the server, where that is not the address the invite"
                            + " names. The invite tells who the server must be.")
    private Optional<URI> server = Optional.empty();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "Authorities, as PEM, that are believed about the server's certificate instead"
                            + " of the public ones. Kept in the agent's folder as ca.pem.")
    private Optional<Path> authorities = Optional.empty();

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
        var chosen = before.map(Home.Membership::name).or(() -> name);
        String wanted = chosen.isPresent() ? chosen.get() : hostName();
        var address = server.orElse(parsed.server());
        var me =
                new Identity(
                        address,
                        parsed.instance(),
                        Names.require("agent", wanted),
                        home.keyForJoin());
        try (var http = SharedHttp.open(authorities.or(home::authorities))) {
            var welcome = Greeting.join(http, me, parsed, KnownKeys.in(home.folder()));
            String id = Handshake.agentId(me.key().publicKey());
            if (authorities.isPresent()) {
                home.believe(PemFile.read(authorities.get()));
            }
            home.store(
                    new Home.Membership(address.toString(), parsed.instance(), id, welcome.name()));
            spec.commandLine().getOut().println("joined " + address + " as " + welcome.name());
        }
        return AgentMain.DONE;
    }

    /// The kernel's word first, since a host need not know its own name by any resolver.
    private static String hostName() throws IOException {
        var candidates = new ArrayList<String>();
        if (Files.isReadable(KERNEL_NAME)) {
            candidates.add(Files.readString(KERNEL_NAME).strip());
        }
        try {
            candidates.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            // Then the kernel's word has to do, or the person has to say it.
        }
        return candidates.stream()
                .map(host -> host.toLowerCase(Locale.ROOT).replaceFirst("\\..*", ""))
                .map(host -> host.replaceAll("[^a-z0-9.-]", "-"))
                .filter(Names::isShortName)
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "no-name",
                                        "this host has no usable name: give one with --name"));
    }
}
