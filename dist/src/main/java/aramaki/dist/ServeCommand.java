package aramaki.dist;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Profile;
import aramaki.cli.api.Profiles;
import aramaki.cli.api.ServerUrl;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.server.Server;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `aramaki serve`: a server in the foreground, and nothing beside it.
@Command(
        name = "serve",
        description = "Run a server.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki serve --data /var/lib/aramaki --port 8700"})
final class ServeCommand implements Callable<Integer> {
    private final Shell shell;
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ServeOptions options = new ServeOptions();

    ServeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        var stop = new StopSignal();
        try (var server =
                new Server(
                        options.settings(),
                        Clock.tickMillis(ZoneOffset.UTC),
                        CommandTable.of(spec))) {
            server.start();
            announce(server, shell);
            stop.await();
        } finally {
            stop.done();
        }
        return ExitCode.DONE.number();
    }

    /// Writes the profile that lets the command line work at once, and says where we are.
    static void announce(Server server, Shell shell) {
        var owner = server.owner();
        var url = ServerUrl.parse(server.localUrl().toString());
        var profiles = Profiles.of(System.getenv());
        boolean known =
                profiles.find(url).flatMap(p -> server.access().byToken(p.token())).isPresent();
        if (!known) {
            var token = server.access().newLocalToken(owner);
            profiles.write(new Profile(url, token));
        }
        shell.terminal().out().println("ready: " + server.localUrl());
        if (!server.url().equals(server.localUrl())) {
            shell.terminal().out().println("people and agents: " + server.url());
        }
        shell.terminal().out().println("sign in once, within 15 minutes: " + server.signInLink());
        shell.terminal().out().flush();
    }
}
