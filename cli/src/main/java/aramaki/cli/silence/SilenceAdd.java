package aramaki.cli.silence;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Hides alerts until a time.
@Command(
        name = "add",
        description = "Hide alerts until a time; they go on firing, and nobody is bothered.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki silence add --system shop --for 2h --reason \"new release\"",
            "  aramaki silence add check=~disk.* entity=db1 --for 1d --reason \"disk comes Monday\"",
            "  aramaki silence add --mine --for 8h --reason sleep"
        })
final class SilenceAdd implements Callable<Integer> {

    private final Shell shell;

    @Mixin private Asked asked = new Asked();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason = "";

    SilenceAdd(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var silence = shell.api().post(Route.to("silences"), asked.body(reason));
        shell.output().value(silence, Cell.string(silence.path("id")));
        shell.say(
                "silence "
                        + Cell.string(silence.path("name"))
                        + " until "
                        + Cell.string(silence.path("expiresAt"))
                        + "; to end it: aramaki silence expire "
                        + Cell.string(silence.path("id")));

        return ExitCode.DONE.number();
    }
}
