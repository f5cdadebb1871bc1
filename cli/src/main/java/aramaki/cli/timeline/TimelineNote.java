package aramaki.cli.timeline;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Durations;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Shell;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Puts a note on a system's timeline.
@Command(
        name = "note",
        description = "Put a note on the timeline of a system.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki timeline note shop Varnish is flushed, sorry for the noise",
            "  aramaki timeline note shop --at 2026-01-31T18:00:00Z Power was out",
            "  aramaki timeline note shop --about "
                    + "9f2c1e07b4d85a6630cf7715e2ab9d4486f0c3b1d7e95a2f4c8b6e1037d9a5f2"
                    + " --link https://wiki.example/varnish \"that was **us**\""
        })
final class TimelineNote implements Callable<Integer> {

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "The system.")
    private String system = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "TEXT",
            description = "The note, in Markdown.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--at", paramLabel = "TIME", description = "When it was, if not now.")
    private Optional<String> at = Optional.empty();

    @Option(
            names = "--about",
            paramLabel = "EVENT",
            description = "Attach it to the event of this id.")
    private Optional<String> about = Optional.empty();

    @Option(
            names = "--link",
            paramLabel = "URL",
            description = "A web address, or the id of another event; as often as needed.")
    private List<String> links = new ArrayList<>();

    TimelineNote(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        ObjectNode note = Json.mapper().createObjectNode().put("text", String.join(" ", words));
        at.ifPresent(a -> note.put("at", Durations.moment(a, shell.ages().now()).toString()));
        about.ifPresent(id -> note.put("about", id));
        if (!links.isEmpty()) {
            var list = note.putArray("links");
            links.forEach(list::add);
        }
        var event = shell.api().post(Route.to("systems", system, "notes"), note);
        shell.output().value(event, Cell.string(event.path("id")));
        shell.say("noted on the timeline of " + system);

        return ExitCode.DONE.number();
    }
}
