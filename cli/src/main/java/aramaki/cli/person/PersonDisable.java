package aramaki.cli.person;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Confirmation;
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

/// Shuts somebody out at once.
@Command(
        name = "disable",
        description = "Shut somebody out: every session, link and token of theirs ends at once.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki person disable bo",
            "  aramaki person disable bo --reason left --no-input --confirm=bo"
        })
final class PersonDisable implements Callable<Integer> {
    private final Shell shell;

    @Parameters(index = "0", paramLabel = "NAME", description = "The person.")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the timeline.")
    private Optional<String> reason = Optional.empty();

    @Option(names = "--undo", description = "Let the person in again.")
    private boolean undo;

    @Mixin private Confirmation confirmation = new Confirmation();

    PersonDisable(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (undo) {
            var person =
                    shell.api()
                            .post(
                                    Route.to("people", name, "enable"),
                                    Json.mapper().createObjectNode());
            shell.output().value(person, Cell.string(person.path("name")));
            shell.say(name + " may come in again; tokens of before stay ended");
            return ExitCode.DONE.number();
        }
        confirmation.require(shell, "Everything " + name + " has open ends at once.", name);
        ObjectNode why = Json.mapper().createObjectNode();
        reason.ifPresent(r -> why.put("reason", r));
        var person = shell.api().post(Route.to("people", name, "disable"), why);
        shell.output().value(person, Cell.string(person.path("name")));
        shell.say("shut out " + name + "; to let them in again: aramaki person disable --undo");
        return ExitCode.DONE.number();
    }
}
