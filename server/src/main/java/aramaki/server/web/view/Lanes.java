package aramaki.server.web.view;

import java.util.List;

/// A stretch of time, drawn as one strip per kind of event.
///
/// @param title the stretch in words
/// @param says how many events there are, and what was left out
/// @param moves where else one can look from here
/// @param spans the same end, other lengths
/// @param marker where the moment is that all of it is about, as a percentage; empty for none
public record Lanes(
        String title,
        String says,
        Extent extent,
        Moves moves,
        List<Place> spans,
        List<Tick> ticks,
        List<Strip> strips,
        String marker) {

    public Lanes {
        spans = List.copyOf(spans);
        ticks = List.copyOf(ticks);
        strips = List.copyOf(strips);
    }

    /// What the script needs to turn a place on the axis into an address.
    ///
    /// @param here address of this page without its stretch of time
    /// @param from RFC 3339
    /// @param to RFC 3339
    public record Extent(String here, String from, String to) {}

    /// Addresses; empty where there is no further.
    public record Moves(String in, String out, String earlier, String later, String now) {}

    /// A mark on the axis.
    ///
    /// @param x a percentage
    /// @param minor whether it is left out where there is little room
    public record Tick(String x, String label, boolean minor) {}

    /// The events of one kind.
    ///
    /// @param word of the lane
    /// @param count how many there are
    public record Strip(String word, String title, String count, List<Mark> marks) {
        public Strip {
            marks = List.copyOf(marks);
        }
    }

    /// One event, or the events of one slot.
    ///
    /// @param words what a person without the picture is told
    /// @param x a percentage
    /// @param badge sign and colour of a single event
    /// @param bar of several; none for a single event
    public record Mark(String href, String words, String x, String y, StateBadge badge, Bar bar) {
        public boolean single() {
            return bar.equals(Bar.NONE);
        }
    }

    /// A bar, in percent of the width and in pixels of the height.
    ///
    /// @param loud the part of its height that stands for problems that began
    /// @param loudY where that part begins
    public record Bar(String width, String height, String loud, String loudY) {
        public static final Bar NONE = new Bar("", "", "", "");
    }
}
