package aramaki.cli.person;

import aramaki.cli.shell.Noun;
import aramaki.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The noun `person`.
@Command(name = "person", description = "The people of this instance.")
public final class PersonCommand extends Noun {
    public static CommandLine with(Shell shell) {
        return Noun.of(
                new PersonCommand(),
                new PersonList(shell),
                new PersonShow(shell),
                new PersonInvite(shell),
                new PersonDisable(shell));
    }
}
