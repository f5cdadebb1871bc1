package aramaki.cli.agent;

import aramaki.cli.shell.Noun;
import aramaki.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The noun `agent`.
@Command(name = "agent", description = "The programs on our hosts.")
public final class AgentCommand extends Noun {
    public static CommandLine with(Shell shell) {
        return Noun.of(
                new AgentCommand(),
                new AgentList(shell),
                new AgentShow(shell),
                new AgentInvite(shell),
                new AgentPause(shell),
                new AgentRevoke(shell));
    }
}
