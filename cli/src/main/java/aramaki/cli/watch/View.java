package aramaki.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the person looks at: which pane, which row, through which filter, how far down. Only one
/// thread touches it.
final class View {
    enum Pane {
        ALERTS,
        SYSTEMS,
        TIMELINE;

        Pane after(int steps) {
            return values()[Math.floorMod(ordinal() + steps, values().length)];
        }
    }

    static final int LONGEST_FILTER = 80;

    private final Map<Pane, String> selected = new EnumMap<>(Pane.class);
    private final Happenings happenings = new Happenings();
    private Board board;
    private Link link;
    private Pane pane = Pane.ALERTS;
    private String filter = "";
    private boolean typing;
    private boolean help;
    private Optional<Details> open = Optional.empty();
    private int scrolled;
    private String message = "";

    View(Board board, List<JsonNode> history, Instant now) {
        this.board = board;
        this.link = Link.open(now);
        happenings.add(history);
    }

    Board board() {
        return board;
    }

    Link link() {
        return link;
    }

    Pane pane() {
        return pane;
    }

    String filter() {
        return filter;
    }

    boolean typing() {
        return typing;
    }

    boolean help() {
        return help;
    }

    Optional<Details> open() {
        return open;
    }

    int scrolled() {
        return scrolled;
    }

    String message() {
        return message;
    }

    /// What the server said, or that it says nothing any more.
    void take(News news, Instant now) {
        switch (news) {
            case News.Loaded(var fresh) -> {
                board = fresh;
                link = link.loaded(now);
            }
            case News.Happened(var events) -> fresh(events, now);
            case News.Heard _ -> link = link.heard(now);
            case News.StreamLost(var why) -> link = link.streamLost(why);
            case News.LoadFailed(var why) -> link = link.unanswered(why);
            case News.More(var id, var details) -> {
                if (open.isPresent() && open.get().id().equals(id)) {
                    open = Optional.of(details);
                }
            }
            case News.Key _, News.Resized _, News.Suspended _, News.Interrupted _, News.Over _ -> {}
        }
    }

    /// Takes events in, and returns those that are new, oldest first.
    List<JsonNode> fresh(List<JsonNode> events, Instant now) {
        link = link.heard(now);
        return happenings.add(events);
    }

    /// The rows of a pane that pass the filter.
    List<Item> items(Pane of) {
        var all =
                switch (of) {
                    case ALERTS -> board.alerts().stream().<Item>map(Item.Alert::new).toList();
                    case SYSTEMS -> board.tree().stream().<Item>map(Item.Place::new).toList();
                    case TIMELINE ->
                            happenings.oldestFirst().stream().<Item>map(Item.Event::new).toList();
                };
        return filter.isBlank() ? all : all.stream().filter(i -> i.matches(filter)).toList();
    }

    /// Where the selection is among the rows; the timeline's stays at the newest until it is moved.
    int index(Pane of, List<Item> items) {
        String id = selected.getOrDefault(of, "");
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).id().equals(id)) {
                return i;
            }
        }
        return of == Pane.TIMELINE ? items.size() - 1 : 0;
    }

    Optional<Item> current() {
        var items = items(pane);
        int index = index(pane, items);
        return index >= 0 && index < items.size()
                ? Optional.of(items.get(index))
                : Optional.empty();
    }

    void move(int rows) {
        if (open.isPresent() || help) {
            scrolled = Math.max(0, (int) Math.min((long) scrolled + rows, Integer.MAX_VALUE >> 1));
            return;
        }
        var items = items(pane);
        if (items.isEmpty()) {
            return;
        }
        long to = (long) index(pane, items) + rows;
        int row = Math.clamp(to, 0, items.size() - 1);
        if (pane == Pane.TIMELINE && row == items.size() - 1) {
            selected.remove(pane);
        } else {
            selected.put(pane, items.get(row).id());
        }
    }

    /// The frame had only so much to scroll.
    void scrolledTo(int row) {
        scrolled = row;
    }

    void turn(int steps) {
        pane = pane.after(steps);
    }

    void look(Pane at) {
        pane = at;
    }

    void open(Details details) {
        open = Optional.of(details);
        scrolled = 0;
    }

    void toggleHelp() {
        help = !help;
        scrolled = 0;
    }

    /// Closes what is on top; whether there was something.
    boolean back() {
        if (help) {
            help = false;
        } else if (open.isPresent()) {
            open = Optional.empty();
        } else if (!filter.isEmpty()) {
            filter = "";
        } else {
            return false;
        }
        scrolled = 0;
        return true;
    }

    void startTyping() {
        typing = true;
    }

    void stopTyping() {
        typing = false;
    }

    void filter(String text) {
        filter = text.length() > LONGEST_FILTER ? text.substring(0, LONGEST_FILTER) : text;
    }

    void say(String text) {
        message = text;
    }
}
