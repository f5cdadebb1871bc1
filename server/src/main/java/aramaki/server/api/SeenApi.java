package aramaki.server.api;

import aramaki.model.alert.AlertKey;
import aramaki.model.system.SystemName;
import aramaki.server.api.Answers.AlertMark;
import aramaki.server.api.Answers.MarkItem;
import aramaki.server.api.Answers.NewMark;
import aramaki.server.api.Answers.SystemMark;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.seen.Mark;
import aramaki.server.seen.Marks;
import aramaki.server.seen.Seen;
import aramaki.server.seen.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Up to where the caller has looked, over HTTP.
public final class SeenApi {
    private final Seen seen;

    public SeenApi(Seen seen) {
        this.seen = seen;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/api/v1/seen",
                        Need.ONESELF,
                        "Up to where you have looked: at everything, at systems, at alerts.",
                        Answers.Seen.class,
                        this::show),
                new Route(
                        Route.Method.PUT,
                        "/api/v1/seen",
                        Need.ONESELF,
                        "Marks everything, a system with its layers, or an alert as seen by you.",
                        NewMark.class,
                        Answers.Seen.class,
                        this::put));
    }

    private void show(Exchange exchange) {
        exchange.json(answer(seen.marks(exchange.caller()), seen.position()));
    }

    private void put(Exchange exchange) {
        var body = exchange.body(NewMark.class);
        var subjects = new ArrayList<Subject>();
        Optional.ofNullable(body.system())
                .ifPresent(name -> subjects.add(new Subject.OfSystem(new SystemName(name))));
        Optional.ofNullable(body.alert())
                .ifPresent(key -> subjects.add(new Subject.OfAlert(AlertKey.parse(key))));
        if (subjects.isEmpty()) {
            subjects.add(new Subject.Home());
        }
        var marks = seen.mark(exchange.caller(), subjects, Optional.ofNullable(body.upTo()));
        exchange.json(answer(marks, seen.position()));
    }

    private static Answers.Seen answer(Marks marks, long position) {
        var systems = new ArrayList<SystemMark>();
        var alerts = new ArrayList<AlertMark>();
        for (var mark : marks.all()) {
            switch (mark.subject()) {
                case Subject.Home() -> {} // it has a field of its own
                case Subject.OfSystem(var system) ->
                        systems.add(new SystemMark(system.value(), mark.at(), mark.position()));
                case Subject.OfAlert(var key) ->
                        alerts.add(new AlertMark(key.toString(), mark.at(), mark.position()));
            }
        }
        return new Answers.Seen(
                position,
                marks.find(new Subject.Home()).map(SeenApi::item).orElse(null),
                systems,
                alerts);
    }

    private static MarkItem item(Mark mark) {
        return new MarkItem(mark.at(), mark.position());
    }
}
