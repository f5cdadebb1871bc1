package aramaki.cli;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The commands that can be typed, read from the command line itself.
public final class Commands {
    private Commands() {}

    /// One of them.
    ///
    /// @param line all its words
    /// @param arguments what must follow, by the names that help shows; may be empty
    /// @param does its first sentence of help
    public record Typed(String line, String arguments, String does) {}

    /// Every command below the one that contains this, those that only group others left out.
    public static List<Typed> all(CommandSpec any) {
        return below(any.root().commandLine())
                .sorted(Comparator.comparing(Typed::line))
                .distinct()
                .toList();
    }

    private static Stream<Typed> below(CommandLine line) {
        return line.getSubcommands().values().stream()
                .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
                .flatMap(
                        sub ->
                                sub.getSubcommands().isEmpty()
                                        ? Stream.of(typed(sub.getCommandSpec()))
                                        : below(sub));
    }

    private static Typed typed(CommandSpec spec) {
        String arguments =
                spec.positionalParameters().stream()
                        .filter(p -> !p.hidden() && p.arity().min() > 0)
                        .map(p -> p.paramLabel())
                        .collect(Collectors.joining(" "));
        String does = String.join(" ", spec.usageMessage().description());
        return new Typed(spec.qualifiedName(), arguments, does);
    }
}
