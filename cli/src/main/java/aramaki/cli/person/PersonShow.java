package aramaki.cli.person;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows one person.
@Command(
        name = "show",
        description = "Show one person, and how they sign in.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki person show bo", "  aramaki person show bo --json=state"})
final class PersonShow implements Callable<Integer> {
    private final Shell shell;

    @Parameters(index = "0", paramLabel = "NAME", description = "The person.")
    private String name = "";

    PersonShow(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var person = shell.api().get(Route.to("people", name));
        shell.output()
                .show(
                        person,
                        List.of(
                                Part.text(person, "name"),
                                Part.text(person, "title"),
                                Part.text(person, "id"),
                                Part.text(person, "role"),
                                Part.text(person, "state"),
                                Part.time(person, "since"),
                                Part.time(person, "seenAt"),
                                Part.text(person, "passkeys"),
                                Part.text(person, "identities"),
                                Part.text(person, "password"),
                                Part.text(person, "codes"),
                                Part.text(person, "sessions"),
                                Part.text(person, "tokens")));
        return ExitCode.DONE.number();
    }
}
