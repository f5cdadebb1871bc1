package aramaki.agent.link;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the link stands, for people.
///
/// @param since connected, or not connected, since then
/// @param name what the server calls this agent; empty until it first said so
/// @param connects how often a connection was made
/// @param lastAck when the server last acknowledged something
/// @param lastError why the last connection ended or failed
public record LinkStatus(
        boolean connected,
        Instant since,
        String name,
        int connects,
        @Nullable Instant lastAck,
        @Nullable String lastError) {

    LinkStatus opened(String knownAs, Instant now) {
        return new LinkStatus(true, now, knownAs, connects + 1, lastAck, lastError);
    }

    LinkStatus ended(@Nullable String why, Instant now) {
        return new LinkStatus(
                false,
                connected ? now : since,
                name,
                connects,
                lastAck,
                why == null ? lastError : why);
    }

    LinkStatus acknowledged(Instant now) {
        return new LinkStatus(connected, since, name, connects, now, lastError);
    }
}
