package aramaki.agent.link;

import aramaki.protocol.agent.HostEvent;
import aramaki.protocol.agent.Pause;
import aramaki.protocol.agent.ServerMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an agent does with what its server says, and what it has to tell beside results. Called on
/// the link's thread; must not block long.
public interface LinkListener {
    void checks(ServerMessage.Checks checks);

    void runNow(ServerMessage.RunNow wanted);

    /// Somebody wants to know what is on this host now.
    default void lookAround() {}

    /// The newest pause to tell of, also once it is over.
    default Optional<Pause> pause() {
        return Optional.empty();
    }

    /// What happened to the host and has not been noted, the oldest first.
    default List<HostEvent> happened() {
        return List.of();
    }

    default void paused(ServerMessage.Paused said) {}

    default void noted(List<String> ids) {}

    /// Everything up to there is durable at the server.
    ///
    /// @param spooled when each of the results that now are was spooled here
    default void acknowledged(String epoch, long seq, List<Instant> spooled) {}

    /// The server is about to be told that these results will never come.
    default void gap(String epoch, long from, long to) {}
}
