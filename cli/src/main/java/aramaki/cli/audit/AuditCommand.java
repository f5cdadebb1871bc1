package aramaki.cli.audit;

import aramaki.cli.shell.Noun;
import aramaki.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The noun `audit`.
@Command(name = "audit", description = "Who did what and who looked at what, and from where.")
public final class AuditCommand extends Noun {
    public static CommandLine with(Shell shell) {
        return Noun.of(new AuditCommand(), new AuditList(shell), new AuditExport(shell));
    }
}
