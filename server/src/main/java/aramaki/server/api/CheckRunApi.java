package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.CheckName;
import aramaki.model.observation.EntityName;
import aramaki.model.observation.Metric;
import aramaki.model.observation.State;
import aramaki.model.system.SystemName;
import aramaki.protocol.agent.AgentMessage.MetricWire;
import aramaki.protocol.agent.Results;
import aramaki.server.api.Answers.MetricItem;
import aramaki.server.api.Answers.ObservationItem;
import aramaki.server.api.PastAnswers.Asked;
import aramaki.server.api.PastAnswers.NewObservation;
import aramaki.server.api.PastAnswers.RunRequest;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.observation.CheckRuns;
import aramaki.server.observation.Submissions;
import aramaki.server.observation.Submitted;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Running a check at once, and handing in a result, over HTTP.
public final class CheckRunApi {
    private final CheckRuns runs;
    private final Submissions submissions;

    public CheckRunApi(CheckRuns runs, Submissions submissions) {
        this.runs = runs;
        this.submissions = submissions;
    }

    public List<Route> routes() {
        return List.of(
                Route.post(
                        "/api/v1/checks/{system}/{check}/run",
                        Need.on(Verb.RUN),
                        "Runs a check at once and answers with its result; with \"noWait\": true it"
                                + " only asks the agent, and answers 202.",
                        RunRequest.class,
                        ObservationItem.class,
                        this::run),
                Route.post(
                        "/api/v1/observations",
                        Need.onNamed(Verb.RUN),
                        "Takes a result that a program made, about an entity that is there and for a"
                                + " check that its system declares; durable before the answer.",
                        NewObservation.class,
                        ObservationItem.class,
                        this::submit));
    }

    private void run(Exchange exchange) {
        var wanted = exchange.body(RunRequest.class);
        var key =
                runs.key(
                        new SystemName(exchange.path("system")),
                        new CheckName(exchange.path("check")),
                        Optional.ofNullable(wanted.entity()).map(EntityName::new));
        if (Boolean.TRUE.equals(wanted.noWait())) {
            runs.ask(key);
            exchange.json(
                    202,
                    new Asked(
                            key.system().value(), key.entity().value(), key.check().value(), true));
        } else {
            exchange.json(Answering.recorded(runs.run(key)));
        }
    }

    private void submit(Exchange exchange) {
        var said = exchange.body(NewObservation.class);
        var submitted =
                new Submitted(
                        CheckKey.of(said.system(), said.entity(), said.check()),
                        state(said.state()),
                        Optional.ofNullable(said.output()).orElse(""),
                        metrics(said.metrics()),
                        Optional.ofNullable(said.at()));
        exchange.json(
                201,
                Answering.recorded(
                        submissions.submit(
                                submitted,
                                exchange.require(Verb.RUN, submitted.key().system()).by())));
    }

    private static State state(String word) {
        return Arrays.stream(State.values())
                .filter(s -> s.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "bad-state",
                                        "\""
                                                + word
                                                + "\" is no state; say ok, warning, critical or"
                                                + " unknown"));
    }

    private static List<Metric> metrics(@Nullable List<MetricItem> metrics) {
        return metrics == null
                ? List.of()
                : metrics.stream()
                        .map(
                                m ->
                                        new MetricWire(
                                                m.name(), m.value(), m.unit(), m.warn(), m.crit(),
                                                m.min(), m.max()))
                        .map(Results::metric)
                        .toList();
    }
}
