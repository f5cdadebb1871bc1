package aramaki.cli.alert;

import aramaki.cli.api.ExitCode;
import aramaki.cli.shell.Durations;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Takes alerts: whoever acknowledges has them.
@Command(
        name = "ack",
        description = "Take alerts, for a time or until they are resolved.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki alert ack shop/web1/disk -m \"swapping the disk\"",
            "  aramaki alert ack shop/web1/disk --for 2h",
            "  aramaki alert ack --query 'system:shop state:firing' --dry-run"
        })
final class AlertAck implements Callable<Integer> {

    private final Shell shell;

    @Mixin private Many many = new Many();

    @Option(
            names = "--for",
            paramLabel = "LENGTH",
            description = "How long, such as 30m or 2h (default: 4h).")
    private Optional<String> length = Optional.empty();

    @Option(names = "--until-resolved", description = "As long as each of them lasts.")
    private boolean untilResolved;

    @Option(
            names = {"-m", "--comment"},
            paramLabel = "TEXT",
            description = "What to say with it.")
    private Optional<String> comment = Optional.empty();

    AlertAck(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var body = Many.body();
        length.ifPresent(l -> body.put("length", Durations.require(l)));
        if (untilResolved) {
            body.put("untilResolved", true);
        }
        comment.ifPresent(c -> body.put("comment", c));
        many.act(shell, "ack", "you have", body);

        return ExitCode.DONE.number();
    }
}
