package aramaki.console;

import aramaki.console.CommandDoc.Argument;
import java.util.List;
import java.util.stream.Stream;

/// The reference of a program as one Markdown document.
public final class MarkdownReference {
    private final StringBuilder out = new StringBuilder();

    private MarkdownReference() {}

    /// @param preface what stands below the title
    public static String of(CommandDoc program, Topics topics, String preface) {
        var reference = new MarkdownReference();
        reference.whole(program, topics, preface);
        return reference.out.toString().stripTrailing();
    }

    private void whole(CommandDoc program, Topics topics, String preface) {
        line("# " + program.word());
        line("");
        line(preface);
        line("");
        line("| command | does |");
        line("|---|---|");
        program.all()
                .skip(1)
                .filter(c -> c.commands().isEmpty())
                .forEach(
                        c ->
                                line(
                                        "| [`%s`](#%s) | %s |"
                                                .formatted(
                                                        c.name(),
                                                        c.name().replace(' ', '-'),
                                                        cell(c.summary()))));
        var everywhere = everywhere(program);
        if (!everywhere.isEmpty()) {
            line("");
            line("Every command accepts:");
            line("");
            arguments(everywhere);
        }
        entries("Exit codes", topics.exitCodes());
        entries("Environment", topics.environment());
        entries("Files", topics.files());
        program.commands().forEach(this::command);
    }

    private static List<Argument> everywhere(CommandDoc program) {
        return program.commands().stream()
                .map(CommandDoc::everywhere)
                .filter(e -> !e.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private void entries(String title, List<Topics.Entry> entries) {
        if (!entries.isEmpty()) {
            line("");
            line("## " + title);
            line("");
            line("| | |");
            line("|---|---|");
            entries.forEach(
                    e -> line("| `" + cell(e.name().strip()) + "` | " + cell(e.meaning()) + " |"));
        }
    }

    private void command(CommandDoc command) {
        boolean leaf = command.commands().isEmpty();
        line("");
        line((command.words().size() == 2 ? "## " : "### ") + command.name());
        line("");
        line(command.summary());
        if (leaf) {
            line("");
            line("```");
            line(command.synopsis());
            line("```");
            var all =
                    Stream.concat(command.parameters().stream(), command.options().stream())
                            .filter(a -> !a.names().contains("--help"))
                            .toList();
            if (!all.isEmpty()) {
                line("");
                arguments(all);
            }
            if (!command.examples().isEmpty()) {
                line("");
                line("```console");
                command.examples().forEach(this::line);
                line("```");
            }
        }
        command.commands().forEach(this::command);
    }

    private void arguments(List<Argument> arguments) {
        line("| | |");
        line("|---|---|");
        arguments.forEach(a -> line("| `" + cell(a.inFull()) + "` | " + cell(a.meaning()) + " |"));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
