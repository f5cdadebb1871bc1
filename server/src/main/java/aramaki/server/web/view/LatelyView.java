package aramaki.server.web.view;

import java.util.List;

/// What happened since a person last looked.
///
/// @param look the last look, and the form that marks all of it as seen
/// @param first whether this person has never marked anything
/// @param counts how much of what: `3 fired (2 still do)`
/// @param lines the most important first
/// @param more what is left out, in words; empty for nothing
/// @param chronic alerts that came and went again and again, in words; empty for none
/// @param timeline where all of it is
public record LatelyView(
        LastLook look,
        boolean first,
        List<String> counts,
        List<Line> lines,
        String more,
        String chronic,
        String timeline) {

    public LatelyView {
        counts = List.copyOf(counts);
        lines = List.copyOf(lines);
    }

    /// One thing that happened, however often.
    ///
    /// @param what where one reads more
    /// @param says the sentence
    /// @param times `3 times`; empty for once
    public record Line(
            StateBadge mark,
            Place what,
            String says,
            Place system,
            String by,
            String times,
            When at) {}
}
