package aramaki.cli.alert;

import aramaki.cli.api.ExitCode;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Writes something about alerts.
@Command(
        name = "comment",
        description = "Write something about alerts, for those who come after.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki alert comment shop/web1/disk -m \"the new disk comes on Monday\""})
final class AlertComment implements Callable<Integer> {

    private final Shell shell;

    @Mixin private Many many = new Many();

    @Option(
            names = {"-m", "--comment"},
            required = true,
            paramLabel = "TEXT",
            description = "What to say.")
    private String comment = "";

    AlertComment(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var body = Many.body();
        body.put("comment", comment);
        many.act(shell, "comment", "noted for", body);

        return ExitCode.DONE.number();
    }
}
