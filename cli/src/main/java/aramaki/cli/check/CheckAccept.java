package aramaki.cli.check;

import aramaki.cli.api.ExitCode;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Makes checks of proposals.
@Command(
        name = "accept",
        description = "Accept proposed checks: they run within ten seconds.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki check accept web1/nginx-80",
            "  aramaki check accept --all",
            "  aramaki check accept --all --system web1"
        })
final class CheckAccept implements Callable<Integer> {
    private final Shell shell;

    @Mixin private Deciding deciding = new Deciding();

    CheckAccept(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var done = deciding.send(shell, "accept");
        shell.say(done.size() + (done.size() == 1 ? " check" : " checks") + " accepted");
        return ExitCode.DONE.number();
    }
}
