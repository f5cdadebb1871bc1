package aramaki.console;

import aramaki.console.CommandDoc.Argument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The manual of a program in the language of `man`: a page for the program, and one for each of
/// its first words.
public final class ManualPages {
    private static final String SECTION = "1";

    private final CommandDoc program;
    private final Topics topics;
    private final String version;
    private final Map<String, String> renamed;

    /// @param version the program's name and version
    /// @param renamed words whose page goes by another name, as the usual one is taken
    public ManualPages(
            CommandDoc program, Topics topics, String version, Map<String, String> renamed) {
        this.program = program;
        this.topics = topics;
        this.version = version;
        this.renamed = Map.copyOf(renamed);
    }

    /// File name to text.
    public Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        files.put(program.word() + "." + SECTION, whole());
        for (var command : program.commands()) {
            files.put(page(command) + "." + SECTION, single(command));
        }
        return files;
    }

    private String page(CommandDoc command) {
        return renamed.getOrDefault(command.word(), program.word() + "-" + command.word());
    }

    private String whole() {
        var roff = new Roff(program.word(), SECTION, version);
        roff.section("NAME")
                .escapedText(
                        Roff.escaped(program.word()) + " \\- " + Roff.escaped(sentence(program)));
        roff.section("SYNOPSIS");
        roff.synopsis(program.word() + " COMMAND [OPTION...]");
        roff.section("DESCRIPTION").text(program.summary());
        roff.section("COMMANDS");
        for (var command : program.commands()) {
            roff.item(command.word(), command.summary() + " See " + page(command) + "(1).");
        }
        arguments(roff, "OPTIONS", program.options());
        common(roff, program.examples());
        return roff.toString();
    }

    private String single(CommandDoc command) {
        String name = page(command);
        var roff = new Roff(name, SECTION, version);
        roff.section("NAME")
                .escapedText(Roff.escaped(name) + " \\- " + Roff.escaped(sentence(command)));
        roff.section("SYNOPSIS");
        var leaves = command.commands().isEmpty() ? List.of(command) : leaves(command);
        leaves.forEach(c -> roff.synopsis(c.synopsis()));
        roff.section("DESCRIPTION").text(command.summary());
        if (command.commands().isEmpty()) {
            arguments(roff, "PARAMETERS", command.parameters());
            arguments(roff, "OPTIONS", command.options());
        } else {
            roff.section("COMMANDS");
            for (var verb : leaves) {
                roff.subsection(verb.synopsis()).text(verb.summary());
                verb.parameters().forEach(a -> roff.item(a.inFull(), a.meaning()));
                verb.options().forEach(a -> roff.item(a.inFull(), a.meaning()));
            }
        }
        arguments(roff, "OPTIONS OF EVERY COMMAND", command.everywhere());
        common(roff, leaves.stream().flatMap(c -> c.examples().stream()).toList());
        return roff.toString();
    }

    private static List<CommandDoc> leaves(CommandDoc command) {
        return command.all().filter(c -> c.commands().isEmpty()).toList();
    }

    private static void arguments(Roff roff, String title, List<Argument> arguments) {
        if (!arguments.isEmpty()) {
            roff.section(title);
            arguments.forEach(a -> roff.item(a.inFull(), a.meaning()));
        }
    }

    private void common(Roff roff, List<String> examples) {
        entries(roff, "EXIT STATUS", topics.exitCodes());
        entries(roff, "ENVIRONMENT", topics.environment());
        entries(roff, "FILES", topics.files());
        if (!examples.isEmpty()) {
            roff.section("EXAMPLES").verbatim(examples);
        }
        roff.section("SEE ALSO");
        var others =
                Stream.concat(
                                Stream.of(program.word()),
                                program.commands().stream().map(this::page))
                        .map(p -> p + "(" + SECTION + ")")
                        .toList();
        roff.text(String.join(", ", others));
    }

    private static void entries(Roff roff, String title, List<Topics.Entry> entries) {
        if (!entries.isEmpty()) {
            roff.section(title);
            entries.forEach(e -> roff.item(e.name(), e.meaning()));
        }
    }

    /// `whatis` shows it after the name, so it begins small and has no stop.
    private static String sentence(CommandDoc command) {
        String text = command.summary().replaceFirst("\\.$", "").replaceFirst("[.;:] .*", "");
        return text.isEmpty()
                ? command.name()
                : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
