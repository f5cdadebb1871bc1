package aramaki.cli.admin;

import aramaki.cli.shell.Noun;
import aramaki.cli.shell.Shell;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The noun `admin`.
@Command(name = "admin", description = "Look after the instance itself.")
public final class AdminCommand extends Noun {
    public static CommandLine with(Shell shell, Optional<Offline> offline) {
        var identity =
                Noun.of(
                        new IdentityCommand(),
                        new AdminIdentityShow(shell, offline),
                        new AdminIdentityRotate(shell, offline),
                        new AdminIdentityRecover(shell, offline));
        return Noun.of(
                new AdminCommand(),
                new AdminBackup(shell, offline),
                new AdminRestore(shell, offline),
                new AdminVerify(shell, offline),
                new AdminExport(shell, offline),
                new AdminImport(shell, offline),
                new AdminRebuild(shell, offline),
                new AdminRedact(shell),
                new AdminDoctor(shell, offline),
                identity);
    }
}
