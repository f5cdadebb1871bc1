package aramaki.cli.system;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows one system.
@Command(
        name = "show",
        description = "Show one system: what it is, and what it brings.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki system show shop", "  aramaki system show shop --json=rules,links"})
final class SystemShow implements Callable<Integer> {

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "NAME", description = "The system.")
    private String name = "";

    SystemShow(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var system = shell.api().get(Route.to("systems", name));
        shell.output().show(system, SystemParts.of(system));

        return ExitCode.DONE.number();
    }
}
