package aramaki.cli.audit;

import aramaki.cli.api.Route;
import aramaki.cli.shell.Durations;
import aramaki.cli.shell.Shell;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which part of the audit is asked for.
final class Narrowing {
    /// The two lists.
    enum Kind {
        ACTS,
        LOOKS
    }

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "acts, or looks: what was only looked at, and what was refused.")
    private Optional<Kind> kind = Optional.empty();

    @Option(names = "--person", paramLabel = "PERSON", description = "Of this person only.")
    private Optional<String> person = Optional.empty();

    @Option(names = "--system", paramLabel = "SYSTEM", description = "About this system only.")
    private Optional<String> system = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Since then: 1h, 2d, or an RFC 3339 instant.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Until then.")
    private Optional<String> until = Optional.empty();

    boolean looks() {
        return kind.filter(k -> k == Kind.LOOKS).isPresent();
    }

    Route narrow(Route route, Shell shell) {
        return route.with("kind", kind.map(k -> k.name().toLowerCase(Locale.ROOT)))
                .with("person", person)
                .with("system", system)
                .with("since", since.map(text -> moment(text, shell)))
                .with("until", until.map(text -> moment(text, shell)));
    }

    private static String moment(String text, Shell shell) {
        return Durations.moment(text, shell.ages().now()).toString();
    }
}
