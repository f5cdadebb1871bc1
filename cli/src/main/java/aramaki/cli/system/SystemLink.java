package aramaki.cli.system;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lets a system aggregate another one.
@Command(
        name = "link",
        description = "Let a system aggregate another one.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki system link shop shop-production"})
final class SystemLink implements Callable<Integer> {

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "NAME", description = "The system above.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "SUBSYSTEM",
            description = "The system below, or NAME@PEER.")
    private String subsystem = "";

    SystemLink(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var system =
                shell.api()
                        .post(
                                Route.to("systems", name, "subsystems"),
                                Json.mapper().createObjectNode().put("subsystem", subsystem));
        shell.output().value(system, Cell.string(system.path("name")));
        shell.say(name + " now aggregates " + subsystem);

        return ExitCode.DONE.number();
    }
}
