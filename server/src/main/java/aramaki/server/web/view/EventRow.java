package aramaki.server.web.view;

import aramaki.model.observation.State;
import java.util.List;

/// One event on a timeline.
///
/// @param href the event's own page, for ever
/// @param at by the clock
/// @param by who did it, and by which grant
public record EventRow(String href, When at, StateBadge mark, Place system, String by, Told told) {
    private static final String PAGE = "/events/";

    /// Where one sees what else happened around it; empty for one without a page.
    public String around() {
        return href.startsWith(PAGE) ? "/timeline?around=" + href.substring(PAGE.length()) : "";
    }

    /// What happened.
    ///
    /// @param sentence for people
    /// @param change the state before and the one after; or none
    /// @param detail what was said; may be empty
    /// @param markup what a person wrote; may be empty
    /// @param links where there is more
    public record Told(
            String sentence,
            List<StateBadge> change,
            String detail,
            Markup markup,
            List<Place> links) {
        public Told {
            change = List.copyOf(change);
            links = List.copyOf(links);
        }

        public static Told of(String sentence) {
            return new Told(sentence, List.of(), "", Markup.NONE, List.of());
        }

        /// What led from one state to another.
        public static Told change(String sentence, State from, State to, String detail) {
            return new Told(
                    sentence,
                    List.of(StateBadge.of(from), StateBadge.of(to)),
                    detail,
                    Markup.NONE,
                    List.of());
        }

        public Told withDetail(String words) {
            return new Told(sentence, change, words, markup, links);
        }

        public Told withMarkup(Markup written) {
            return new Told(sentence, change, detail, written, links);
        }

        public Told withLinks(List<Place> places) {
            return new Told(sentence, change, detail, markup, places);
        }
    }
}
