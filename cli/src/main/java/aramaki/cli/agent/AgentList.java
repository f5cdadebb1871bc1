package aramaki.cli.agent;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Column;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Limit;
import aramaki.cli.shell.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists the agents.
@Command(
        name = "list",
        description = "List the agents.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki agent list", "  aramaki agent list --json=name,state,seenAt"})
final class AgentList implements Callable<Integer> {

    private static final List<Column> COLUMNS =
            List.of(
                    Column.state("STATE", "state"),
                    Column.text("NAME", "name"),
                    Column.text("SYSTEMS", "systems"),
                    Column.text("VERSION", "version"),
                    Column.time("SEEN", "seenAt"),
                    Column.text("LABELS", "labels"));

    private final Shell shell;

    @Mixin private Limit limit = new Limit();

    AgentList(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        shell.list(
                "agents",
                Route.to("agents"),
                limit,
                COLUMNS,
                "invite one: aramaki agent invite --system SYSTEM");

        return ExitCode.DONE.number();
    }
}
