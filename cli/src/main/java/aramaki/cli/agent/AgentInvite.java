package aramaki.cli.agent;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Durations;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Labelling;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Makes an invite: one string that lets a host join.
@Command(
        name = "invite",
        description = "Make an invite, one string to paste on the new host.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki agent invite --system shop-production --tags web,dc=north",
            "  aramaki agent invite --system shop --uses 20 --expires 1h"
        })
final class AgentInvite implements Callable<Integer> {

    private final Shell shell;

    @Option(
            names = "--system",
            paramLabel = "SYSTEM",
            description = "A system it works for. May be repeated.")
    private List<String> systems = new ArrayList<>();

    @Option(
            names = "--tags",
            paramLabel = "TAG,KEY=VALUE",
            split = ",",
            description = "Labels of its host.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--uses", paramLabel = "N", description = "How many hosts may use it.")
    private Optional<Integer> uses = Optional.empty();

    @Option(
            names = "--expires",
            paramLabel = "DURATION",
            description = "How long it holds, such as 30m, 1h or 7d.")
    private Optional<String> expires = Optional.empty();

    AgentInvite(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        ObjectNode wanted = Json.mapper().createObjectNode();
        systems.forEach(wanted.putArray("systems")::add);
        if (!tags.isEmpty()) {
            wanted.set("labels", Labelling.parse(tags));
        }
        uses.ifPresent(n -> wanted.put("uses", n));
        expires.ifPresent(e -> wanted.put("expiresIn", Durations.require(e)));
        var made = shell.api().post(Route.to("invites"), wanted);
        shell.output().value(made, Cell.string(made.path("invite")));
        String until = Cell.instant(made.path("expiresAt")).map(shell.ages()::of).orElse("never");
        shell.say("it is a secret, and expires " + until);
        shell.say("on the new host: aramaki-agent join INVITE");

        return ExitCode.DONE.number();
    }
}
