package aramaki.cli.person;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Shows who the server takes us for.
@Command(
        name = "whoami",
        description = "Show who you are here, and when you last marked everything as seen.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki whoami", "  aramaki whoami --json=person,role"})
final class WhoAmI implements Callable<Integer> {

    private final Shell shell;

    WhoAmI(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var me = shell.api().get(Route.to("whoami"));
        shell.output()
                .show(
                        me,
                        List.of(
                                Part.text(me, "person"),
                                Part.text(me, "name"),
                                Part.text(me, "role"),
                                new Part.Line("server", Cell.text(shell.server().toString())),
                                Part.text(me, "instance"),
                                Part.text(me, "version"),
                                Part.time(me, "lastLook")));

        return ExitCode.DONE.number();
    }
}
