package aramaki.cli.observation;

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

/// Hands in a result that a program made.
@Command(
        name = "submit",
        description = "Hand in a result of your own, for a check that the system declares.",
        footerHeading = Examples.HEADING,
        footer = {
            "  aramaki observation submit --system shop --entity db1 --check backup --state ok",
            "  aramaki observation submit --system shop --entity db1 --check backup --state ok"
                    + " --metric time=340s;300;600 --metric size=12GB"
        })
final class ObservationSubmit implements Callable<Integer> {

    private final Shell shell;

    @Option(names = "--system", required = true, paramLabel = "SYSTEM", description = "Of what.")
    private String system = "";

    @Option(
            names = "--entity",
            required = true,
            paramLabel = "ENTITY",
            description = "What it is about: the name of an agent's host.")
    private String entity = "";

    @Option(
            names = "--check",
            required = true,
            paramLabel = "CHECK",
            description = "A check that the system declares.")
    private String check = "";

    @Option(
            names = "--state",
            required = true,
            paramLabel = "STATE",
            description = "ok, warning, critical or unknown.")
    private String state = "";

    @Option(names = "--output", paramLabel = "TEXT", description = "What to say about it.")
    private Optional<String> output = Optional.empty();

    @Option(
            names = "--metric",
            paramLabel = "NAME=VALUE[UNIT][;WARN[;CRIT]]",
            description = "A measured value, as plugins write it; may be repeated.")
    private List<String> metrics = new ArrayList<>();

    @Option(names = "--at", paramLabel = "TIME", description = "When it was, if not now.")
    private Optional<String> at = Optional.empty();

    ObservationSubmit(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {

        ObjectNode said =
                Json.mapper()
                        .createObjectNode()
                        .put("system", system)
                        .put("entity", entity)
                        .put("check", check)
                        .put("state", state);
        output.ifPresent(o -> said.put("output", o));
        at.ifPresent(a -> said.put("at", Durations.moment(a, shell.ages().now()).toString()));
        var measured = said.putArray("metrics");
        metrics.forEach(m -> measured.add(Measured.parse(m)));
        var taken = shell.api().post(Route.to("observations"), said);
        shell.output().value(taken, Cell.string(taken.path("id")));
        shell.say("taken: " + check + " on " + entity + " is " + state);

        return ExitCode.DONE.number();
    }
}
