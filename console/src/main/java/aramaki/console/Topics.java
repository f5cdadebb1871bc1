package aramaki.console;

import java.util.List;

/// What holds for every command of a program.
public record Topics(List<Entry> exitCodes, List<Entry> environment, List<Entry> files) {
    /// A name, and what it means.
    public record Entry(String name, String meaning) {}

    public Topics {
        exitCodes = List.copyOf(exitCodes);
        environment = List.copyOf(environment);
        files = List.copyOf(files);
    }

    /// The entries in two columns.
    public static String columns(List<Entry> entries) {
        int width = entries.stream().mapToInt(e -> e.name().length()).max().orElse(0);
        return String.join(
                "\n",
                entries.stream()
                        .map(
                                e ->
                                        e.name()
                                                + " ".repeat(width - e.name().length())
                                                + "  "
                                                + e.meaning())
                        .toList());
    }
}
