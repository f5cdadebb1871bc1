package aramaki.server.web;

import aramaki.model.Names;
import aramaki.model.Refusal;
import aramaki.model.system.SystemName;
import aramaki.server.http.Exchange;
import aramaki.server.system.files.Durations;
import aramaki.server.timeline.StoredEvent;
import aramaki.server.timeline.Surroundings;
import aramaki.server.timeline.Surroundings.Near;
import aramaki.server.timeline.Surroundings.Relation;
import aramaki.server.web.view.Day;
import aramaki.server.web.view.Filter;
import aramaki.server.web.view.Frame;
import aramaki.server.web.view.Lanes;
import aramaki.server.web.view.Pages;
import aramaki.server.web.view.TimelineView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `/timeline?around=`: what else happened around an event, or around a moment of a system.
final class AroundPage {
    private static final List<Duration> WITHIN =
            List.of(
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Surroundings.NEAR,
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(3),
                    Surroundings.MOST);

    private final Services services;
    private final Views views;
    private final EventRows rows;
    private final LaneViews lanes;
    private final Pages pages;

    AroundPage(Services services, Views views, EventRows rows, LaneViews lanes, Pages pages) {
        this.services = services;
        this.views = views;
        this.rows = rows;
        this.lanes = lanes;
        this.pages = pages;
    }

    /// What all of it is about.
    private record Middle(
            String word, Instant at, Optional<StoredEvent> event, Optional<SystemName> system) {}

    void show(Exchange exchange, Moment moment) {
        var middle = middle(exchange, moment);
        var within = exchange.query("within").map(AroundPage::within).orElse(Surroundings.NEAR);
        var near =
                middle.event()
                        .map(e -> services.surroundings().of(e, within))
                        .orElseGet(
                                () ->
                                        services.surroundings()
                                                .of(middle.at(), middle.system(), within));
        String here = here(middle);
        String name = middle.system().map(SystemName::value).orElse("");
        exchange.html(
                200,
                pages.timeline(
                        new TimelineView(
                                views.frame(
                                        moment,
                                        "Timeline",
                                        Frame.Section.TIMELINE,
                                        command(middle)),
                                new Filter(
                                        name.isEmpty() ? "" : "system:" + name,
                                        says(near, middle, within),
                                        List.of()),
                                lanes(middle, near, within, moment.now(), here),
                                groups(middle, near, name),
                                "",
                                "",
                                false)));
    }

    private Middle middle(Exchange exchange, Moment moment) {
        String word = exchange.query("around").orElse("");
        if (word.matches("[0-9a-f]{64}")) {
            var event = services.timeline().require(word);
            var system = services.systems().byId(event.header().log().system()).map(s -> s.name());
            return new Middle(word, event.header().at(), Optional.of(event), system);
        }
        if (word.indexOf('T') < 0) {
            throw Refusal.invalid(
                    "bad-around",
                    "around must be the id of an event, 64 hexadecimal digits, or an instant like"
                            + " 2026-11-22T03:00:00Z");
        }
        var system = exchange.query("system").map(this::system);
        return new Middle(
                word,
                Window.moment("around", word, moment.now(), services.zone()),
                Optional.empty(),
                system);
    }

    private SystemName system(String name) {
        if (!Names.isShortName(name) || services.systems().find(new SystemName(name)).isEmpty()) {
            throw Refusal.notFound("system", Views.line(name));
        }
        return new SystemName(name);
    }

    private static Duration within(String text) {
        return Durations.parse(text)
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "bad-within", "within must be a duration like 30s or 10m"));
    }

    private static String here(Middle middle) {
        String system =
                middle.event().isPresent()
                        ? ""
                        : middle.system().map(s -> "&system=" + s).orElse("");
        return "/timeline?around=" + Views.parameter(middle.word()) + system;
    }

    private static String command(Middle middle) {
        return middle.event()
                .map(e -> "aramaki timeline list --around " + e.hash().hex().substring(0, 64))
                .orElse(
                        "aramaki timeline list"
                                + middle.system().map(s -> " --system " + s).orElse("")
                                + " --from "
                                + middle.at().minus(Surroundings.NEAR)
                                + " --to "
                                + middle.at().plus(Surroundings.NEAR));
    }

    private static String says(List<Near> near, Middle middle, Duration within) {
        return Views.count(near.size(), "other event", "other events")
                + " within "
                + LaneWords.length(within)
                + " of "
                + (middle.event().isPresent() ? "this one" : middle.at());
    }

    /// Only what lies near: everything that happened at this hour anywhere would hide it.
    private Lanes lanes(Middle middle, List<Near> near, Duration within, Instant now, String here) {
        var window = Window.around(middle.at(), within);
        boolean known = middle.system().isPresent();
        var events =
                Stream.concat(
                                middle.event().stream(),
                                near.stream()
                                        .filter(n -> !known || n.relation() != Relation.ELSEWHERE)
                                        .map(Near::event))
                        .toList();
        String timeline =
                "/timeline?q="
                        + Views.parameter(middle.system().map(s -> "system:" + s).orElse(""));
        var moves =
                new Lanes.Moves(
                        WITHIN.reversed().stream()
                                .filter(w -> w.compareTo(within) < 0)
                                .findFirst()
                                .map(w -> here + "&within=" + Durations.text(w))
                                .orElse(""),
                        WITHIN.stream()
                                .filter(w -> w.compareTo(within) > 0)
                                .findFirst()
                                .map(w -> here + "&within=" + Durations.text(w))
                                .orElse(""),
                        timeline + window.moved(-1).parameters(now),
                        timeline + window.moved(1).parameters(now),
                        "");
        return lanes.around(
                events,
                window,
                LaneViews.extent(window, timeline),
                moves,
                LaneDrawing.percent(0.5));
    }

    private List<Day> groups(Middle middle, List<Near> near, String system) {
        var groups = new ArrayList<Day>();
        middle.event().ifPresent(e -> groups.add(new Day("This event", List.of(rows.row(e)))));
        var here = near.stream().filter(n -> n.relation() != Relation.ELSEWHERE).toList();
        var elsewhere = near.stream().filter(n -> n.relation() == Relation.ELSEWHERE).toList();
        if (!here.isEmpty()) {
            groups.add(
                    new Day(
                            "In " + system + ", above and below it, and where its agents work",
                            rows.near(here)));
        }
        if (!elsewhere.isEmpty()) {
            groups.add(
                    new Day(
                            here.isEmpty() && system.isEmpty() ? "Anywhere" : "Elsewhere",
                            rows.near(elsewhere)));
        }
        return groups;
    }
}
