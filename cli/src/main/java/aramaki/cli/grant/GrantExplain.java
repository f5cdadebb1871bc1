package aramaki.cli.grant;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says why somebody may or may not.
@Command(
        name = "explain",
        description = "Say in one sentence why somebody may or may not do something.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki grant explain ack shop",
            "  aramaki grant explain edit shop --person bo"
        })
final class GrantExplain implements Callable<Integer> {
    private final Shell shell;

    @Parameters(
            index = "0",
            paramLabel = "VERB",
            description = "read, note, ack, silence, run, edit, agent, grant or admin.")
    private String verb = "";

    @Parameters(index = "1", paramLabel = "SYSTEM", description = "The system.")
    private String system = "";

    @Option(names = "--person", paramLabel = "WHO", description = "Somebody else than you.")
    private Optional<String> person = Optional.empty();

    GrantExplain(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var said =
                shell.api()
                        .get(
                                Route.to("permissions")
                                        .with("verb", verb)
                                        .with("system", system)
                                        .with("person", person));
        shell.output().value(said, Cell.string(said.path("sentence")));
        return ExitCode.DONE.number();
    }
}
