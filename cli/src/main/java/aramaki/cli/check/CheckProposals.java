package aramaki.cli.check;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Column;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Limit;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists the checks that agents propose for what they found.
@Command(
        name = "proposals",
        description = "List the checks that agents propose for what they found on their hosts.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki check proposals",
            "  aramaki check proposals --system web1",
            "  aramaki check proposals --look",
            "  aramaki check proposals --json=system,name,why,yaml"
        })
final class CheckProposals implements Callable<Integer> {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.state("TRIED", "triedState"),
                    Column.text("SYSTEM", "system"),
                    Column.text("CHECK", "name"),
                    Column.text("ON", "agents"),
                    new Column("HOW", CheckShow::how),
                    Column.text("FOUND", "title"),
                    Column.text("EVIDENCE", "evidence"));

    private final Shell shell;

    @Option(names = "--system", paramLabel = "SYSTEM", description = "For this system only.")
    private Optional<String> system = Optional.empty();

    @Option(
            names = "--look",
            description = "Ask every agent to look at its host again; what changed comes soon.")
    private boolean look;

    @Mixin private Limit limit = new Limit();

    CheckProposals(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (look) {
            var asked =
                    shell.api()
                            .post(
                                    Route.to("proposals", "look-around"),
                                    Json.mapper().createObjectNode());
            shell.say(asked.path("agents").asInt() + " connected agents look at their hosts now");
        }
        shell.list(
                "proposals",
                Route.to("proposals").with("system", system),
                limit,
                COLUMNS,
                "agents look every hour; at once: aramaki check proposals --look");
        return ExitCode.DONE.number();
    }
}
