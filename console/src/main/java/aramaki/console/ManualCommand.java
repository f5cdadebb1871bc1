package aramaki.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Writes the manual pages and the completions of the program, in folders as below `/usr/share`.
@Command(
        name = "__manual",
        hidden = true,
        description = "Write manual pages and completions.",
        footer = "  ${ROOT-COMMAND-NAME} __manual /usr/local/share")
public final class ManualCommand implements Callable<Integer> {
    private final Topics topics;
    private final boolean asksForNames;
    private final Map<String, String> renamed;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "Where to.")
    private Path folder = Path.of(".");

    /// @param renamed see `ManualPages`
    public ManualCommand(Topics topics, boolean asksForNames, Map<String, String> renamed) {
        this.topics = topics;
        this.asksForNames = asksForNames;
        this.renamed = Map.copyOf(renamed);
    }

    @Override
    public Integer call() throws IOException {
        var root = spec.root().commandLine();
        var program = CommandDoc.of(root);
        String version = String.join(" ", root.getCommandSpec().version());
        for (var page : new ManualPages(program, topics, version, renamed).files().entrySet()) {
            write("man/man1/" + page.getKey(), page.getValue());
        }
        var completion = new Completion(program, asksForNames);
        String name = program.word();
        write("bash-completion/completions/" + name, completion.script(Completion.Shell.BASH));
        write("zsh/site-functions/_" + name, completion.script(Completion.Shell.ZSH));
        write(
                "fish/vendor_completions.d/" + name + ".fish",
                completion.script(Completion.Shell.FISH));
        return 0;
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
