package aramaki.cli;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Failure;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import java.util.ArrayList;
import java.util.Arrays;
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
        description = "Explain a command, or a topic: exit-codes, environment, json.",
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
            case "exit-codes" -> print(exitCodes());
            case "environment" -> print(ENVIRONMENT);
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

    private static String exitCodes() {
        return String.join(
                "\n",
                Arrays.stream(ExitCode.values())
                        .map(c -> "%4d  %s".formatted(c.number(), c.meaning()))
                        .toList());
    }

    private static final String ENVIRONMENT =
            """
            ARAMAKI_SERVER      the server to ask, as --server
            ARAMAKI_TOKEN_FILE  a file that holds the token, as --token-file
            XDG_CONFIG_HOME     where aramaki/profiles/ is (default: ~/.config)
            NO_COLOR            when set: no colour
            COLUMNS             how wide the terminal is
            VISUAL, EDITOR      what edits a system

            Without a server in either place: the only profile, else http://localhost:8700.""";

    private static final String JSON =
            """
            --json prints one JSON document on stdout: an array for a list, newest first, at
            most --limit items; an object for everything else. --json=name,state keeps these
            fields only. timeline watch has no end, so it prints one document a line.

            Without --json, and when stdout is no terminal, values are separated by tabs,
            there is no header, and times are RFC 3339.""";
}
