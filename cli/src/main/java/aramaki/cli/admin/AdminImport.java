package aramaki.cli.admin;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Puts everything of an export, or of another instance folder, into a new one.
@Command(
        name = "import",
        description = {
            "Put everything of an export into a new data folder, as it was, and verify it.",
            "With --from, move a stopped instance into a new folder or another store: export,"
                    + " import and comparison in one. The old folder then says where it went."
        },
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki admin import /tmp/everything --data /var/lib/aramaki",
            "  aramaki admin import --from /var/lib/old --data /var/lib/new",
            "  aramaki admin import --from /var/lib/old --data /var/lib/new --settings pg.yaml"
        })
final class AdminImport implements Callable<Integer> {
    private final Shell shell;
    private final Optional<Offline> offline;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(
            names = "--data",
            paramLabel = "NEW",
            required = true,
            description = "The data folder to make; it must not exist, or be empty.")
    private Path data = Path.of("");

    @Mixin private SettingsOption settings = new SettingsOption();

    /// Where everything comes from.
    static final class Source {
        @Parameters(
                paramLabel = "DIR",
                arity = "0..1",
                description = "The export, or a backup that nothing happened after.")
        private Optional<Path> folder = Optional.empty();

        @Option(
                names = "--from",
                paramLabel = "OLD",
                description = "The data folder of a stopped server, to move.")
        private Optional<Path> from = Optional.empty();
    }

    AdminImport(Shell shell, Optional<Offline> offline) {
        this.shell = shell;
        this.offline = offline;
    }

    @Override
    public Integer call() {
        var able =
                offline.orElseThrow(
                        () ->
                                Failure.usage(
                                        "this program cannot write a data directory",
                                        "use the one on the server's host"));
        var to = data.toAbsolutePath().normalize();
        JsonNode report =
                source.from
                        .map(
                                old ->
                                        able.move(
                                                old.toAbsolutePath().normalize(),
                                                to,
                                                settings.file()))
                        .orElseGet(
                                () ->
                                        able.importInto(
                                                source.folder
                                                        .orElse(Path.of(""))
                                                        .toAbsolutePath()
                                                        .normalize(),
                                                to,
                                                settings.file()));
        Taken.show(shell, report);
        if (!report.path("keys").asBoolean()) {
            shell.say("it has no keys yet: put log-key into " + to + " before you start a server");
        }
        if (report.path("ranOn").asBoolean()) {
            shell.say(
                    "the server was running when this was taken: if it ran on, more has happened"
                            + " than is in here, and a backup with `admin restore` is right");
        }
        return ExitCode.DONE.number();
    }
}
