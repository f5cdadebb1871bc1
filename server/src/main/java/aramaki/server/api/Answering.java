package aramaki.server.api;

import aramaki.model.alert.Acknowledgement;
import aramaki.model.alert.Alert;
import aramaki.model.alert.AlertHistory;
import aramaki.model.alert.AlertKey;
import aramaki.model.alert.AlertState;
import aramaki.model.alert.Care;
import aramaki.model.alert.Silence;
import aramaki.model.observation.Check;
import aramaki.model.observation.Metric;
import aramaki.model.observation.Probing;
import aramaki.model.observation.Schedule;
import aramaki.model.observation.StaleBecause;
import aramaki.model.observation.State;
import aramaki.model.observation.StateCounts;
import aramaki.model.system.ManagedSystem;
import aramaki.model.system.Selected;
import aramaki.model.system.SystemName;
import aramaki.model.system.SystemRef;
import aramaki.model.timeline.EventType;
import aramaki.model.timeline.Lane;
import aramaki.protocol.agent.Results;
import aramaki.server.alert.Firings;
import aramaki.server.api.AlertAnswers.SilencedItem;
import aramaki.server.api.Answers.AlertItem;
import aramaki.server.api.Answers.CategoryWords;
import aramaki.server.api.Answers.CheckEntity;
import aramaki.server.api.Answers.CheckItem;
import aramaki.server.api.Answers.EventItem;
import aramaki.server.api.Answers.HistoryItem;
import aramaki.server.api.Answers.MetricItem;
import aramaki.server.api.Answers.ObservationItem;
import aramaki.server.api.Answers.StatusCheck;
import aramaki.server.api.Answers.SystemItem;
import aramaki.server.observation.CheckStatus;
import aramaki.server.observation.Latest;
import aramaki.server.observation.ObservationId;
import aramaki.server.observation.ObservationStore.Recorded;
import aramaki.server.observation.Rollup;
import aramaki.server.presence.Picture;
import aramaki.server.presence.Viewer;
import aramaki.server.system.files.Schedules;
import aramaki.server.timeline.Sentences;
import aramaki.server.timeline.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// From what we hold to what the JSON interface answers.
public final class Answering {
    private Answering() {}

    static SystemItem system(ManagedSystem system, Rollup rollup, Picture present) {
        var definition = system.definition();
        var category = definition.category();
        return new SystemItem(
                system.id().value(),
                system.name().value(),
                definition.title(),
                new CategoryWords(category.name(), category.singular(), category.plural()),
                definition.labels().values(),
                rollup.worst().word(),
                counts(rollup.counts()),
                rollup.since().orElse(null),
                rollup.oldest().orElse(null),
                definition.subsystems().stream().map(SystemRef::toString).toList(),
                system.anchored(),
                system.ownedByFolder() ? system.folder() : null,
                PresenceApi.openBy(present.of(system.name())));
    }

    /// An aggregate that a selection made; it has no log, and so no id.
    static SystemItem selected(Selected selected, Rollup rollup, Picture present) {
        return new SystemItem(
                null,
                selected.name().value(),
                selected.title(),
                new CategoryWords("selection", "selection", "selections"),
                selected.labels().values(),
                rollup.worst().word(),
                counts(rollup.counts()),
                rollup.since().orElse(null),
                rollup.oldest().orElse(null),
                selected.members().stream().map(SystemName::value).toList(),
                false,
                null,
                PresenceApi.openBy(present.of(selected.name())));
    }

    static Map<String, Integer> counts(StateCounts counts) {
        var words = new LinkedHashMap<String, Integer>();
        for (var state : State.values()) {
            if (counts.of(state) > 0) {
                words.put(state.word(), counts.of(state));
            }
        }
        return words;
    }

    static StatusCheck statusCheck(CheckStatus status) {
        return new StatusCheck(
                status.key().check().value(),
                status.key().entity().value(),
                status.state().word(),
                status.flapping(),
                because(status),
                status.planned().orElse(null),
                lastState(status),
                status.since().orElse(null),
                status.seenAt().orElse(null),
                status.output());
    }

    static CheckItem check(
            ManagedSystem system, Check check, List<CheckStatus> statuses, Instant now) {
        var command = check.probing() instanceof Probing.Command(var argv) ? argv : null;
        var cron = check.schedule() instanceof Schedule.Cron c ? c : null;
        return new CheckItem(
                system.name().value(),
                check.name().value(),
                Schedules.text(check.schedule()),
                check.schedule() instanceof Schedule.Every(var every) ? duration(every) : null,
                cron == null ? null : cron.expression(),
                cron == null ? null : cron.zone().getId(),
                Schedules.next(check.schedule(), now).orElse(null),
                duration(check.timeout()),
                duration(check.ttl()),
                check.attempts(),
                command,
                command == null ? null : check.output().word(),
                probe(check.probing()),
                check.labels().values(),
                check.on().values(),
                check.runbook().orElse(null),
                State.worst(statuses.stream().map(CheckStatus::state).toList()).word(),
                statuses.stream()
                        .map(
                                s ->
                                        new CheckEntity(
                                                s.key().entity().value(),
                                                s.state().word(),
                                                s.flapping(),
                                                because(s),
                                                s.planned().orElse(null),
                                                s.since().orElse(null),
                                                s.seenAt().orElse(null),
                                                s.output()))
                        .toList());
    }

    static @Nullable Map<String, String> probe(Probing probing) {
        if (probing instanceof Probing.Probe(var kind, var parameters)) {
            var probe = new LinkedHashMap<String, String>();
            probe.put("kind", kind);
            probe.putAll(new TreeMap<>(parameters));
            return probe;
        }
        return null;
    }

    /// An observation as the latest of its check.
    static ObservationItem latest(CheckStatus status, Latest latest) {
        return new ObservationItem(
                ObservationId.text(latest.observation()),
                latest.key().system().value(),
                latest.key().entity().value(),
                latest.key().check().value(),
                status.state().word(),
                status.flapping(),
                lastState(status),
                because(status),
                latest.output(),
                latest.metrics().stream().map(Answering::metric).toList(),
                latest.seenAt(),
                status.since().orElse(null),
                latest.seenAt(),
                null);
    }

    static ObservationItem recorded(Recorded recorded) {
        var seen = recorded.observation();
        return new ObservationItem(
                ObservationId.text(recorded.number()),
                seen.key().system().value(),
                seen.key().entity().value(),
                seen.key().check().value(),
                seen.state().word(),
                false,
                null,
                null,
                seen.output(),
                seen.metrics().stream().map(Answering::metric).toList(),
                seen.finished(),
                null,
                seen.finished(),
                recorded.committed());
    }

    static MetricItem metric(Metric metric) {
        var wire = Results.wire(metric);
        return new MetricItem(
                wire.name(),
                wire.value(),
                wire.unit(),
                wire.warn(),
                wire.crit(),
                wire.min(),
                wire.max());
    }

    static AlertItem alert(
            Alert alert,
            Optional<CheckStatus> status,
            boolean fresh,
            List<Viewer> openBy,
            Map<AlertKey, Firings> firings,
            Optional<Silence> silence,
            Instant now) {
        var about = alert.key().about();
        var care = alert.firing() ? alert.care() : Care.NOBODY;
        var acknowledged = care.acknowledged();
        return new AlertItem(
                alert.key().toString(),
                alert.episode().value(),
                about.system().value(),
                about.entity().value(),
                about.check().value(),
                alert.word(),
                alert.severity().word(),
                alert.since(),
                alert.state() instanceof AlertState.Resolved(var at) ? at : null,
                status.flatMap(CheckStatus::seenAt).orElse(null),
                alert.output(),
                status.map(s -> s.state().word()).orElse(null),
                fresh,
                PresenceApi.openBy(openBy),
                alert.flapping(),
                care.owned() ? care.name() : null,
                acknowledged.map(Acknowledgement::at).orElse(null),
                acknowledged.flatMap(Acknowledgement::until).orElse(null),
                acknowledged.map(Acknowledgement::comment).orElse(null),
                acknowledged.filter(Acknowledgement::reminded).isPresent(),
                silence.map(s -> new SilencedItem(s.id(), s.title(), s.expires())).orElse(null),
                history(
                        firings.getOrDefault(alert.key(), Firings.of(alert))
                                .history(now, status.flatMap(CheckStatus::lastOk))));
    }

    private static HistoryItem history(AlertHistory history) {
        return new HistoryItem(
                history.firstAt(),
                history.lastOkAt().orElse(null),
                history.times1d(),
                history.times7d(),
                history.times90d(),
                history.medianSeconds().isPresent() ? history.medianSeconds().getAsLong() : null,
                history.usualHour().isPresent() ? history.usualHour().getAsInt() : null,
                history.total());
    }

    /// An event with its sentence; `system` is the short name, or the id of one that is gone.
    public static EventItem event(StoredEvent event, String system) {
        var header = event.header();
        return new EventItem(
                event.hash().hex(),
                system,
                header.log().eventClass().word(),
                header.epoch(),
                header.seq(),
                header.type(),
                EventType.ofWord(header.type()).map(Lane::of).map(Lane::word).orElse(null),
                header.at(),
                header.recordedAt().wall(),
                header.actor(),
                header.grant().map(Object::toString).orElse(null),
                Sentences.of(event),
                event.data().orElse(null));
    }

    /// As in files: `90s` stays in seconds, whole minutes, hours and days become such.
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds > 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds > 0 && seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static @Nullable String because(CheckStatus status) {
        return status.because().map(StaleBecause::word).orElse(null);
    }

    private static @Nullable String lastState(CheckStatus status) {
        return status.state() == State.STALE ? status.lastState().word() : null;
    }
}
