package aramaki.cli.silence;

import aramaki.cli.api.Failure;
import aramaki.cli.shell.Durations;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What a silence is to hide, and until when.
final class Asked {
    @Parameters(
            index = "0..*",
            arity = "0..*",
            paramLabel = "MATCHER",
            description =
                    "A condition: check=disk, team!=web, 'entity=~db[0-9]+'; fields are system,"
                            + " entity, check, severity and labels. All must hold.")
    private List<String> matchers = new ArrayList<>();

    @Option(
            names = "--system",
            paramLabel = "SYSTEM",
            description = "Only of this system and its layers; it stands in that system's log.")
    private Optional<String> system = Optional.empty();

    @Option(names = "--mine", description = "Only what you have.")
    private boolean mine;

    @Option(names = "--everything", description = "Every alert there is.")
    private boolean everything;

    @Option(names = "--for", paramLabel = "LENGTH", description = "How long: 30m, 2h, 7d.")
    private Optional<String> length = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Until when, at most 90 days.")
    private Optional<String> until = Optional.empty();

    @Option(names = "--from", paramLabel = "TIME", description = "From when, if not now.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "How to call it; otherwise by its reason.")
    private Optional<String> name = Optional.empty();

    ObjectNode body(String reason) {
        if (length.isPresent() == until.isPresent()) {
            throw Failure.usage(
                    "a silence has one end: --for LENGTH or --until TIME", "such as --for 2h");
        }
        var body = Json.mapper().createObjectNode();
        system.ifPresent(s -> body.put("system", s));
        if (!matchers.isEmpty()) {
            var list = body.putArray("matchers");
            matchers.forEach(list::add);
        }
        if (mine) {
            body.put("mine", true);
        }
        if (everything) {
            body.put("everything", true);
        }
        length.ifPresent(l -> body.put("length", Durations.require(l)));
        until.ifPresent(u -> body.put("expiresAt", u));
        from.ifPresent(f -> body.put("startsAt", f));
        name.ifPresent(n -> body.put("name", n));
        body.put("reason", reason);
        return body;
    }
}
