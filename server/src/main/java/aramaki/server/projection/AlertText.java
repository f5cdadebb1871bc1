package aramaki.server.projection;

import aramaki.model.alert.Acknowledgement;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.AlertState;
import aramaki.model.alert.Care;
import aramaki.model.alert.EpisodeId;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.State;
import aramaki.server.alert.Firings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Alerts as rows of text: how they stand in the tables, and in a snapshot.
final class AlertText {
    private AlertText() {}

    static List<String> key(AlertKey key) {
        var about = key.about();
        return List.of(about.system().value(), about.entity().value(), about.check().value());
    }

    static AlertKey key(List<String> row) {
        return new AlertKey(CheckKey.of(row.get(0), row.get(1), row.get(2)));
    }

    static List<String> alert(Alert alert) {
        var care = alert.care();
        var acknowledged = care.acknowledged();
        return Stream.concat(
                        key(alert.key()).stream(),
                        Stream.of(
                                alert.episode().value(),
                                alert.firing() ? "1" : "0",
                                alert.severity().word(),
                                millis(alert.since()),
                                resolved(alert),
                                alert.output(),
                                alert.flapping() ? "1" : "0",
                                care.owner(),
                                care.name(),
                                acknowledged.map(a -> millis(a.at())).orElse("0"),
                                acknowledged
                                        .flatMap(Acknowledgement::until)
                                        .map(AlertText::millis)
                                        .orElse("0"),
                                acknowledged.map(Acknowledgement::comment).orElse(""),
                                acknowledged.filter(Acknowledgement::reminded).isPresent()
                                        ? "1"
                                        : "0",
                                care.act()))
                .toList();
    }

    static Alert alert(List<String> row) {
        var state =
                row.get(4).equals("1")
                        ? new AlertState.Firing()
                        : new AlertState.Resolved(instant(row.get(7)));
        return new Alert(
                key(row),
                new EpisodeId(row.get(3)),
                state,
                State.ofWord(row.get(5)),
                instant(row.get(6)),
                row.get(8),
                row.get(9).equals("1"),
                new Care(row.get(10), row.get(11), acknowledgement(row), row.get(16)));
    }

    private static Optional<Acknowledgement> acknowledgement(List<String> row) {
        return row.get(12).equals("0")
                ? Optional.empty()
                : Optional.of(
                        new Acknowledgement(
                                instant(row.get(12)),
                                row.get(13).equals("0")
                                        ? Optional.empty()
                                        : Optional.of(instant(row.get(13))),
                                row.get(14),
                                row.get(15).equals("1")));
    }

    static List<String> episode(Alert alert) {
        return Stream.of(
                        Stream.of(alert.episode().value()),
                        key(alert.key()).stream(),
                        Stream.of(alert.severity().word(), millis(alert.since()), resolved(alert)))
                .flatMap(s -> s)
                .toList();
    }

    private static String resolved(Alert alert) {
        return alert.state() instanceof AlertState.Resolved(var at) ? millis(at) : "0";
    }

    static List<String> history(AlertKey key, Firings told) {
        return Stream.concat(
                        key(key).stream(),
                        Stream.of(
                                millis(told.first()),
                                told.lastOk().map(AlertText::millis).orElse("0"),
                                Integer.toString(told.total()),
                                told.hours().entrySet().stream()
                                        .map(e -> e.getKey() + ":" + e.getValue())
                                        .collect(Collectors.joining(",")),
                                listed(told.lasted()),
                                listed(told.byHour())))
                .toList();
    }

    static Firings history(List<String> row) {
        var hours = new TreeMap<Long, Integer>();
        parts(row.get(6))
                .map(pair -> pair.split(":", 2))
                .forEach(p -> hours.put(Long.valueOf(p[0]), Integer.valueOf(p[1])));
        return new Firings(
                instant(row.get(3)),
                row.get(4).equals("0") ? Optional.empty() : Optional.of(instant(row.get(4))),
                Integer.parseInt(row.get(5)),
                hours,
                parts(row.get(7)).map(Long::valueOf).toList(),
                parts(row.get(8)).map(Integer::valueOf).toList());
    }

    private static Stream<String> parts(String list) {
        return list.isEmpty() ? Stream.empty() : Stream.of(list.split(",", -1));
    }

    private static String listed(List<? extends Number> numbers) {
        return numbers.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private static String millis(Instant at) {
        return Long.toString(at.toEpochMilli());
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
