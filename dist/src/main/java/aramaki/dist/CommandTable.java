package aramaki.dist;

import aramaki.cli.Commands;
import aramaki.server.search.Command;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// The commands of this program, as the server's search offers them.
final class CommandTable {
    private CommandTable() {}

    /// @param any a command of the program
    static List<Command> of(CommandSpec any) {
        return Commands.all(any).stream()
                .map(typed -> new Command(typed.line(), typed.arguments(), typed.does()))
                .toList();
    }
}
