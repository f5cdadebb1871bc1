package aramaki.server.projection;

import aramaki.model.timeline.Hash;
import java.util.List;
import java.util.Optional;

/// What the alerts came to at one position of the logs.
///
/// @param at hash of the event at that position, by which it belongs to these logs and no others
/// @param cause of the newest alert event up to there
/// @param flapping keys of checks that flap
public record Snapshot(
        long position,
        Hash at,
        Optional<Hash> cause,
        List<List<String>> alerts,
        List<List<String>> episodes,
        List<List<String>> histories,
        List<List<String>> flapping) {

    /// Whether it has the columns of today; one of an earlier version has fewer.
    boolean ofToday() {
        int columns = Table.ALERT.columns().size();
        return alerts.stream().allMatch(row -> row.size() == columns);
    }
}
