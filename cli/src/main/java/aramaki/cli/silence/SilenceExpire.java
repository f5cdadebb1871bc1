package aramaki.cli.silence;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Ends a silence before its time.
@Command(
        name = "expire",
        description = "End a silence before its time.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki silence expire z_k3jdm2uzq5x7c4ta"})
final class SilenceExpire implements Callable<Integer> {

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "ID", description = "The id of the silence.")
    private String id = "";

    SilenceExpire(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var silence =
                shell.api()
                        .post(Route.to("silences", id, "expire"), Json.mapper().createObjectNode());
        shell.output().value(silence, Cell.string(silence.path("id")));
        int hid = silence.path("hid").asInt();
        shell.say("ended; it hid " + hid + (hid == 1 ? " alert" : " alerts"));

        return ExitCode.DONE.number();
    }
}
