package aramaki.agent.link;

import aramaki.protocol.agent.ServerMessage;
import java.time.Instant;
import java.util.List;

/// What an agent does with what its server says. Called on the link's thread; must not block long.
public interface LinkListener {
    void checks(ServerMessage.Checks checks);

    void runNow(ServerMessage.RunNow wanted);

    /// Somebody wants to know what is on this host now.
    default void lookAround() {}

    /// @param spooled when each of the results that are now durable at the server was spooled here
    default void acknowledged(List<Instant> spooled) {}
}
