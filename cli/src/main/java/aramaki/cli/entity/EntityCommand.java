package aramaki.cli.entity;

import aramaki.cli.shell.Noun;
import aramaki.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The noun `entity`.
@Command(name = "entity", description = "What observations are about.")
public final class EntityCommand extends Noun {
    public static CommandLine with(Shell shell) {
        return Noun.of(new EntityCommand(), new EntityList(shell), new EntityShow(shell));
    }
}
