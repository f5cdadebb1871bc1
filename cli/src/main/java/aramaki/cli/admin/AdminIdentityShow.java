package aramaki.cli.admin;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Column;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Shows the identity of the instance.
@Command(
        name = "show",
        description =
                "Show who this instance is: its id, its keys by purpose, its recovery keys and how"
                        + " often they changed.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki admin identity show", "  aramaki admin identity show --json=id"})
final class AdminIdentityShow implements Callable<Integer> {
    private static final List<Column> KEYS =
            List.of(
                    Column.text("PURPOSE", "purpose"),
                    Column.text("FINGERPRINT", "fingerprint"),
                    Column.time("SINCE", "since"),
                    Column.text("KEY", "key"));
    private static final List<Column> RECOVERY =
            List.of(new Column("RECOVERY KEY", key -> Cell.text(Cell.string(key))));

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
                                Part.time(me, "createdAt"),
                                Part.text(me, "version"),
                                Part.time(me, "startedAt"),
                                Part.table("key", KEYS, me.path("keys")),
                                new Part.Line("recovery", Cell.text(recovery(me.path("recovery")))),
                                Part.table(
                                        "recovery key",
                                        RECOVERY,
                                        me.path("recovery").path("fingerprints")),
                                new Part.Line("keyLog", Cell.text(me.path("keyLog"), "entries")),
                                new Part.Line("keyLogHead", Cell.text(me.path("keyLog"), "head"))));
        return ExitCode.DONE.number();
    }

    private static String recovery(JsonNode recovery) {
        return recovery.path("threshold").asText()
                + " of "
                + recovery.path("fingerprints").size()
                + " must agree";
    }
}
