package aramaki.cli.watch;

import aramaki.cli.api.Api;
import aramaki.cli.api.Failure;
import aramaki.cli.api.Route;
import aramaki.cli.output.Ages;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Sign;
import aramaki.cli.watch.Details.Paragraph;
import aramaki.model.Refusal;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What there is to know about one row: first what is here already, then what the server adds.
final class Inquiry {
    private static final int LOOK_BACK = 300;
    private static final int SHOWN = 20;

    private final Api api;
    private final Ages ages;
    private final Consumer<News> news;

    Inquiry(Api api, Ages ages, Consumer<News> news) {
        this.api = api;
        this.ages = ages;
        this.news = news;
    }

    /// At once what is known, and later, as news, the rest.
    Details open(Item item) {
        Thread.ofVirtual().name("watch-open").start(() -> more(item));
        return details(item, List.of(Paragraph.heading("asking ...")));
    }

    private void more(Item item) {
        List<Paragraph> more;
        try {
            more =
                    switch (item) {
                        case Item.Alert(var node) -> alert(node);
                        case Item.Place(var place) -> system(place);
                        case Item.Event _ -> List.of();
                    };
        } catch (Failure | Refusal e) {
            more = List.of(Paragraph.heading("no more is known: " + e.getMessage()));
        }
        news.accept(new News.More(item.id(), details(item, more)));
    }

    private Details details(Item item, List<Paragraph> more) {
        var all = new ArrayList<>(known(item));
        all.addAll(more);
        return new Details(item.id(), title(item), api.server() + item.page(), all);
    }

    private static String title(Item item) {
        return switch (item) {
            case Item.Alert(var node) ->
                    text(node, "check")
                            + " on "
                            + text(node, "entity")
                            + " of "
                            + text(node, "system");
            case Item.Place(var place) -> place.name();
            case Item.Event(var node) -> text(node, "text").lines().findFirst().orElse("");
        };
    }

    private List<Paragraph> known(Item item) {
        var known = new ArrayList<Paragraph>();
        switch (item) {
            case Item.Alert(var node) -> {
                known.add(state("severity", text(node, "severity")));
                fields(known, node, "state", "since", "seenAt", "key", "history");
                known.add(Paragraph.of("output", orNone(text(node, "output"))));
            }
            case Item.Place(var place) -> {
                known.add(state("state", text(place.system(), "state")));
                fields(known, place.system(), "title", "since", "seenAt", "labels", "subsystems");
            }
            case Item.Event(var node) -> {
                fields(known, node, "at", "recordedAt", "system", "type", "by", "grant", "text");
                known.add(Paragraph.of("data", Json.pretty(node.path("data"))));
            }
        }
        return known;
    }

    private List<Paragraph> alert(JsonNode node) {
        var found = new ArrayList<Paragraph>();
        String system = text(node, "system");
        String entity = text(node, "entity");
        String check = text(node, "check");
        var whole = api.get(Route.to("alerts", system, entity, check));
        var episodes = whole.path("episodes").valueStream().limit(SHOWN).toList();
        found.add(Paragraph.heading("Episodes"));
        for (var episode : episodes) {
            String end = time(episode, "resolvedAt");
            found.add(
                    Paragraph.of(
                            time(episode, "since"),
                            text(episode, "severity")
                                    + (end.isEmpty() ? ", open" : ", resolved " + end)));
        }
        found.add(Paragraph.heading("What happened to it"));
        events(system)
                .filter(e -> text(e.path("data"), "check").equals(check))
                .filter(e -> text(e.path("data"), "entity").equals(entity))
                .limit(SHOWN)
                .forEach(e -> found.add(event(e)));
        return found;
    }

    private List<Paragraph> system(Board.Place place) {
        if (place.system().isMissingNode()) {
            return List.of(Paragraph.heading("This instance does not know it."));
        }
        var found = new ArrayList<Paragraph>();
        found.add(Paragraph.heading("Checks"));
        var status = api.get(Route.to("systems", place.name(), "status"));
        for (var check : status.path("checks")) {
            String word = text(check, "state");
            found.add(
                    new Paragraph(
                            text(check, "check") + " on " + text(check, "entity"),
                            signed(word) + "  " + text(check, "output").strip(),
                            Sign.of(word).map(Style::of).orElse(Style.PLAIN)));
        }
        found.add(Paragraph.heading("What happened to it"));
        events(place.name()).limit(SHOWN).forEach(e -> found.add(event(e)));
        return found;
    }

    private Stream<JsonNode> events(String system) {
        return api.list(Route.to("events").with("system", system), LOOK_BACK).items().stream();
    }

    private Paragraph event(JsonNode event) {
        return Paragraph.of(time(event, "at"), orNone(text(event, "text")));
    }

    private void fields(List<Paragraph> into, JsonNode node, String... names) {
        for (String name : names) {
            String text =
                    name.equals("since") || name.endsWith("At") || name.equals("at")
                            ? time(node, name)
                            : text(node, name);
            if (!text.isBlank()) {
                into.add(Paragraph.of(name, text));
            }
        }
    }

    private static Paragraph state(String name, String word) {
        return new Paragraph(
                name, signed(word), Sign.of(word).map(Style::of).orElse(Style.PLAIN).bolder());
    }

    private static String signed(String word) {
        return Sign.of(word).map(s -> s.sign() + " ").orElse("") + word;
    }

    private String time(JsonNode node, String member) {
        return Cell.instant(node.path(member))
                .map(at -> ages.onTheClock(at) + ", " + ages.of(at))
                .orElse("");
    }

    private static String orNone(String text) {
        return text.isBlank() ? "(none)" : text;
    }

    private static String text(JsonNode node, String member) {
        return Cell.string(node.path(member));
    }
}
