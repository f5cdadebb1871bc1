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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes everything the instance holds into a new folder, in open formats.
@Command(
        name = "export",
        description = {
            "Write everything into a new folder on the server's host, as JSON lines.",
            "Two exports of the same content are the same, byte for byte, whatever the store."
        },
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki admin export /tmp/everything",
            "  aramaki admin export /tmp/everything --data /var/lib/aramaki --with-keys"
        })
final class AdminExport implements Callable<Integer> {
    private final Shell shell;
    private final Optional<Offline> offline;

    @Parameters(paramLabel = "DIR", description = "The folder to make.")
    private Path folder = Path.of("");

    @Option(
            names = "--with-keys",
            description = "Put the instance's keys in too; whoever has them is the instance.")
    private boolean withKeys;

    @Mixin private DataOption data = new DataOption();

    AdminExport(Shell shell, Optional<Offline> offline) {
        this.shell = shell;
        this.offline = offline;
    }

    @Override
    public Integer call() {
        var absolute = folder.toAbsolutePath().normalize();
        var report =
                data.answer(
                        offline, (o, d) -> o.export(d, absolute, withKeys), () -> online(absolute));
        Taken.show(shell, report);
        return ExitCode.DONE.number();
    }

    private JsonNode online(Path absolute) {
        var body =
                Json.mapper()
                        .createObjectNode()
                        .put("folder", absolute.toString())
                        .put("withKeys", withKeys);
        return shell.api().postPatiently(Route.to("admin", "export"), body);
    }
}
