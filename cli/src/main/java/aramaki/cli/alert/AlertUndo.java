package aramaki.cli.alert;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Puts back what an act did.
@Command(
        name = "undo",
        description = "Put back everything of an act that nobody changed since.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki alert undo b_k3jdm2uzq5x7c4ta"})
final class AlertUndo implements Callable<Integer> {

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "ID", description = "The id that the act printed.")
    private String id = "";

    AlertUndo(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var answer = shell.api().post(Route.to("alerts", "acts", id, "undo"), Many.body());
        shell.output().value(answer, Cell.string(answer.path("id")));
        int count = answer.path("count").asInt();
        shell.say("put back " + count + (count == 1 ? " alert" : " alerts"));
        answer.path("left")
                .forEach(
                        left ->
                                shell.say(
                                        "left: "
                                                + Cell.string(left.path("key"))
                                                + " "
                                                + Cell.string(left.path("why"))));

        return ExitCode.DONE.number();
    }
}
