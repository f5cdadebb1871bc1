package aramaki.cli.silence;

import aramaki.cli.shell.Noun;
import aramaki.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The noun `silence`.
@Command(name = "silence", description = "Quiet about some alerts, until.")
public final class SilenceCommand extends Noun {
    public static CommandLine with(Shell shell) {
        return Noun.of(
                new SilenceCommand(),
                new SilenceList(shell),
                new SilenceAdd(shell),
                new SilenceExpire(shell),
                new SilencePreview(shell));
    }
}
