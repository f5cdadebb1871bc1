package aramaki.cli.alert;

import aramaki.cli.api.ExitCode;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Gives alerts back.
@Command(
        name = "unack",
        description = "Give alerts back: nobody has them.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki alert unack shop/web1/disk",
            "  aramaki alert unack --query owner:me --yes"
        })
final class AlertUnack implements Callable<Integer> {

    private final Shell shell;

    @Mixin private Many many = new Many();

    @Option(
            names = {"-m", "--comment"},
            paramLabel = "TEXT",
            description = "What to say with it.")
    private Optional<String> comment = Optional.empty();

    AlertUnack(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var body = Many.body();
        comment.ifPresent(c -> body.put("comment", c));
        many.act(shell, "unack", "nobody has", body);

        return ExitCode.DONE.number();
    }
}
