package aramaki.cli.token;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.grant.GrantTerms;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Durations;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a token for a program.
@Command(
        name = "add",
        description = {
            "Make a token for a program that acts for you.",
            "It may do what you may; with --system and the like only that, as grants of its own."
        },
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki token add backup --expires 90d",
            "  aramaki token add backup --expires 1h > token",
            "  aramaki token add deploy --expires 90d --system shop --can read,note"
        })
final class TokenAdd implements Callable<Integer> {
    private final Shell shell;

    @Parameters(index = "0", paramLabel = "NAME", description = "What it is for.")
    private String name = "";

    @Option(
            names = "--expires",
            required = true,
            paramLabel = "DURATION",
            description = "How long it is valid, such as 12h or 90d; a year at most.")
    private String expires = "";

    @Mixin private GrantTerms terms = new GrantTerms();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; otherwise its name.")
    private Optional<String> reason = Optional.empty();

    TokenAdd(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        ObjectNode wanted =
                Json.mapper()
                        .createObjectNode()
                        .put("name", name)
                        .put("expiresIn", Durations.require(expires));
        if (terms.said()) {
            var grant = wanted.putArray("grants").addObject();
            terms.into(grant);
            grant.put("reason", reason.orElse(name)).put("expiresIn", Durations.require(expires));
        }
        var made = shell.api().post(Route.to("tokens"), wanted);
        shell.output().value(made, Cell.string(made.path("token")));
        String until = Cell.instant(made.path("expiresAt")).map(shell.ages()::of).orElse("soon");
        shell.say("it is a secret, shown once, and expires " + until);
        return ExitCode.DONE.number();
    }
}
