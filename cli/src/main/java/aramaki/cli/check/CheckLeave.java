package aramaki.cli.check;

import aramaki.cli.api.ExitCode;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Leaves proposals.
@Command(
        name = "leave",
        description = "Leave proposed checks until what they are based on changes.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki check leave web1/exim-25",
            "  aramaki check leave --all --system web1"
        })
final class CheckLeave implements Callable<Integer> {
    private final Shell shell;

    @Mixin private Deciding deciding = new Deciding();

    CheckLeave(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var done = deciding.send(shell, "leave");
        shell.say(done.size() + (done.size() == 1 ? " proposal" : " proposals") + " left");
        return ExitCode.DONE.number();
    }
}
