package aramaki.cli.admin;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.api.Route;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Brings the instance back from a backup.
@Command(
        name = "restore",
        description = {
            "Bring the instance back from a backup, into a new data folder, and verify it.",
            "What happened after the backup is missing: the logs go on in a new epoch, and the"
                    + " doctor says so until somebody confirms with --confirm."
        },
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki admin restore /backup/2026-11-22 --data /var/lib/aramaki",
            "  aramaki admin restore --confirm"
        })
final class AdminRestore implements Callable<Integer> {
    private final Shell shell;
    private final Optional<Offline> offline;

    @Parameters(paramLabel = "BACKUP", arity = "0..1", description = "The backup's folder.")
    private Optional<Path> backup = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "NEW",
            description = "The data folder to make; it must not exist, or be empty.")
    private Optional<Path> data = Optional.empty();

    @Mixin private SettingsOption settings = new SettingsOption();

    @Option(
            names = "--confirm",
            description = "Tell the running server that what is missing was looked at.")
    private boolean confirm;

    AdminRestore(Shell shell, Optional<Offline> offline) {
        this.shell = shell;
        this.offline = offline;
    }

    @Override
    public Integer call() {
        if (confirm) {
            return confirmed();
        }
        if (backup.isEmpty() || data.isEmpty()) {
            throw Failure.usage(
                    "a restore needs a backup and a new folder",
                    "aramaki admin restore BACKUP --data NEW, or aramaki admin restore --confirm");
        }
        var able =
                offline.orElseThrow(
                        () ->
                                Failure.usage(
                                        "this program cannot write a data directory",
                                        "use the one on the server's host"));
        var to = data.get().toAbsolutePath().normalize();
        Taken.show(
                shell,
                able.restore(backup.get().toAbsolutePath().normalize(), to, settings.file()));
        shell.say("start it with: aramaki serve --data " + to);
        shell.say("it is recovering until you say: aramaki admin restore --confirm");
        return ExitCode.DONE.number();
    }

    private int confirmed() {
        if (backup.isPresent() || data.isPresent()) {
            throw Failure.usage(
                    "--confirm is for the running server",
                    "leave out the backup and --data: aramaki admin restore --confirm");
        }
        var report =
                shell.api()
                        .post(
                                Route.to("admin", "restore", "confirm"),
                                Json.mapper().createObjectNode());
        shell.output()
                .show(
                        report,
                        List.of(
                                Part.text(report, "epoch"),
                                Part.time(report, "takenAt"),
                                Part.time(report, "restoredAt"),
                                Part.time(report, "confirmedAt")));
        return ExitCode.DONE.number();
    }
}
