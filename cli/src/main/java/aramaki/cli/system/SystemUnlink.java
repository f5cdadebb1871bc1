package aramaki.cli.system;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Ends the aggregation of one system by another; both stay.
@Command(
        name = "unlink",
        description = "Stop aggregating a system; both stay.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki system unlink shop shop-production"})
final class SystemUnlink implements Callable<Integer> {

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "NAME", description = "The system above.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "SUBSYSTEM",
            description = "The system below, or NAME@PEER.")
    private String subsystem = "";

    SystemUnlink(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var system = shell.api().delete(Route.to("systems", name, "subsystems", subsystem));
        shell.output().value(system, Cell.string(system.path("name")));
        shell.say(name + " no longer aggregates " + subsystem);

        return ExitCode.DONE.number();
    }
}
