package aramaki.server.web.view;

import java.util.List;
import java.util.Optional;

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
    /// @param run where a form goes that asks for a run at once
    /// @param all where all entities are, when only one is shown
    public record Head(
            String name,
            StateBadge state,
            List<Place> where,
            String says,
            String run,
            Optional<Place> all) {
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
            Past past,
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
    /// @param told what is known of its alert's past, in one sentence; empty when it never fired
    /// @param held who has its alert, and what hides it
    /// @param acts what people did about it, newest first
    public record Now(
            StateBadge state,
            String because,
            When since,
            When seen,
            String output,
            String told,
            AlertRow.Held held,
            List<EventRow> acts) {
        public Now {
            acts = List.copyOf(acts);
        }

        /// Of one whose alert nobody did anything about.
        public Now(
                StateBadge state,
                String because,
                When since,
                When seen,
                String output,
                String told) {
            this(state, because, since, seen, output, told, AlertRow.Held.BY_NOBODY, List.of());
        }
    }

    /// What it was before.
    ///
    /// @param quarter the last 90 days
    /// @param chosen the time that is looked at closely
    /// @param ranges other times to look at
    /// @param one the result that was asked for
    /// @param older where the results before those shown are; empty at the end
    public record Past(
            StripView quarter,
            StripView chosen,
            List<Place> ranges,
            List<ChartView> charts,
            Optional<OneResult> one,
            String older) {
        public Past {
            ranges = List.copyOf(ranges);
            charts = List.copyOf(charts);
        }

        /// Of an entity that is only listed.
        public static Past none() {
            return new Past(
                    StripView.none(), StripView.none(), List.of(), List.of(), Optional.empty(), "");
        }
    }

    /// One result with all it said.
    ///
    /// @param beside the results before and after it
    public record OneResult(
            String id,
            When at,
            StateBadge state,
            String output,
            List<MetricRow> metrics,
            List<HopRow> hops,
            List<Place> beside) {
        public OneResult {
            metrics = List.copyOf(metrics);
            hops = List.copyOf(hops);
            beside = List.copyOf(beside);
        }
    }

    /// One measured value with its unit, and the ranges that were good.
    public record MetricRow(
            String name, String value, String warn, String crit, String min, String max) {}

    /// One result of the past.
    ///
    /// @param href where it is shown whole
    public record HistoryRow(When at, StateBadge state, String output, String href) {}
}
