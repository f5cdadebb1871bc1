package aramaki.cli.system;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.shell.Confirmation;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Deletes a system that lives in the instance.
@Command(
        name = "delete",
        description = "Delete a system.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki system delete old-shop",
            "  aramaki system delete old-shop --no-input --confirm=old-shop"
        })
final class SystemDelete implements Callable<Integer> {

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "NAME", description = "The system.")
    private String name = "";

    @Mixin private Confirmation confirmation = new Confirmation();

    SystemDelete(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        confirmation.require(
                shell, "This deletes the system " + name + " at " + shell.server() + ".", name);
        shell.api().delete(Route.to("systems", name));
        var gone = Json.mapper().createObjectNode().put("name", name).put("deleted", true);
        shell.output().value(gone, name);
        shell.say("deleted " + name);

        return ExitCode.DONE.number();
    }
}
