package aramaki.server.web.view;

import aramaki.model.observation.State;
import java.util.List;

/// One event on a timeline.
///
/// @param href the event's own page, for ever
/// @param at by the clock
/// @param by who did it, and by which grant
public record EventRow(String href, When at, StateBadge mark, Place system, String by, Told told) {

    /// What happened.
    ///
    /// @param sentence for people
    /// @param change the state before and the one after; or none
    /// @param detail what was said or written; may be empty
    public record Told(String sentence, List<StateBadge> change, String detail) {
        public Told {
            change = List.copyOf(change);
        }

        public static Told of(String sentence) {
            return new Told(sentence, List.of(), "");
        }

        /// What led from one state to another.
        public static Told change(String sentence, State from, State to, String detail) {
            return new Told(sentence, List.of(StateBadge.of(from), StateBadge.of(to)), detail);
        }

        public Told withDetail(String words) {
            return new Told(sentence, change, words);
        }
    }
}
