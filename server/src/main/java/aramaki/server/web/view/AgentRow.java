package aramaki.server.web.view;

import java.util.List;

/// One agent in a list.
///
/// @param host what it says about its host: `Debian 13, 4 cores`; may be empty
/// @param policy what its host allows us, and as which user: one line
/// @param seen when it last talked to us
/// @param spool how far its results have come
public record AgentRow(
        String name,
        String host,
        StateBadge state,
        List<Place> systems,
        String policy,
        When seen,
        Spool spool) {

    public AgentRow {
        systems = List.copyOf(systems);
    }

    /// How far the results of an agent have come.
    ///
    /// @param position the last one that is durable here: `4,182 (epoch 0)`
    /// @param refused results we could not accept, counted; 0 is good
    /// @param latestRefusal why, for the newest of them; may be empty
    public record Spool(String position, int refused, String latestRefusal) {}
}
