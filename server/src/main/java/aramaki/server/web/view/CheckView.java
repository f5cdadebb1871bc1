package aramaki.server.web.view;

import java.util.List;

/// One check: how it stands on each entity, how it got here, and how it is defined.
///
/// @param definition command or probe, every, timeout, ttl, attempts, on, labels, runbook
public record CheckView(Frame frame, Head head, List<EntityCheck> entities, List<Fact> definition) {

    public CheckView {
        entities = List.copyOf(entities);
        definition = List.copyOf(definition);
    }

    /// What stands above everything else.
    ///
    /// @param where the systems from an anchor down to the one it belongs to
    /// @param state the worst over all entities
    public record Head(String name, StateBadge state, List<Place> where, String says) {
        public Head {
            where = List.copyOf(where);
        }
    }

    /// The check on one entity.
    ///
    /// @param history newest first
    /// @param hops in order, of the newest observation that changed something; of the newest when
    ///     none did
    public record EntityCheck(
            String entity,
            Now now,
            List<MetricRow> metrics,
            List<HistoryRow> history,
            List<HopRow> hops) {

        public EntityCheck {
            metrics = List.copyOf(metrics);
            history = List.copyOf(history);
            hops = List.copyOf(hops);
        }

        /// Whose way the hops are: the plain results of a calm check go no further than the store.
        public String way() {
            boolean change =
                    hops.stream().anyMatch(h -> h.name().equals("event") && h.at().happened());
            return change ? "Way of the latest change" : "Way of the newest result";
        }
    }

    /// How it stands.
    ///
    /// @param output all of it
    public record Now(StateBadge state, String because, When since, When seen, String output) {}

    /// One measured value with its unit, and the ranges that were good.
    public record MetricRow(
            String name, String value, String warn, String crit, String min, String max) {}

    /// One result of the past.
    public record HistoryRow(When at, StateBadge state, String output) {}
}
