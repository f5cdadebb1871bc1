package aramaki.cli.grant;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Column;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Limit;
import aramaki.cli.shell.Shell;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists grants.
@Command(
        name = "list",
        description = "List the grants that you hold, gave, or may take away.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki grant list --system shop", "  aramaki grant list --holder bo --all"})
final class GrantList implements Callable<Integer> {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.text("STATE", "state"),
                    Column.text("WHO", "name"),
                    Column.text("MAY", "verbs"),
                    Column.text("COVERS", "covers"),
                    Column.time("ENDS", "expiresAt"),
                    Column.text("BY", "by"),
                    Column.text("REASON", "reason"),
                    Column.text("ID", "id"));

    private final Shell shell;

    @Option(names = "--holder", paramLabel = "WHO", description = "Only those of this holder.")
    private Optional<String> holder = Optional.empty();

    @Option(names = "--system", paramLabel = "SYSTEM", description = "Only those that cover it.")
    private Optional<String> system = Optional.empty();

    @Option(names = "--all", description = "Those that ended, too.")
    private boolean all;

    @Mixin private Limit limit = new Limit();

    GrantList(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        shell.list(
                "grants",
                Route.to("grants")
                        .with("holder", holder)
                        .with("system", system)
                        .with("all", all ? Optional.of("true") : Optional.empty()),
                limit,
                COLUMNS,
                "give one: aramaki grant add WHO --system SYSTEM --role viewer --expires 8h"
                        + " --reason WHY");
        return ExitCode.DONE.number();
    }
}
