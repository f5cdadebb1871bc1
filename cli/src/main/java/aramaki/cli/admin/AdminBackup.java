package aramaki.cli.admin;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Takes a backup of the instance into a new folder.
@Command(
        name = "backup",
        description = {
            "Take a backup, keys included, into a new folder on the server's host.",
            "The server goes on meanwhile; the backup is of one moment. Keep it as safe as the"
                    + " instance itself."
        },
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki admin backup /backup/2026-11-22",
            "  aramaki admin backup /backup/2026-11-22 --data /var/lib/aramaki"
        })
final class AdminBackup implements Callable<Integer> {
    private final Shell shell;
    private final Optional<Offline> offline;

    @Parameters(paramLabel = "DIR", description = "The folder to make.")
    private Path folder = Path.of("");

    @Mixin private DataOption data = new DataOption();

    AdminBackup(Shell shell, Optional<Offline> offline) {
        this.shell = shell;
        this.offline = offline;
    }

    @Override
    public Integer call() {
        var absolute = folder.toAbsolutePath().normalize();
        var report = data.answer(offline, (o, d) -> o.backup(d, absolute), () -> online(absolute));
        Taken.show(shell, report);
        shell.say("bring it back with: aramaki admin restore " + absolute + " --data NEW");
        return ExitCode.DONE.number();
    }

    private JsonNode online(Path absolute) {
        var body = Json.mapper().createObjectNode().put("folder", absolute.toString());
        return shell.api().postPatiently(Route.to("admin", "backup"), body);
    }
}
