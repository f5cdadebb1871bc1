package aramaki.cli.person;

import aramaki.cli.api.Api;
import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.api.Profile;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Keeps a token for a server, once the server has accepted it.
@Command(
        name = "login",
        description =
                "Sign in with a token, from stdin or --token-file; or get a link for a browser.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki login --server https://ops.example.org < token",
            "  aramaki login --server https://ops.example.org --ca ca.pem --token-file ~/token",
            "  aramaki login --link"
        })
final class Login implements Callable<Integer> {

    private final Shell shell;

    @Option(
            names = "--link",
            description = "Print a link that signs this person in at a browser, once.")
    private boolean link;

    Login(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (link) {
            return printLink();
        }
        var server = shell.server();
        String token = shell.globals().tokenFile().map(Shell::tokenIn).orElseGet(this::typed);
        var authorities = shell.authorities(server).map(Path::toAbsolutePath);
        var me = new Api(server, Optional.of(token), authorities).get(Route.to("whoami"));
        var file = shell.profiles().write(new Profile(server, token, authorities));
        String name = Cell.string(me.path("name"));
        shell.output().show(me, List.of(Part.text(me, "person"), Part.text(me, "role")));
        shell.say("signed in at " + server + " as " + name + "; kept in " + file);

        return ExitCode.DONE.number();
    }

    private Integer printLink() {
        var made = shell.api().post(Route.to("sign-in-links"), Json.mapper().createObjectNode());
        shell.output().value(made, Cell.string(made.path("link")));
        String until = Cell.instant(made.path("expiresAt")).map(shell.ages()::of).orElse("soon");
        shell.say("it is a secret, works once, and expires " + until);
        return ExitCode.DONE.number();
    }

    private String typed() {
        if (shell.terminal().inIsTerminal()) {
            if (!shell.mayAsk()) {
                throw Failure.usage(
                        "there is no token, and nobody may be asked",
                        "give one: aramaki login --token-file FILE");
            }
            shell.ask("Token for " + shell.server() + ":");
        }
        return shell.terminal()
                .readSecret()
                .filter(t -> t.matches("[\\x21-\\x7e]+"))
                .orElseThrow(
                        () ->
                                Failure.usage(
                                        "stdin does not hold a token",
                                        "give one: aramaki login < FILE"));
    }
}
