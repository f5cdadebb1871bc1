package aramaki.cli.grant;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows one grant.
@Command(
        name = "show",
        description = "Show one grant, and what it covers now.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki grant show 5f1c09ab77e2"})
final class GrantShow implements Callable<Integer> {
    private final Shell shell;

    @Parameters(index = "0", paramLabel = "GRANT", description = "Its id, or how it begins.")
    private String id = "";

    GrantShow(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var grant = shell.api().get(Route.to("grants", id));
        shell.output()
                .show(
                        grant,
                        List.of(
                                Part.text(grant, "sentence"),
                                Part.text(grant, "id"),
                                Part.text(grant, "state"),
                                Part.text(grant, "name"),
                                Part.text(grant, "holder"),
                                Part.text(grant, "role"),
                                Part.text(grant, "verbs"),
                                Part.text(grant, "everything"),
                                Part.text(grant, "systems"),
                                Part.text(grant, "labels"),
                                Part.text(grant, "covers"),
                                Part.text(grant, "classes"),
                                Part.text(grant, "passkey"),
                                Part.text(grant, "networks"),
                                Part.time(grant, "notBefore"),
                                Part.time(grant, "expiresAt"),
                                Part.text(grant, "depth"),
                                Part.text(grant, "emergency"),
                                Part.time(grant, "awakeUntil"),
                                Part.text(grant, "by"),
                                Part.time(grant, "at"),
                                Part.text(grant, "parent"),
                                Part.text(grant, "reason")));
        return ExitCode.DONE.number();
    }
}
