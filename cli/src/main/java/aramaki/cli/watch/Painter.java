package aramaki.cli.watch;

import aramaki.cli.output.Ages;
import aramaki.cli.output.Plain;
import aramaki.cli.output.Sign;
import aramaki.cli.watch.View.Pane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Turns what is looked at into the rows of a screen of a given size.
final class Painter {
    /// Below this height only the pane that has the keys is shown.
    private static final int ENOUGH_FOR_ALL = 14;

    /// A title and three rows.
    private static final int SMALLEST_PANE = 4;

    private static final List<String> HELP =
            List.of(
                    "j k, arrows     move; Ctrl-F Ctrl-B, PgDn PgUp by pages; g G to the ends",
                    "Tab, 1 2 3      alerts, systems, timeline",
                    "Enter           open: the whole output, and what happened to it",
                    "Esc             close, or drop the filter",
                    "/               filter by words; all must be there",
                    "o               print the page's address, also after leaving",
                    "r               ask the server now",
                    "Ctrl-L          draw everything again",
                    "q, Ctrl-C       leave",
                    "",
                    "ok ✔  warning ▲  critical ✖  unknown ?  stale ◌  pending …",
                    "When the server is not heard, everything is dim and says \"was\".");

    private final String server;
    private final Ages ages;

    Painter(String server, Ages ages) {
        this.server = Plain.line(server);
        this.ages = ages;
    }

    List<Line> paint(View view, int height, int width) {
        var kind = view.link().kind(ages.now());
        boolean live = kind != Link.Kind.LOST;
        var rows = new Rows(ages, live);
        var frame = new ArrayList<Line>();
        frame.add(header(view, rows, kind, width));
        var body = new ArrayList<Line>();
        int room = Math.max(0, height - 2);
        if (view.help()) {
            body.addAll(scroll(view, HELP.stream().map(Line::of).toList(), room));
        } else if (view.open().isPresent()) {
            body.addAll(scroll(view, details(view.open().get(), width), room));
        } else {
            body.addAll(panes(view, rows, room, width));
        }
        for (var line : body) {
            frame.add(live ? line : line.styled(Style::faded));
        }
        while (frame.size() < height - 1) {
            frame.add(Line.EMPTY);
        }
        frame.add(footer(view, kind, width));
        return frame.subList(0, Math.min(height, frame.size()));
    }

    /// Everything as plain rows, for paper rather than for a screen.
    List<Line> print(View view, int width) {
        var rows = new Rows(ages, true);
        var lines = new ArrayList<Line>();
        lines.add(Line.of("aramaki " + server + "  ").and(summary(view, rows)));
        for (var pane : Pane.values()) {
            var items = view.items(pane);
            lines.add(Line.EMPTY);
            lines.add(Line.of(name(pane) + number(view, pane, items)));
            int from = pane == Pane.TIMELINE ? Math.max(0, items.size() - 10) : 0;
            var cells = items.subList(from, items.size()).stream().map(rows::cells).toList();
            Grid.lines(cells, width - 2).forEach(l -> lines.add(Line.of("  ").and(l)));
        }
        return lines;
    }

    private Line header(View view, Rows rows, Link.Kind kind, int width) {
        var right = connection(view.link(), kind);
        var summary = summary(view, rows);
        var left = Line.of("aramaki ", Style.BOLD).and(server + "  ").and(summary);
        if (left.width() + right.width() + 2 > width) {
            left = summary;
        }
        int room = Math.max(0, width - right.width() - 2);
        return Grid.cut(left, room).to(width - right.width()).and(right);
    }

    private Line summary(View view, Rows rows) {
        int firing = view.board().alerts().size();
        var line =
                firing == 0
                        ? Line.of("no alerts")
                        : Line.of(firing + " firing", Style.of(Sign.BAD).bolder());
        if (view.link().kind(ages.now()) == Link.Kind.LOST) {
            line = line.styled(Style::faded);
        }
        line = line.and("  systems", Style.DIM);
        for (var count : view.board().counts().entrySet()) {
            line = line.and(" ").and(rows.count(count.getKey(), count.getValue()));
        }
        return view.link().kind(ages.now()) == Link.Kind.LOST ? line.styled(Style::faded) : line;
    }

    private Line connection(Link link, Link.Kind kind) {
        return switch (kind) {
            case LIVE -> Line.of("live " + seconds(link.heardAt()), Style.of(Sign.GOOD));
            case POLLING ->
                    Line.of("no stream, asked " + seconds(link.heardAt()), Style.of(Sign.CAREFUL));
            case LOST ->
                    Line.of(
                            " NOT LIVE since "
                                    + ages.onTheClock(link.since())
                                    + " ("
                                    + seconds(link.since())
                                    + ") ",
                            Style.of(Sign.BAD).reversed());
        };
    }

    private String seconds(Instant at) {
        var age = Duration.between(at, ages.now());
        return age.compareTo(Duration.ofMinutes(2)) < 0
                ? Math.max(0, age.toSeconds()) + "s"
                : ages.of(at).replace(" ago", "");
    }

    private static String name(Pane pane) {
        return switch (pane) {
            case ALERTS -> "ALERTS";
            case SYSTEMS -> "SYSTEMS";
            case TIMELINE -> "TIMELINE";
        };
    }

    private static String number(View view, Pane pane, List<Item> items) {
        String filtered = view.filter().isBlank() ? "" : " with /" + view.filter();
        if (items.isEmpty()) {
            String what =
                    switch (pane) {
                        case ALERTS -> "no alerts fire";
                        case SYSTEMS -> "no systems";
                        case TIMELINE -> "no events";
                    };
            return "  " + what + filtered;
        }
        return " " + items.size() + filtered;
    }

    private static List<Line> panes(View view, Rows rows, int room, int width) {
        var panes = Pane.values();
        var items = Arrays.stream(panes).map(view::items).toList();
        var sizes = items.stream().mapToInt(List::size).toArray();
        var heights = heights(view.pane().ordinal(), sizes, room);
        var lines = new ArrayList<Line>();
        for (var pane : panes) {
            int height = heights[pane.ordinal()];
            if (height > 0) {
                lines.addAll(pane(view, rows, pane, items.get(pane.ordinal()), height, width));
            }
        }
        return lines;
    }

    /// Each pane gets a few rows, the one with the keys what it needs, the others what is left.
    private static int[] heights(int focus, int[] sizes, int room) {
        var heights = new int[sizes.length];
        if (room < ENOUGH_FOR_ALL) {
            heights[focus] = room;
            return heights;
        }
        int left = room;
        for (int i = 0; i < sizes.length; i++) {
            heights[i] = Math.min(SMALLEST_PANE, sizes[i] + 1);
            left -= heights[i];
        }
        left -= grow(focus, heights, sizes, left);
        for (int i = 0; i < sizes.length; i++) {
            left -= grow(i, heights, sizes, left);
        }
        heights[sizes.length - 1] += left;
        return heights;
    }

    private static int grow(int pane, int[] heights, int[] sizes, int left) {
        int more = Math.min(left, sizes[pane] + 1 - heights[pane]);
        heights[pane] += more;
        return more;
    }

    private static List<Line> pane(
            View view, Rows rows, Pane pane, List<Item> items, int height, int width) {
        boolean focused = pane == view.pane();
        var title =
                Line.of(focused ? "▸ " : "  ", Style.BOLD)
                        .and(name(pane), focused ? Style.BOLD.reversed() : Style.BOLD)
                        .and(Plain.line("x" + number(view, pane, items)).substring(1), Style.DIM);
        var lines = new ArrayList<Line>();
        lines.add(title);
        int shown = height - 1;
        int index = view.index(pane, items);
        boolean pinned = focused || pane == Pane.TIMELINE;
        int from = first(pane, items.size(), pinned ? index : 0, shown);
        var all = Grid.lines(items.stream().map(rows::cells).toList(), width - 2);
        for (int i = from; i < Math.min(items.size(), from + shown); i++) {
            boolean here = focused && i == index;
            var line = Line.of(here ? "▸ " : "  ").and(all.get(i));
            lines.add(here ? line.styled(Style::reversed) : line);
        }
        while (lines.size() < height) {
            lines.add(Line.EMPTY);
        }
        return lines;
    }

    /// The first row shown, so that the selection is in sight with a row around it.
    private static int first(Pane pane, int size, int index, int shown) {
        int most = Math.max(0, size - shown);
        return pane == Pane.TIMELINE
                ? Math.clamp((long) index - shown + 2, 0, most)
                : Math.clamp((long) index - shown / 2, 0, most);
    }

    private static List<Line> scroll(View view, List<Line> lines, int room) {
        int from = Math.clamp(view.scrolled(), 0, Math.max(0, lines.size() - room));
        view.scrolledTo(from);
        return lines.subList(from, Math.min(lines.size(), from + room));
    }

    private static List<Line> details(Details details, int width) {
        var lines = new ArrayList<Line>();
        lines.add(Line.of(Plain.line(details.title()), Style.BOLD));
        lines.add(Line.of(Plain.line(details.url()), Style.DIM));
        lines.add(Line.EMPTY);
        int names =
                details.paragraphs().stream()
                        .filter(p -> !p.text().isEmpty())
                        .mapToInt(p -> Plain.width(p.name()))
                        .max()
                        .orElse(0);
        for (var paragraph : details.paragraphs()) {
            lines.addAll(Wrapping.lines(paragraph, Math.min(names, width / 3), width));
        }
        return lines;
    }

    private static Line footer(View view, Link.Kind kind, int width) {
        if (view.typing()) {
            return Line.of("/" + view.filter()).and(" ", Style.REVERSE);
        }
        if (!view.message().isEmpty()) {
            return Grid.cut(Line.of(Plain.line(view.message())), width);
        }
        if (kind == Link.Kind.LOST) {
            String why = view.link().why();
            return Grid.cut(
                    Line.of(Plain.line(why.isEmpty() ? "the server is not heard" : why))
                            .and("  trying again; r: now  q: quit", Style.DIM),
                    width);
        }
        String keys =
                view.help() || view.open().isPresent()
                        ? "j/k scroll  o address  Esc back  q quit"
                        : "Tab pane  j/k move  Enter open  / filter  o address  ? help  q quit";
        return Grid.cut(Line.of(keys, Style.DIM), width);
    }
}
