package aramaki.cli.shell;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The name of what shall be destroyed, typed once more.
public final class Confirmation {
    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "The same name again, where nobody can be asked.")
    private Optional<String> confirm = Optional.empty();

    /// Returns only when a person or script has named `name`; `consequence` is a whole sentence.
    public void require(Shell shell, String consequence, String name) {
        if (confirm.isPresent()) {
            if (!confirm.get().equals(name)) {
                throw Failure.usage(
                        "--confirm=" + confirm.get() + " is not " + name + "; nothing was done",
                        "write --confirm=" + name);
            }
            return;
        }
        if (!shell.mayAsk()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "nothing was done, as nobody can be asked here",
                    consequence,
                    "to go on, add --confirm=" + name);
        }
        shell.ask(consequence + " Type " + name + " to go on:");
        if (!shell.terminal().readLine().orElse("").equals(name)) {
            throw Failure.failed("nothing was done", "that was not " + name, "");
        }
    }
}
