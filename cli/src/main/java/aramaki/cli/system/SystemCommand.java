package aramaki.cli.system;

import aramaki.cli.shell.Noun;
import aramaki.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The noun `system`.
@Command(name = "system", description = "The things we manage, and how they stand.")
public final class SystemCommand extends Noun {
    public static CommandLine with(Shell shell) {
        return Noun.of(
                new SystemCommand(),
                new SystemList(shell),
                new SystemShow(shell),
                new SystemStatus(shell),
                new SystemCreate(shell),
                new SystemEdit(shell),
                new SystemLink(shell),
                new SystemUnlink(shell),
                new SystemDelete(shell));
    }
}
