package aramaki.cli.observation;

import aramaki.cli.shell.Noun;
import aramaki.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The noun `observation`.
@Command(name = "observation", description = "Results, and the way each one took.")
public final class ObservationCommand extends Noun {
    public static CommandLine with(Shell shell) {
        return Noun.of(
                new ObservationCommand(),
                new ObservationList(shell),
                new ObservationShow(shell),
                new ObservationSubmit(shell));
    }
}
