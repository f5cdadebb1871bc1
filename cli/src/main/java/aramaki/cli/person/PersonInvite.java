package aramaki.cli.person;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.grant.GrantTerms;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Durations;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.model.Refusal;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a link by which somebody joins, once.
@Command(
        name = "invite",
        description = "Make a link by which somebody joins this instance, once.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki person invite bo",
            "  aramaki person invite bo --title \"Bo Beispiel\" --expires 2d",
            "  aramaki person invite bo --system shop --role operator --for 8h --reason 'on call'",
            "  aramaki person invite bo --undo"
        })
final class PersonInvite implements Callable<Integer> {
    private static final int MANY = 1000;

    private final Shell shell;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "What the person will be called here.")
    private String name = "";

    @Option(names = "--title", paramLabel = "TEXT", description = "How people know them.")
    private Optional<String> title = Optional.empty();

    @Option(
            names = "--expires",
            paramLabel = "DURATION",
            description = "How long it holds, such as 2h or 7d; by default 24h.")
    private Optional<String> expires = Optional.empty();

    @Mixin private GrantTerms terms = new GrantTerms();

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "How long what they may do lasts, from when they join.")
    private Optional<String> length = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why they are given it.")
    private Optional<String> reason = Optional.empty();

    @Option(names = "--undo", description = "Take the open invitation of that name back.")
    private boolean undo;

    PersonInvite(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return undo ? takeBack() : invite();
    }

    private Integer takeBack() {
        var open = shell.api().list(Route.to("invitations"), MANY).items();
        for (var invitation : open) {
            if (Cell.string(invitation.path("name")).equals(name)) {
                shell.api().delete(Route.to("invitations", Cell.string(invitation.path("id"))));
                shell.say("the invitation for " + name + " lets nobody in any more");
                return ExitCode.DONE.number();
            }
        }
        throw Refusal.notFound("open invitation", name);
    }

    private Integer invite() {
        ObjectNode wanted = Json.mapper().createObjectNode().put("name", name);
        title.ifPresent(t -> wanted.put("title", t));
        expires.ifPresent(e -> wanted.put("expiresIn", Durations.require(e)));
        if (terms.said() || length.isPresent() || reason.isPresent()) {
            var grant = wanted.putArray("grants").addObject();
            terms.into(grant);
            grant.put("reason", reason.orElse(""));
            length.ifPresent(l -> grant.put("expiresIn", Durations.require(l)));
        }
        var made = shell.api().post(Route.to("invitations"), wanted);
        shell.output().value(made, Cell.string(made.path("link")));
        String until = Cell.instant(made.path("expiresAt")).map(shell.ages()::of).orElse("soon");
        shell.say("it is a secret for " + name + ", works once, and expires " + until);
        return ExitCode.DONE.number();
    }
}
