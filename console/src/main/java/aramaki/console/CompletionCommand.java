package aramaki.console;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints what a shell needs to complete the program's words.
@Command(
        name = "completion",
        description = "Print a script that completes words in your shell.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(${ROOT-COMMAND-NAME} completion bash)",
            "  ${ROOT-COMMAND-NAME} completion fish > ~/.config/fish/completions/${ROOT-COMMAND-NAME}.fish"
        })
public final class CompletionCommand implements Callable<Integer> {
    private final boolean asksForNames;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Completion.Shell shell = Completion.Shell.BASH;

    /// @param asksForNames the program has the command `__complete`
    public CompletionCommand(boolean asksForNames) {
        this.asksForNames = asksForNames;
    }

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        var out = spec.commandLine().getOut();
        out.print(new Completion(CommandDoc.of(root), asksForNames).script(shell));
        out.flush();
        return 0;
    }
}
