package aramaki.cli.admin;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Shows the identity of the instance.
@Command(
        name = "show",
        description = "Show the identity of this instance.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki admin identity show", "  aramaki admin identity show --json=id"})
final class AdminIdentityShow implements Callable<Integer> {
    private final Shell shell;
    private final Optional<Offline> offline;

    @Mixin private DataOption data = new DataOption();

    AdminIdentityShow(Shell shell, Optional<Offline> offline) {
        this.shell = shell;
        this.offline = offline;
    }

    @Override
    public Integer call() {
        var me =
                data.answer(
                        offline, Offline::instance, () -> shell.api().get(Route.to("instance")));
        shell.output()
                .show(
                        me,
                        List.of(
                                Part.text(me, "id"),
                                Part.text(me, "genesis"),
                                Part.text(me, "logKey"),
                                Part.time(me, "createdAt"),
                                Part.text(me, "version"),
                                Part.time(me, "startedAt")));
        return ExitCode.DONE.number();
    }
}
