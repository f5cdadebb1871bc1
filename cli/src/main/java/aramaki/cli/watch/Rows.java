package aramaki.cli.watch;

import aramaki.cli.output.Ages;
import aramaki.cli.output.Cell;
import aramaki.cli.output.Plain;
import aramaki.cli.output.Sign;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How alerts, systems and events look as rows. What may no longer be so is shown as what it was.
final class Rows {
    private final Ages ages;
    private final boolean live;

    Rows(Ages ages, boolean live) {
        this.ages = ages;
        this.live = live;
    }

    List<Line> cells(Item item) {
        return switch (item) {
            case Item.Alert(var node) ->
                    List.of(
                            state(text(node, "severity")),
                            Line.of(text(node, "check") + " on " + text(node, "entity")),
                            Line.of(text(node, "system")),
                            Line.of(age(node, "since")),
                            Line.of(standing(node) + firstLine(node)));
            case Item.Place(var place) ->
                    place.system().isMissingNode()
                            ? List.of(
                                    Line.of(place.twig() + "? " + Plain.line(place.name())),
                                    Line.of("unknown here", Style.DIM),
                                    Line.EMPTY,
                                    Line.EMPTY,
                                    Line.EMPTY,
                                    Line.EMPTY)
                            : system(place);
            case Item.Event(var node) ->
                    List.of(
                            Line.of(
                                    Cell.instant(node.path("at")).map(ages::onTheClock).orElse(""),
                                    Style.DIM),
                            Line.of(text(node, "system")),
                            Line.of(text(node, "text"), event(node)));
        };
    }

    private List<Line> system(Board.Place place) {
        var node = place.system();
        String word = text(node, "state");
        return List.of(
                Line.of(place.twig(), Style.DIM).and(Plain.line(place.name())),
                state(word),
                counts(node),
                Line.of(age(node, "since")),
                Line.of(seen(node), Style.DIM),
                Line.of(text(node, "title"), Style.DIM));
    }

    /// Who has it, or what hides it, before what was said of it.
    private static String standing(JsonNode alert) {
        String owner = Plain.line(text(alert, "owner"));
        String silence = Plain.line(text(alert.path("silenced"), "name"));
        return (owner.isEmpty() ? "" : "[" + owner + "] ")
                + (silence.isEmpty() ? "" : "[silenced: " + silence + "] ");
    }

    /// Its sign and word.
    Line state(String word) {
        if (!live) {
            return Line.of(Sign.OLD.sign() + " was " + word);
        }
        return Sign.of(word)
                .map(s -> Line.of(s.sign() + " " + word, Style.of(s)))
                .orElseGet(() -> Line.of(word));
    }

    private Line counts(JsonNode node) {
        var line = Line.EMPTY;
        for (String word : Cell.WORST_FIRST) {
            int number = node.path("counts").path(word).asInt();
            if (number > 0) {
                line = line.and(line.pieces().isEmpty() ? "" : " ").and(count(word, number));
            }
        }
        return line;
    }

    /// A number of things in one state.
    Line count(String word, int number) {
        if (!live) {
            return Line.of(number + " " + word);
        }
        return Sign.of(word)
                .map(s -> Line.of(s.sign() + number, Style.of(s)))
                .orElseGet(() -> Line.of(number + " " + word));
    }

    private static Style event(JsonNode node) {
        return switch (text(node, "type")) {
            case "alert.fired" -> Style.of(Sign.BAD);
            case "alert.changed" -> Style.of(Sign.CAREFUL);
            case "alert.resolved" -> Style.of(Sign.GOOD);
            default -> Style.PLAIN;
        };
    }

    private String age(JsonNode node, String member) {
        return Cell.instant(node.path(member)).map(this::age).orElse("");
    }

    private String seen(JsonNode node) {
        String age = age(node, "seenAt");
        return age.isEmpty() ? "" : "seen " + age;
    }

    /// In steps, as every change has to cross the line: to 10 s in the first two minutes.
    private String age(Instant at) {
        var age = Duration.between(at, ages.now());
        if (age.isNegative() || age.compareTo(Duration.ofMinutes(2)) >= 0) {
            return ages.of(at).replace(" ago", "");
        }
        long tens = age.toSeconds() / 10 * 10;
        return tens == 0 ? "now" : tens + "s";
    }

    private static String firstLine(JsonNode node) {
        return Plain.line(Cell.string(node.path("output")).strip().lines().findFirst().orElse(""));
    }

    static String text(JsonNode node, String member) {
        return Plain.line(Cell.string(node.path(member)));
    }
}
