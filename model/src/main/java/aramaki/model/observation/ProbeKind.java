package aramaki.model.observation;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A probe built into the agent, and the parameters it understands. Servers check definitions by
/// this table; what a value must look like is known to the agent alone, as values may be templates.
///
/// Thresholds named `warn` and `crit` are ranges of the Nagios plugin guidelines.
public enum ProbeKind {
    HTTP(
            "asks a web server and looks at the answer",
            required("url", "an http or https address"),
            optional("method", "GET or HEAD", "GET"),
            optional("expectStatus", "good answers, such as 200 or 200-399 or 200,404", "200-399"),
            optional("contains", "a text the body must contain", ""),
            optional("follow", "true: redirects are followed", "false"),
            optional("warn", "range of seconds the answer may take", ""),
            optional("crit", "range of seconds the answer may take", "")),
    TCP(
            "connects to a port",
            required("host", "a host name or address"),
            required("port", "1 to 65535"),
            optional("warn", "range of seconds connecting may take", ""),
            optional("crit", "range of seconds connecting may take", "")),
    DISK(
            "measures how full the file system of a path is, in bytes and in inodes",
            required("path", "an absolute path"),
            optional("warn", "range of used percent", "80"),
            optional("crit", "range of used percent", "90")),
    LOAD(
            "measures how many processes want to run, per core",
            optional("warn", "a range for load5 per core, or three: load1,load5,load15", "2"),
            optional("crit", "a range for load5 per core, or three: load1,load5,load15", "4")),
    MEMORY(
            "measures how much memory programs cannot have any more",
            optional("warn", "range of used percent", "90"),
            optional("crit", "range of used percent", "95")),
    SWAP(
            "measures how much of the swap space is used",
            optional("warn", "range of used percent", "50"),
            optional("crit", "range of used percent", "80")),
    PROCESS(
            "counts running processes",
            oneOf("name", "the exact name of the program"),
            oneOf("pattern", "a text the command line contains"),
            optional("min", "fewest that are right", "1"),
            optional("max", "most that are right", "")),
    UPTIME(
            "measures for how long the host has been up",
            optional("warn", "range of seconds, such as 600: for at least ten minutes", ""),
            optional("crit", "range of seconds", ""));

    /// Whether a parameter must be there.
    public enum Need {
        REQUIRED,
        /// Exactly one of the probe's parameters with this need must be there.
        ONE_OF,
        OPTIONAL
    }

    /// One parameter a probe understands.
    ///
    /// @param fallback the value that holds when it is not given; empty for none
    public record Parameter(String name, Need need, String meaning, String fallback) {}

    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // it is a List.of
    private final List<Parameter> parameters;

    ProbeKind(String sentence, Parameter... parameters) {
        this.sentence = sentence;
        this.parameters = List.of(parameters);
    }

    public static Optional<ProbeKind> find(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /// All words, for a message about what would be right.
    public static String words() {
        return Arrays.stream(values()).map(ProbeKind::word).collect(Collectors.joining(", "));
    }

    /// The lower-case word, as in a check's file.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What it does, to be read after "the probe".
    public String sentence() {
        return sentence;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    public Optional<Parameter> parameter(String name) {
        return parameters.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /// What is wrong with a set of parameter names, and what would be right; empty when nothing is.
    public Optional<String> problem(Collection<String> given) {
        return unknown(given).or(() -> missing(given)).or(() -> notExactlyOne(given));
    }

    private Optional<String> unknown(Collection<String> given) {
        return given.stream()
                .filter(name -> parameter(name).isEmpty())
                .sorted()
                .findFirst()
                .map(
                        name ->
                                name
                                        + ": the probe "
                                        + word()
                                        + " has no such parameter; it has "
                                        + names(parameters));
    }

    private Optional<String> missing(Collection<String> given) {
        return parameters.stream()
                .filter(p -> p.need() == Need.REQUIRED && !given.contains(p.name()))
                .findFirst()
                .map(p -> p.name() + ": the probe " + word() + " needs it: " + p.meaning());
    }

    private Optional<String> notExactlyOne(Collection<String> given) {
        List<Parameter> choice = parameters.stream().filter(p -> p.need() == Need.ONE_OF).toList();
        long chosen = choice.stream().filter(p -> given.contains(p.name())).count();
        return choice.isEmpty() || chosen == 1
                ? Optional.empty()
                : Optional.of(
                        choice.getFirst().name()
                                + ": the probe "
                                + word()
                                + " needs exactly one of "
                                + names(choice));
    }

    private static String names(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
    }

    private static Parameter required(String name, String meaning) {
        return new Parameter(name, Need.REQUIRED, meaning, "");
    }

    private static Parameter oneOf(String name, String meaning) {
        return new Parameter(name, Need.ONE_OF, meaning, "");
    }

    private static Parameter optional(String name, String meaning, String fallback) {
        return new Parameter(name, Need.OPTIONAL, meaning, fallback);
    }
}
