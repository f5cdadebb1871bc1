package aramaki.cli.alert;

import aramaki.cli.api.ExitCode;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Ends alerts by hand.
@Command(
        name = "resolve",
        description =
                "End alerts by hand. What is still bad fires anew at its next bad change, not at once.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki alert resolve shop/web1/disk --reason \"the disk is gone for good\""})
final class AlertResolve implements Callable<Integer> {

    private final Shell shell;

    @Mixin private Many many = new Many();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why it is over.")
    private Optional<String> reason = Optional.empty();

    AlertResolve(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var body = Many.body();
        reason.ifPresent(r -> body.put("comment", r));
        many.act(shell, "resolve", "resolved by hand, until the next bad change:", body);

        return ExitCode.DONE.number();
    }
}
