package aramaki.cli.admin;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.api.ServerUrl;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Column;
import aramaki.cli.output.Part;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Gets an instance back by its recovery keys.
@Command(
        name = "recover",
        description = {
            "Get a stopped instance back by its recovery keys: with new online keys, when one was"
                    + " stolen or lost, and with a sign-in link, when every owner lost every device.",
            "Without --keys and --sign-in it does both. What the old log key signs from now on is"
                    + " refused; what it signed before still verifies."
        },
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki admin identity recover --data /var/lib/aramaki --recovery-key stick/recovery-key",
            "  aramaki admin identity recover --data /var/lib/aramaki --sign-in --recovery-key a"
                    + " --recovery-key b"
        })
final class AdminIdentityRecover implements Callable<Integer> {
    private final Shell shell;
    private final Optional<Offline> offline;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The data directory of the stopped server.")
    private Path data = Path.of("");

    @Option(
            names = "--recovery-key",
            required = true,
            paramLabel = "FILE",
            arity = "1..*",
            description = "The recovery keys, as many as must agree.")
    private List<Path> recoveryKeys = List.of();

    @Option(names = "--keys", description = "Replace the online keys.")
    private boolean keys;

    @Option(names = "--sign-in", description = "Print a link that signs the owner in, once.")
    private boolean signIn;

    AdminIdentityRecover(Shell shell, Optional<Offline> offline) {
        this.shell = shell;
        this.offline = offline;
    }

    @Override
    public Integer call() {
        var able =
                offline.orElseThrow(
                        () ->
                                Failure.usage(
                                        "this program cannot read a data directory",
                                        "use the one on the server's host"));
        boolean both = !keys && !signIn;
        var report =
                able.recover(
                        data.toAbsolutePath().normalize(),
                        recoveryKeys,
                        keys || both,
                        signIn || both);
        if (report.hasNonNull("link")) {
            ((ObjectNode) report).put("link", here(Cell.string(report.path("link"))));
        }
        var parts = new ArrayList<Part>();
        parts.add(Part.text(report, "instance"));
        parts.add(
                Part.table(
                        "key",
                        List.of(
                                Column.text("SEQ", "seq"),
                                Column.text("PURPOSE", "purpose"),
                                Column.text("KEY", "fingerprint")),
                        report.path("keys")));
        if (report.hasNonNull("link")) {
            parts.add(Part.text(report, "owner"));
            parts.add(Part.block(report, "link"));
            parts.add(Part.time(report, "expiresAt"));
        }
        shell.output().show(report, parts);
        if (report.hasNonNull("link")) {
            shell.say(
                    "start the server, then open the link as "
                            + Cell.string(report.path("owner"))
                            + "; it works once, and all sessions were ended");
        }
        return ExitCode.DONE.number();
    }

    /// A data folder does not tell the port of a server that was given it by hand: the one that is
    /// asked otherwise is the better guess.
    private String here(String link) {
        var uri = URI.create(link);
        return uri.resolve("/").equals(ServerUrl.DEFAULT.uri().resolve("/"))
                ? shell.server().uri().resolve(uri.getPath() + "?" + uri.getQuery()).toString()
                : link;
    }
}
