package aramaki.server.web;

import aramaki.model.alert.AlertKey;
import aramaki.model.observation.State;
import aramaki.model.system.ManagedSystem;
import aramaki.model.timeline.EventType;
import aramaki.server.access.Caller;
import aramaki.server.home.Lately;
import aramaki.server.seen.News;
import aramaki.server.seen.NewsItem;
import aramaki.server.seen.NewsItem.Kind;
import aramaki.server.web.view.LastLook;
import aramaki.server.web.view.LatelyView;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.When;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// From what happened since the last look to the lines that home shows of it.
final class LatelyRows {
    private final Services services;
    private final Views views;

    LatelyRows(Services services, Views views) {
        this.services = services;
        this.views = views;
    }

    LatelyView of(Moment moment, Lately lately) {
        var people =
                lately.lines().isEmpty()
                        ? Map.<String, String>of()
                        : services.access().people().stream()
                                .collect(Collectors.toMap(Caller::person, Caller::name));
        var mark = lately.mark();
        return new LatelyView(
                new LastLook(
                        mark.put() ? views.ago(moment, Optional.of(mark.at())) : When.NEVER,
                        lately.nothing() ? "" : "new",
                        lately.position(),
                        "",
                        List.of()),
                !mark.put(),
                counts(lately),
                lately.lines().stream().map(line -> line(moment, line, people)).toList(),
                more(lately),
                chronic(lately.chronic()),
                "/timeline?q="
                        + Views.parameter("since:" + mark.at().truncatedTo(ChronoUnit.SECONDS)));
    }

    private static List<String> counts(Lately lately) {
        var counts = new ArrayList<String>();
        if (lately.fired() > 0) {
            counts.add(
                    Views.count(lately.fired(), "alert fired", "alerts fired")
                            + (lately.firing() == 0
                                    ? ""
                                    : ", " + lately.firing() + " still firing"));
        }
        if (lately.ended() > 0) {
            counts.add(lately.ended() + " ended");
        }
        var others = lately.others();
        count(counts, others, Kind.NOTE, "note", "notes");
        count(counts, others, Kind.RECEIVED, "event from outside", "events from outside");
        count(counts, others, Kind.DEFINITION, "definition changed", "definition changes");
        count(counts, others, Kind.AGENT, "agent event", "agent events");
        count(counts, others, Kind.OTHER, "other event", "other events");
        return counts;
    }

    private static void count(
            List<String> counts, Map<Kind, Integer> others, Kind kind, String one, String many) {
        int number = others.getOrDefault(kind, 0);
        if (number > 0) {
            counts.add(Views.count(number, one, many));
        }
    }

    private static String more(Lately lately) {
        String left = lately.more() == 0 ? "" : "and " + lately.more() + " more";
        return lately.complete()
                ? left
                : left
                        + (left.isEmpty() ? "" : "; ")
                        + "only the newest "
                        + News.KEPT
                        + " events are counted here";
    }

    private static String chronic(Lately.Chronic chronic) {
        if (chronic.alerts() == 0) {
            return "";
        }
        return Views.count(chronic.alerts(), "alert", "alerts")
                + " came and went again and again, "
                + chronic.firings()
                + " times in all: "
                + chronic.loudest().entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue() + " times")
                        .collect(Collectors.joining(", "))
                + (chronic.alerts() > chronic.loudest().size()
                        ? " and " + (chronic.alerts() - chronic.loudest().size()) + " more"
                        : "");
    }

    private LatelyView.Line line(Moment moment, Lately.Line line, Map<String, String> people) {
        var latest = line.latest();
        var system =
                services.systems()
                        .byId(latest.system())
                        .map(ManagedSystem::name)
                        .map(Views::system)
                        .orElseGet(() -> Place.nowhere(latest.system().value()));
        return new LatelyView.Line(
                latest.alert().isPresent() ? ended(line) : badge(latest),
                what(latest),
                latest.alert().isPresent() ? story(line) : "",
                system,
                people.getOrDefault(latest.actor(), ""),
                line.times() > 1 ? line.times() + " times" : "",
                views.ago(moment, Optional.of(latest.at())));
    }

    private Place what(NewsItem item) {
        return item.alert()
                .map(AlertKey::about)
                .map(
                        about ->
                                new Place(
                                        about.check() + " on " + about.entity(),
                                        views.check(about).href()))
                .orElseGet(
                        () ->
                                new Place(
                                        Views.capital(item.text()),
                                        "/events/" + item.event().hex()));
    }

    private static StateBadge badge(NewsItem item) {
        var mark =
                EventType.ofWord(item.type())
                        .map(StateBadge::of)
                        .orElseGet(() -> new StateBadge(item.type(), "●", "plain"));
        return new StateBadge(word(item.kind()), mark.sign(), mark.css());
    }

    private static StateBadge ended(Lately.Line line) {
        return line.severity() == State.PENDING
                ? StateBadge.resolved()
                : StateBadge.of(line.severity());
    }

    private static String story(Lately.Line line) {
        return line.times() == 0 ? "ended" : "fired and ended";
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case FIRED, CHANGED, RESOLVED -> "alert";
            case NOTE -> "note";
            case RECEIVED -> "outside";
            case DEFINITION -> "definition";
            case AGENT -> "agent";
            case OTHER -> "event";
        };
    }
}
