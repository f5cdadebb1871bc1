package aramaki.cli.admin;

import aramaki.cli.shell.Noun;
import picocli.CommandLine.Command;

/// The noun `admin identity`.
@Command(name = "identity", description = "Who this instance is.")
final class IdentityCommand extends Noun {}
