package aramaki.server.web.view;

import java.util.List;
import java.util.Optional;

/// A check that agents propose, in a list.
///
/// @param look where it is shown whole
/// @param check what it would be called
/// @param how it would look, in one line
/// @param tried what trying it said; empty when nobody did
public record OfferRow(
        String id,
        Place look,
        Place system,
        String check,
        String how,
        Words words,
        Optional<Tried> tried,
        When found,
        Document document) {

    /// What the hosts say of it.
    ///
    /// @param hosts that propose it
    public record Words(String why, String evidence, List<String> hosts) {
        public Words {
            hosts = List.copyOf(hosts);
        }
    }

    /// What trying it once said.
    public record Tried(StateBadge state, String output) {}

    /// What accepting it writes.
    ///
    /// @param path where
    /// @param folder that owns the system's files, where a person has to write it; may be empty
    public record Document(String path, String text, String folder) {
        public boolean ours() {
            return folder.isEmpty();
        }
    }
}
