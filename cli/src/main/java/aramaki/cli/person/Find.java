package aramaki.cli.person;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Column;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Limit;
import aramaki.cli.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Finds anything by the beginnings of its words.
@Command(
        name = "search",
        description =
                "Find systems, checks, entities, alerts, people, notes, pages and commands by the"
                        + " beginnings of their words.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki search prod front", "  aramaki search web1 --json=kind,title,path"})
final class Find implements Callable<Integer> {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.text("KIND", "kind"),
                    Column.state("STATE", "state"),
                    Column.text("NAME", "title"),
                    Column.text("WHERE", "place"),
                    Column.text("PATH", "path"));

    private final Shell shell;

    @Parameters(arity = "1..*", paramLabel = "TEXT", description = "The beginnings of words.")
    private List<String> words = new ArrayList<>();

    @Mixin private Limit limit = new Limit();

    Find(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        shell.list(
                "results",
                Route.to("search").with("q", String.join(" ", words)),
                limit,
                COLUMNS,
                "words are found by their beginnings: aramaki search prod fr");
        return ExitCode.DONE.number();
    }
}
