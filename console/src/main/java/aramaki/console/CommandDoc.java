package aramaki.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// A command as its documentation needs it, read from the command itself.
///
/// @param words the program and the words that name the command
/// @param everywhere the options that it only inherits
/// @param examples lines that can be typed
public record CommandDoc(
        List<String> words,
        String summary,
        List<Argument> parameters,
        List<Argument> options,
        List<Argument> everywhere,
        List<String> examples,
        List<CommandDoc> commands) {
    /// A parameter or an option.
    ///
    /// @param names how an option is written, longest last; empty for a parameter
    /// @param label what stands for its value; empty when it takes none
    /// @param values all there are, when they are few
    public record Argument(
            List<String> names,
            String label,
            boolean valueNeeded,
            boolean needed,
            boolean repeated,
            String meaning,
            List<String> values) {
        public Argument {
            names = List.copyOf(names);
            values = List.copyOf(values);
        }

        /// As in a synopsis: `[--state=STATE]`, `NAME...`.
        public String inSynopsis() {
            String name = names.isEmpty() ? "" : names.getLast();
            String core = name + value(name.isEmpty() ? "" : "=") + (repeated ? "..." : "");
            return needed ? core : "[" + core + "]";
        }

        /// As the head of its explanation: `-h, --help`, `--json[=FIELDS]`.
        public String inFull() {
            return names.isEmpty() ? label : String.join(", ", names) + value("=");
        }

        private String value(String before) {
            if (label.isEmpty()) {
                return "";
            }
            return valueNeeded || before.isEmpty() ? before + label : "[" + before + label + "]";
        }
    }

    public CommandDoc {
        words = List.copyOf(words);
        parameters = List.copyOf(parameters);
        options = List.copyOf(options);
        everywhere = List.copyOf(everywhere);
        examples = List.copyOf(examples);
        commands = List.copyOf(commands);
    }

    /// Reads a command and all below it; hidden ones are left out.
    public static CommandDoc of(CommandLine line) {
        return of(line, List.of());
    }

    private static CommandDoc of(CommandLine line, List<String> above) {
        var spec = line.getCommandSpec();
        var words = Stream.concat(above.stream(), Stream.of(spec.name())).toList();
        var shown = spec.options().stream().filter(o -> !o.hidden()).toList();
        return new CommandDoc(
                words,
                text(spec.usageMessage().description()),
                spec.positionalParameters().stream()
                        .filter(p -> !p.hidden())
                        .map(CommandDoc::parameter)
                        .toList(),
                options(shown.stream().filter(o -> !o.inherited())),
                options(shown.stream().filter(OptionSpec::inherited)),
                Arrays.stream(spec.usageMessage().footer())
                        .map(l -> l.replace("%%", "%").strip())
                        .filter(l -> !l.isEmpty())
                        .toList(),
                line.getSubcommands().values().stream()
                        .distinct()
                        .filter(c -> !c.getCommandSpec().usageMessage().hidden())
                        .map(c -> of(c, words))
                        .toList());
    }

    public String name() {
        return String.join(" ", words);
    }

    /// The word that names it among its siblings.
    public String word() {
        return words.getLast();
    }

    public String synopsis() {
        var parts = new ArrayList<String>();
        parts.add(name());
        options.stream()
                .filter(o -> !o.names().contains("--help"))
                .forEach(o -> parts.add(o.inSynopsis()));
        parameters.forEach(p -> parts.add(p.inSynopsis()));
        if (!commands.isEmpty()) {
            parts.add("COMMAND");
        }
        return String.join(" ", parts);
    }

    public Optional<CommandDoc> command(String word) {
        return commands.stream().filter(c -> c.word().equals(word)).findFirst();
    }

    /// This and every command below it.
    public Stream<CommandDoc> all() {
        return Stream.concat(Stream.of(this), commands.stream().flatMap(CommandDoc::all));
    }

    private static List<Argument> options(Stream<OptionSpec> options) {
        return options.map(CommandDoc::option).toList();
    }

    private static Argument option(OptionSpec option) {
        var names =
                Arrays.stream(option.names()).sorted((a, b) -> a.length() - b.length()).toList();
        boolean takes = option.arity().max() > 0;
        return new Argument(
                names,
                takes ? label(option) : "",
                option.arity().min() > 0,
                option.required(),
                option.isMultiValue(),
                meaning(option),
                values(option));
    }

    private static Argument parameter(PositionalParamSpec parameter) {
        return new Argument(
                List.of(),
                label(parameter),
                true,
                parameter.arity().min() > 0,
                parameter.isMultiValue(),
                meaning(parameter),
                values(parameter));
    }

    private static String label(ArgSpec arg) {
        return arg.paramLabel().replaceAll("[<>]", "");
    }

    private static String meaning(ArgSpec arg) {
        return text(arg.description())
                .replace("${DEFAULT-VALUE}", String.valueOf(arg.defaultValueString()))
                .replace("${COMPLETION-CANDIDATES}", String.join(", ", values(arg)));
    }

    private static List<String> values(ArgSpec arg) {
        return arg.completionCandidates() == null
                ? List.of()
                : StreamSupport.stream(arg.completionCandidates().spliterator(), false).toList();
    }

    private static String text(String[] lines) {
        return Ansi.OFF
                .text(String.join(" ", lines).replace("%n", " ").replace("%%", "%"))
                .toString();
    }
}
