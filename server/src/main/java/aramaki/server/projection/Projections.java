package aramaki.server.projection;

import aramaki.model.Refusal;
import aramaki.model.timeline.EventType;
import aramaki.model.timeline.Hash;
import aramaki.protocol.Json;
import aramaki.protocol.log.Payload;
import aramaki.server.alert.AlertConsumer;
import aramaki.server.alert.AlertStore;
import aramaki.server.store.Tx;
import aramaki.server.timeline.EventStore;
import aramaki.server.timeline.Fold;
import aramaki.server.timeline.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Everything that is folded from the logs, and how to fold it anew.
public final class Projections {
    private static final int PAGE = 1000;

    private final EventStore events;
    private final AlertStore alerts;
    private final Tables tables;

    public Projections(EventStore events, AlertStore alerts, Tables tables) {
        this.events = events;
        this.alerts = alerts;
        this.tables = tables;
    }

    /// Begins to fold from the first event on.
    public Run begin(Tx tx) {
        return begin(tx, Optional.empty());
    }

    Run begin(Tx tx, Optional<Snapshot> snapshot) {
        return new Run(tx, snapshot);
    }

    /// One folding of all logs, in whatever order they come.
    public final class Run implements Fold {
        private final SystemFolding systems = new SystemFolding();
        private final AlertFolding alertFolding;
        private final List<Folding> foldings;
        private final Set<String> alertTypes = new HashSet<>();
        private final Set<String> otherTypes = new HashSet<>();
        private final Map<Hash, byte[]> kept = new HashMap<>();
        private final long begun;
        private boolean outdated;

        private Run(Tx tx, Optional<Snapshot> snapshot) {
            long cursor = alerts.cursor(tx, AlertConsumer.CONSUMER);
            begun = events.lastPosition(tx);
            alertFolding = new AlertFolding(systems::nameOf, alerts, events, cursor, snapshot);
            foldings =
                    List.of(
                            systems,
                            new PeopleFolding(),
                            new GrantFolding(),
                            new AgentFolding(systems),
                            new PauseFolding(),
                            alertFolding,
                            new SilenceFolding(systems::nameOf),
                            new ReferenceFolding(tables));
            for (var folding : foldings) {
                var types = folding.equals(alertFolding) ? alertTypes : otherTypes;
                folding.types().forEach(t -> types.add(t.word()));
            }
            loadRedactions(tx);
        }

        /// Of what was taken away, the log keeps as much as the projections need.
        private void loadRedactions(Tx tx) {
            long position = 0;
            var of = Set.of(EventType.EVENT_REDACTED.word());
            while (true) {
                var page = events.ofTypes(tx, of, position, PAGE);
                page.forEach(event -> event.data().ifPresent(this::keep));
                if (page.size() < PAGE) {
                    return;
                }
                position = page.getLast().position();
            }
        }

        private void keep(Payload data) {
            if (data instanceof Payload.EventRedacted p) {
                kept.put(new Hash(p.event()), Json.bytes(p.kept()));
            }
        }

        /// The words of the types it is made of.
        Set<String> types() {
            return Stream.concat(alertTypes.stream(), otherTypes.stream())
                    .collect(Collectors.toSet());
        }

        /// Those of the alerts, which may begin with a snapshot.
        Set<String> alertTypes() {
            return alertTypes;
        }

        Set<String> otherTypes() {
            return otherTypes;
        }

        /// Whether something that was seen has been taken away since: what was made of it is gone
        /// from the tables already, and must not come back.
        boolean outdated() {
            return outdated;
        }

        @Override
        public void see(Tx tx, StoredEvent event) {
            see(tx, event, foldings);
        }

        /// The same for the alerts alone, which may begin later than the others.
        void seeAlert(Tx tx, StoredEvent event) {
            see(tx, event, List.of(alertFolding));
        }

        /// The same for all but the alerts: some types of event are of both.
        void seeOther(Tx tx, StoredEvent event) {
            see(tx, event, foldings.stream().filter(f -> !f.equals(alertFolding)).toList());
        }

        private void see(Tx tx, StoredEvent event, List<Folding> those) {
            var type = EventType.ofWord(event.header().type());
            if (type.isEmpty()) {
                return;
            }
            outdated |= type.get() == EventType.EVENT_REDACTED && event.position() > begun;
            var wanting = those.stream().filter(f -> f.wants(event, type.get())).toList();
            if (!wanting.isEmpty()) {
                data(event, type.get())
                        .ifPresent(data -> wanting.forEach(f -> see(tx, f, event, data)));
            }
        }

        private Optional<Payload> data(StoredEvent event, EventType type) {
            if (event.payload() != null) {
                return event.data();
            }
            return Optional.ofNullable(kept.get(event.hash()))
                    .map(bytes -> Json.read(bytes, Payload.classOf(type)));
        }

        /// A payload that no projection can make sense of changes nothing, as it did nothing when
        /// it was written.
        private void see(Tx tx, Folding folding, StoredEvent event, Payload data) {
            try {
                folding.see(tx, event, data);
            } catch (Refusal | IllegalArgumentException e) {
                // not of this folding; whether the bytes are right is for `Verify` to say
            }
        }

        Snapshot snapshot(long position, Hash at) {
            return alertFolding.snapshot(position, at);
        }

        List<Difference> compare(Tx tx) {
            var comparison = new Comparison(tables);
            for (var folding : foldings) {
                try {
                    folding.compare(tx, comparison);
                } catch (Refusal e) { // a damaged table keeps nobody from the others
                    comparison.add(Difference.incurable(e.text()));
                }
            }
            return comparison.differences();
        }

        @Override
        public List<String> differences(Tx tx) {
            var lines =
                    new ArrayList<>(compare(tx).stream().map(Difference::what).distinct().toList());
            try {
                lines.addAll(tables.disagreements(tx));
            } catch (Refusal e) {
                lines.add(e.text());
            }
            return lines;
        }
    }
}
