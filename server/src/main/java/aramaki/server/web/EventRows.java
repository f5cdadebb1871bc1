package aramaki.server.web;

import aramaki.model.observation.State;
import aramaki.model.system.ManagedSystem;
import aramaki.model.timeline.EventHeader;
import aramaki.model.timeline.EventType;
import aramaki.protocol.log.Payload;
import aramaki.server.access.Caller;
import aramaki.server.agent.AgentRecord;
import aramaki.server.observation.Staleness;
import aramaki.server.timeline.Sentences;
import aramaki.server.timeline.StoredEvent;
import aramaki.server.timeline.Surroundings;
import aramaki.server.web.view.Day;
import aramaki.server.web.view.EventRow;
import aramaki.server.web.view.EventRow.Told;
import aramaki.server.web.view.LinkRow;
import aramaki.server.web.view.Markdown;
import aramaki.server.web.view.Place;
import aramaki.server.web.view.StateBadge;
import aramaki.server.web.view.When;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// From stored events to rows of a timeline.
final class EventRows {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);
    private static final DateTimeFormatter OLD_DATE =
            DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.ENGLISH);

    private static final int FILES = 2;

    private final Services services;

    EventRows(Services services) {
        this.services = services;
    }

    /// By day, newest first. What agents send late stands where it belongs by the clock.
    List<Day> days(List<StoredEvent> events, Instant now) {
        var people = people();
        var byDate = new TreeMap<LocalDate, List<StoredEvent>>(Comparator.reverseOrder());
        byDate.putAll(events.stream().collect(Collectors.groupingBy(e -> date(e.header().at()))));
        var newestFirst =
                Comparator.comparing((StoredEvent e) -> e.header().at())
                        .thenComparing(StoredEvent::position)
                        .reversed();
        var today = date(now);
        return byDate.entrySet().stream()
                .map(
                        day ->
                                new Day(
                                        heading(day.getKey(), today),
                                        day.getValue().stream()
                                                .sorted(newestFirst)
                                                .map(e -> row(e, people))
                                                .toList()))
                .toList();
    }

    private LocalDate date(Instant at) {
        return at.atZone(services.zone()).toLocalDate();
    }

    private static String heading(LocalDate date, LocalDate today) {
        String words = (date.getYear() == today.getYear() ? DATE : OLD_DATE).format(date);
        if (date.equals(today)) {
            return "Today, " + words;
        }
        return date.equals(today.minusDays(1)) ? "Yesterday, " + words : words;
    }

    EventRow row(StoredEvent event) {
        return row(event, people());
    }

    private EventRow row(StoredEvent event, Map<String, Caller> people) {
        return row(event, people, When.clock(event.header().at(), services.zone()));
    }

    private EventRow row(StoredEvent event, Map<String, Caller> people, When at) {
        var header = event.header();
        return new EventRow(
                "/events/" + event.hash().hex(),
                at,
                mark(event),
                services.systems()
                        .byId(header.log().system())
                        .map(ManagedSystem::name)
                        .map(Views::system)
                        .orElseGet(() -> Place.nowhere(header.log().system().value())),
                by(header, people),
                told(event));
    }

    private Map<String, Caller> people() {
        return services.access().people().stream()
                .collect(Collectors.toMap(Caller::person, Function.identity()));
    }

    /// Who did it; empty where this instance did, as it does most.
    String by(EventHeader header) {
        return by(header, people());
    }

    private String by(EventHeader header, Map<String, Caller> people) {
        String actor = header.actor();
        if (actor.equals(services.identity().id())) {
            return "";
        }
        return Optional.ofNullable(people.get(actor))
                .map(p -> p.name() + (p.name().equals(p.role()) ? "" : ", as " + p.role()))
                .or(() -> services.agents().byId(actor).map(EventRows::agent))
                .orElse(actor);
    }

    private static String agent(AgentRecord agent) {
        return "agent " + agent.name();
    }

    /// The event in one line, for those who do not see it drawn.
    String words(StoredEvent event) {
        return When.clock(event.header().at(), services.zone()).relative()
                + " "
                + services.timeline().systemOf(event)
                + ": "
                + Views.line(Sentences.of(event));
    }

    /// What lies near a moment, each with how far away it is.
    List<EventRow> near(List<Surroundings.Near> near) {
        var people = people();
        return near.stream()
                .map(
                        n ->
                                row(
                                        n.event(),
                                        people,
                                        When.away(
                                                n.event().header().at(),
                                                n.offset(),
                                                services.zone())))
                .toList();
    }

    List<EventRow> rows(List<StoredEvent> events) {
        var people = people();
        return events.stream().map(e -> row(e, people)).toList();
    }

    StateBadge mark(StoredEvent event) {
        if (event.data().orElse(null) instanceof Payload.StateChanged change) {
            var to = state(change.to());
            if (to.isPresent()) {
                return StateBadge.of(to.get());
            }
        }
        return EventType.ofWord(event.header().type())
                .map(StateBadge::of)
                .orElseGet(() -> new StateBadge(event.header().type(), "●", "plain"));
    }

    private static Optional<State> state(String word) {
        return List.of(State.values()).stream().filter(s -> s.word().equals(word)).findFirst();
    }

    private Told told(StoredEvent event) {
        return switch (event.data().orElse(null)) {
            case Payload.StateChanged p -> changed(p);
            case Payload.AlertFired p ->
                    Told.of("Alert: " + p.check() + " on " + p.entity() + " is " + p.severity());
            case Payload.AlertChanged p ->
                    Told.of(
                            "Alert: "
                                    + p.check()
                                    + " on "
                                    + p.entity()
                                    + " is now "
                                    + p.severity());
            case Payload.SystemChanged p -> Told.of("Definition changed: " + files(p.changed()));
            case Payload.PersonAdmitted p ->
                    Told.of("Person " + p.name() + " was let in as " + p.role());
            case Payload.NoteAdded p -> note(p);
            case Payload.EventReceived p -> received(p);
            case Payload.AgentSilent p ->
                    Told.of(silent(p))
                            .withDetail(
                                    "last heard "
                                            + When.clock(p.lastHeard(), services.zone())
                                                    .absolute());
            case null, default -> Told.of(Views.capital(Sentences.of(event)));
        };
    }

    private static Told note(Payload.NoteAdded note) {
        var links = new ArrayList<Place>();
        Optional.ofNullable(note.about())
                .ifPresent(id -> links.add(new Place("about this event", "/events/" + id)));
        Optional.ofNullable(note.links()).orElse(List.of()).forEach(link -> links.add(place(link)));
        return Told.of("Note").withMarkup(Markdown.of(note.text())).withLinks(links);
    }

    private static Place place(String link) {
        boolean event = link.matches("[0-9a-f]{64}");
        return event
                ? new Place("event " + link.substring(0, 8), "/events/" + link)
                : LinkRow.of(Views.line(link), link, "").place();
    }

    private static Told received(Payload.EventReceived event) {
        var told = Told.of(Views.capital(event.title()));
        boolean plain = event.ceType().startsWith("dev.cdevents.");
        return (plain ? told : told.withDetail(event.ceType() + " from " + event.source()))
                .withLinks(
                        Optional.ofNullable(event.link())
                                .map(link -> LinkRow.of(Views.line(link), link, "").place())
                                .stream()
                                .toList());
    }

    private static Told changed(Payload.StateChanged change) {
        String what = change.check() + " on " + change.entity();
        var from = state(change.from());
        var to = state(change.to());
        if (from.isPresent() && to.isPresent()) {
            return Told.change(what, from.get(), to.get(), Views.line(change.output()));
        }
        boolean removed = change.to().equals(Staleness.REMOVED);
        return Told.of(what + (removed ? " is checked no more" : ": " + change.to()))
                .withDetail(Views.line(change.output()));
    }

    /// The first version of a system changes all its files; the event's own page names each.
    private static String files(List<String> changed) {
        int shown = changed.size() <= FILES + 1 ? changed.size() : FILES;
        String names = String.join(", ", changed.subList(0, shown));
        return shown == changed.size()
                ? names
                : names + " and " + (changed.size() - shown) + " more";
    }

    private static String silent(Payload.AgentSilent silent) {
        return silent.agents().size() == 1
                ? "Agent " + silent.agents().getFirst() + " fell silent"
                : silent.agents().size()
                        + " agents fell silent together: "
                        + String.join(", ", silent.agents());
    }
}
