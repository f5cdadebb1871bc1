package aramaki.cli.agent;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Column;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows one agent.
@Command(
        name = "show",
        description = "Show one agent: its host, its checks, what it refused.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki agent show web1", "  aramaki agent show web1 --json=facts,policy"})
final class AgentShow implements Callable<Integer> {

    private static final List<Column> CHECKS =
            List.of(
                    Column.text("SYSTEM", "system"),
                    Column.text("ENTITY", "entity"),
                    Column.text("CHECK", "check"));
    private static final List<Column> REFUSALS =
            List.of(
                    Column.time("AT", "at"),
                    Column.text("SEQ", "seq"),
                    Column.text("REASON", "reason"));

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "NAME", description = "The agent.")
    private String name = "";

    AgentShow(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var agent = shell.api().get(Route.to("agents", name));
        shell.output()
                .show(
                        agent,
                        List.of(
                                Part.text(agent, "name"),
                                Part.state(agent, "state"),
                                Part.text(agent, "planned"),
                                Part.text(agent, "home"),
                                Part.text(agent, "systems"),
                                Part.text(agent, "labels"),
                                Part.text(agent, "version"),
                                Part.text(agent, "policy"),
                                Part.text(agent, "facts"),
                                Part.time(agent, "joinedAt"),
                                Part.time(agent, "seenAt"),
                                Part.text(agent, "spoolEpoch"),
                                Part.text(agent, "position"),
                                Part.text(agent, "refusedResults"),
                                Part.table("check", CHECKS, agent.path("checks")),
                                Part.table("refusal", REFUSALS, agent.path("refusals"))));

        return ExitCode.DONE.number();
    }
}
