package aramaki.cli.system;

import aramaki.cli.api.ExitCode;
import aramaki.cli.api.Route;
import aramaki.cli.output.Cell;
import aramaki.cli.shell.Examples;
import aramaki.cli.shell.Labelling;
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

/// Creates a system.
@Command(
        name = "create",
        description = "Create a system.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki system create shop --title Shop --category project",
            "  aramaki system create edge --label dc=north --label web --subsystem proxy"
        })
final class SystemCreate implements Callable<Integer> {

    private final Shell shell;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "Its short name: lower-case letters, digits, dots and dashes.")
    private String name = "";

    @Option(names = "--title", paramLabel = "TEXT", description = "What people call it.")
    private Optional<String> title = Optional.empty();

    @Option(
            names = "--category",
            paramLabel = "WORD",
            description = "What kind it is, such as project or service.")
    private Optional<String> category = Optional.empty();

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    private Optional<String> description = Optional.empty();

    @Option(
            names = "--label",
            paramLabel = "KEY=VALUE",
            description = "A label; KEY alone is a tag. May be repeated.")
    private List<String> labels = new ArrayList<>();

    @Option(
            names = "--subsystem",
            paramLabel = "SYSTEM",
            description = "A system it aggregates. May be repeated.")
    private List<String> subsystems = new ArrayList<>();

    SystemCreate(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        ObjectNode wanted = Json.mapper().createObjectNode().put("name", name);
        title.ifPresent(t -> wanted.put("title", t));
        category.ifPresent(c -> wanted.put("category", c));
        description.ifPresent(d -> wanted.put("description", d));
        if (!labels.isEmpty()) {
            wanted.set("labels", Labelling.parse(labels));
        }
        if (!subsystems.isEmpty()) {
            subsystems.forEach(wanted.putArray("subsystems")::add);
        }
        var created = shell.api().post(Route.to("systems"), wanted);
        shell.output().value(created, Cell.string(created.path("name")));
        shell.say("created " + name + "; to watch it: aramaki agent invite --system " + name);

        return ExitCode.DONE.number();
    }
}
