package aramaki.server.web.view;

import java.util.List;

/// The keys that work on every page: one table for the list that `?` shows, for the script that
/// acts on them, and for the documentation. A page has further ones where a link or button of it
/// carries `data-key`, with its `title` in the list.
public final class Keys {
    /// A key, or keys one after the other.
    ///
    /// @param keys as a person reads them: `g h`
    /// @param does what then happens
    /// @param go where it leads; empty for none
    /// @param act what the script does; empty for none, where the browser does it by itself
    public record Row(String keys, String does, String go, String act) {
        static Row act(String keys, String does, String act) {
            return new Row(keys, does, "", act);
        }

        static Row go(String keys, String does, String go) {
            return new Row(keys, does, go, "");
        }

        public List<String> parts() {
            return List.of(keys.split(" "));
        }
    }

    /// In the order they are shown.
    public static final List<Row> ALL =
            List.of(
                    Row.act("?", "show these keys", "help"),
                    Row.act("/", "search everything", "palette"),
                    Row.act("Ctrl-K", "search everything, also while typing", "palette"),
                    Row.act("f", "filter this list", "filter"),
                    Row.go("g h", "go home", "/"),
                    Row.go("g s", "go to systems", "/systems"),
                    Row.go("g a", "go to alerts", "/alerts"),
                    Row.go("g t", "go to the timeline", "/timeline"),
                    Row.act("j", "next row", "next"),
                    Row.act("k", "row before", "before"),
                    Row.act("Enter", "open the row", ""),
                    Row.act("m", "mark what is new as seen", "seen"),
                    Row.act("Esc", "leave the row, the field or this list", ""));

    private Keys() {}
}
