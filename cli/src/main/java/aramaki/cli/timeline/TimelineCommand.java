package aramaki.cli.timeline;

import aramaki.cli.shell.Noun;
import aramaki.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The noun `timeline`.
@Command(name = "timeline", description = "What happened, and what is happening.")
public final class TimelineCommand extends Noun {
    public static CommandLine with(Shell shell) {
        return Noun.of(
                new TimelineCommand(),
                new TimelineList(shell),
                new TimelineWatch(shell),
                new TimelineNote(shell));
    }
}
