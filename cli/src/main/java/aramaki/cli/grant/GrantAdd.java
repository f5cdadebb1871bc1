package aramaki.cli.grant;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
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

/// Gives a grant.
@Command(
        name = "add",
        description = "Let somebody do something to some systems, until some time.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki grant add bo --system shop --role operator --expires 8h --reason 'on call'",
            "  aramaki grant add bo --labels kind=storage --can read,ack --expires 7d --reason disks",
            "  aramaki grant add bo --system shop --role owner --emergency --expires 90d --reason oncall"
        })
final class GrantAdd implements Callable<Integer> {
    private final Shell shell;

    @Parameters(index = "0", paramLabel = "WHO", description = "A person, or another holder's id.")
    private String holder = "";

    @Mixin private GrantTerms terms = new GrantTerms();

    @Option(
            names = "--expires",
            paramLabel = "DURATION",
            required = true,
            description = "How long, such as 1h, 8h, 7d or 90d.")
    private String expires = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
    private String reason = "";

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "How often it may be passed on; not at all unless said.")
    private Optional<Integer> depth = Optional.empty();

    @Option(names = "--from", paramLabel = "GRANT", description = "The grant of yours to pass on.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--passkey", description = "Only for who signed in with a passkey.")
    private boolean passkey;

    @Option(
            names = "--emergency",
            description = "It sleeps until its holder wakes it with a reason, for an hour.")
    private boolean emergency;

    GrantAdd(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        ObjectNode wanted = Json.mapper().createObjectNode();
        wanted.put("holder", holder).put("reason", reason);
        wanted.put("expiresIn", Durations.require(expires));
        wanted.put("passkey", passkey).put("emergency", emergency);
        terms.into(wanted);
        depth.ifPresent(n -> wanted.put("depth", n));
        from.ifPresent(f -> wanted.put("from", f));
        var given = shell.api().post(Route.to("grants"), wanted);
        shell.output().value(given, Cell.string(given.path("id")));
        shell.say(Cell.string(given.path("sentence")));
        shell.say(
                "take it away: aramaki grant revoke "
                        + Cell.string(given.path("id")).substring(0, 12));
        return ExitCode.DONE.number();
    }
}
