package aramaki.dist;

import aramaki.cli.api.ExitCode;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.server.Server;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `aramaki up`: everything on this machine, ready to be looked at: a server, an agent, a system
/// for this host with checks for what is found here, and a link to sign in.
@Command(
        name = "up",
        description = "Run a server and an agent on this machine.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki up", "  aramaki up --systems examples/shop --port 8800"})
final class UpCommand implements Callable<Integer> {
    private final Shell shell;
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ServeOptions options = new ServeOptions();

    @Option(names = "--no-agent", description = "Run no agent.")
    private boolean noAgent;

    UpCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var stop = new StopSignal();
        var settings = options.settings();
        Optional<LocalAgent> agent = Optional.empty();
        try (var server =
                new Server(settings, Clock.tickMillis(ZoneOffset.UTC), CommandTable.of(spec))) {
            server.start();
            var host = new HostSystem();
            host.createOnce(server);
            if (!noAgent) {
                agent = Optional.of(LocalAgent.start(server, host, settings.data(), shell));
            }
            ServeCommand.announce(server, shell);
            stop.await();
            agent.ifPresent(LocalAgent::stop);
        } finally {
            agent.ifPresent(LocalAgent::stop);
            stop.done();
        }
        return ExitCode.DONE.number();
    }
}
