package aramaki.cli.timeline;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Prints events as they happen, until it is stopped.
@Command(
        name = "watch",
        description = "Print what happens, as it happens.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki timeline watch --system shop",
            "  aramaki timeline watch --json --limit 1"
        })
final class TimelineWatch implements Callable<Integer> {

    private final Shell shell;

    @Option(names = "--system", paramLabel = "SYSTEM", description = "Of this system only.")
    private Optional<String> system = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Stop after so many events (default: never).")
    private Optional<Integer> limit = Optional.empty();

    TimelineWatch(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var api = shell.api();
        shell.say("watching " + api.server() + "; stop with Ctrl-C");
        try {
            new Watching(shell, api, system, limit.orElse(Integer.MAX_VALUE)).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.interrupted();
        }

        return ExitCode.DONE.number();
    }
}
