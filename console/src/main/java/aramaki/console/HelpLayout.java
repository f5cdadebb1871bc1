package aramaki.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// How help is laid out: what a command does and what is particular to it first, examples before
/// what holds everywhere; the first words of a program in groups.
public final class HelpLayout {
    private static final String GAP = "gap";
    private static final String EVERYWHERE = "everywhere";
    private static final String MORE = "More";

    /// Words that belong together; a word that there is not is passed over.
    public record Group(String title, List<String> words) {
        public Group(String title, String... words) {
            this(title, List.of(words));
        }

        public Group {
            words = List.copyOf(words);
        }
    }

    private HelpLayout() {}

    /// Lays out the help of a program and of all its commands.
    public static void apply(CommandLine program, List<Group> groups) {
        each(program);
        program.getHelpSectionMap()
                .put(
                        UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                        help -> grouped(help, withTheRest(groups, help)));
        program.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, _ -> "");
    }

    private static void each(CommandLine line) {
        var usage = line.getCommandSpec().usageMessage();
        usage.sortOptions(false).abbreviateSynopsis(true).commandListHeading("%nCommands:%n");
        if (!line.getSubcommands().isEmpty() && usage.footer().length == 0) {
            usage.footerHeading("%nExamples:%n").footer(firstExamples(line));
        }
        line.setHelpSectionKeys(
                List.of(
                        UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
                        UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                        UsageMessageSpec.SECTION_KEY_DESCRIPTION,
                        UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
                        UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                        GAP,
                        UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
                        UsageMessageSpec.SECTION_KEY_OPTION_LIST,
                        UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
                        UsageMessageSpec.SECTION_KEY_FOOTER,
                        EVERYWHERE));
        line.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::ownOptions);
        line.getHelpSectionMap().put(GAP, help -> hasArguments(help) ? "%n".formatted() : "");
        line.getHelpSectionMap().put(EVERYWHERE, HelpLayout::everywhere);
        line.getSubcommands().values().forEach(HelpLayout::each);
    }

    private static String[] firstExamples(CommandLine noun) {
        return noun.getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(s -> !s.usageMessage().hidden())
                .flatMap(s -> Arrays.stream(s.usageMessage().footer()).limit(1))
                .toArray(String[]::new);
    }

    private static boolean hasArguments(Help help) {
        boolean top = help.commandSpec().parent() == null;
        return !top
                && (!own(help).isEmpty() || !help.commandSpec().positionalParameters().isEmpty());
    }

    private static String ownOptions(Help help) {
        return help.optionListExcludingGroups(own(help));
    }

    private static List<OptionSpec> own(Help help) {
        boolean top = help.commandSpec().parent() == null;
        return help.commandSpec().options().stream().filter(o -> top || !o.inherited()).toList();
    }

    /// The inherited options in one line, as they are explained at the top.
    private static String everywhere(Help help) {
        var inherited =
                help.commandSpec().options().stream()
                        .filter(OptionSpec::inherited)
                        .filter(o -> !o.hidden())
                        .map(OptionSpec::longestName)
                        .toList();
        return inherited.isEmpty()
                ? ""
                : "%nEverywhere: %s; see %s --help%n"
                        .formatted(String.join(" ", inherited), help.commandSpec().root().name());
    }

    private static List<Group> withTheRest(List<Group> groups, Help help) {
        var rest = new ArrayList<>(help.subcommands().keySet());
        groups.forEach(g -> rest.removeAll(g.words()));
        var all = new ArrayList<>(groups);
        all.add(new Group(MORE, rest));
        return all;
    }

    private static String grouped(Help help, List<Group> groups) {
        var commands = help.subcommands();
        int width = commands.keySet().stream().mapToInt(String::length).max().orElse(0);
        var out = new StringBuilder();
        for (var group : groups) {
            var rows = new StringBuilder();
            for (String word : group.words()) {
                var command = commands.get(word);
                if (command != null) {
                    rows.append(row(command, word, width));
                }
            }
            if (!rows.isEmpty()) {
                out.append("%n%s:%n".formatted(group.title())).append(rows);
            }
        }
        return out.append("%n".formatted()).toString();
    }

    private static String row(Help command, String word, int width) {
        var spec = command.commandSpec();
        int indent = width + 4;
        int room = Math.max(20, spec.usageMessage().width() - indent);
        String name = command.colorScheme().commandText(word).toString();
        String meaning = String.join(" ", spec.usageMessage().description());
        return "  "
                + name
                + " ".repeat(width - word.length() + 2)
                + String.join("%n".formatted() + " ".repeat(indent), wrapped(meaning, room))
                + "%n".formatted();
    }

    private static List<String> wrapped(String text, int room) {
        var rows = new ArrayList<String>();
        var row = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!row.isEmpty() && row.length() + 1 + word.length() > room) {
                rows.add(row.toString());
                row.setLength(0);
            }
            row.append(row.isEmpty() ? "" : " ").append(word);
        }
        rows.add(row.toString());
        return rows;
    }
}
