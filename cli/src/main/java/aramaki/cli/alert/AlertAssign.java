package aramaki.cli.alert;

import aramaki.cli.api.ExitCode;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Gives alerts to a person.
@Command(
        name = "assign",
        description = "Give alerts to a person, without acknowledging them for that person.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki alert assign shop/web1/disk --to bo",
            "  aramaki alert assign shop/web1/disk"
        })
final class AlertAssign implements Callable<Integer> {

    private final Shell shell;

    @Mixin private Many many = new Many();

    @Option(
            names = "--to",
            paramLabel = "PERSON",
            description = "Who is to look after them; without it, nobody.")
    private Optional<String> to = Optional.empty();

    @Option(
            names = {"-m", "--comment"},
            paramLabel = "TEXT",
            description = "What to say with it.")
    private Optional<String> comment = Optional.empty();

    AlertAssign(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        var body = Many.body();
        to.ifPresent(name -> body.put("to", name));
        comment.ifPresent(c -> body.put("comment", c));
        many.act(shell, "assign", "assigned", body);

        return ExitCode.DONE.number();
    }
}
