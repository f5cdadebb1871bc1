package aramaki.server.search;

import aramaki.model.observation.State;
import java.util.Optional;

/// Something that was found.
///
/// @param title what it is called
/// @param place where it is, or what it does; may be empty
/// @param path its page; empty for a command
/// @param command what to copy; empty for everything but a command
/// @param state how it stands, of what has a state
public record Hit(
        Kind kind, String title, String place, String path, String command, Optional<State> state) {

    /// What can be found; of equal fit the earlier comes first.
    public enum Kind {
        ALERT("alert", "Alerts"),
        SYSTEM("system", "Systems"),
        CHECK("check", "Checks"),
        ENTITY("entity", "Entities"),
        PERSON("person", "People"),
        PAGE("page", "Pages"),
        COMMAND("command", "Commands"),
        NOTE("note", "Notes");

        private final String word;
        private final String plural;

        Kind(String word, String plural) {
            this.word = word;
            this.plural = plural;
        }

        public String word() {
            return word;
        }

        public String plural() {
            return plural;
        }
    }
}
