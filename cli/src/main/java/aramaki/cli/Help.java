package aramaki.cli;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.console.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Explains a command, or something that holds for all of them.
@Command(
        name = "help",
        description = "Explain a command, or a topic: exit-codes, environment, files, json.",
        footerHeading = Examples.HEADING,
        footer = {"  aramaki help alert list", "  aramaki help exit-codes"})
final class Help implements Callable<Integer> {
    private final Shell shell;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "WORD", description = "A command, or a topic.")
    private List<String> words = new ArrayList<>();

    Help(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var topic = String.join(" ", words);
        switch (topic) {
            case "exit-codes" -> print(Topics.columns(ProgramTopics.ALL.exitCodes()));
            case "environment" -> print(Topics.columns(ProgramTopics.ALL.environment()));
            case "files" -> print(Topics.columns(ProgramTopics.ALL.files()));
            case "json" -> print(JSON);
            default -> print(command().getUsageMessage().stripTrailing());
        }
        return ExitCode.DONE.number();
    }

    private CommandLine command() {
        var command = spec.commandLine().getParent();
        for (String word : words) {
            var next = command.getSubcommands().get(word);
            if (next == null) {
                throw Failure.usage(
                        "there is no command or topic \"" + String.join(" ", words) + "\"",
                        "all of them: aramaki help");
            }
            command = next;
        }
        return command;
    }

    private void print(String text) {
        shell.terminal().out().println(text);
    }

    private static final String JSON =
            """
            --json prints one JSON document on stdout: an array for a list, newest first, at
            most --limit items; an object for everything else. --json=name,state keeps these
            fields only. timeline watch has no end, so it prints one document a line.

            Without --json, and when stdout is no terminal, values are separated by tabs,
            there is no header, and times are RFC 3339.""";
}
