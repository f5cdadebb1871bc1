package aramaki.cli.shell;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A command that only groups its verbs.
public abstract class Noun implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do");
    }

    /// Puts verbs under a noun.
    public static CommandLine of(Noun noun, Object... verbs) {
        var line = new CommandLine(noun);
        for (Object verb : verbs) {
            line.addSubcommand(verb);
        }
        return line;
    }
}
