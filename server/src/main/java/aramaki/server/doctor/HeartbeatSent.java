package aramaki.server.doctor;

import aramaki.server.heartbeat.Heartbeat;
import java.time.Instant;
import java.util.List;

/// Whether somebody outside would notice that this server is gone.
public record HeartbeatSent(Heartbeat heartbeat) implements Examination {
    @Override
    public String name() {
        return "heartbeat";
    }

    @Override
    public String about() {
        return "A heartbeat goes out to somebody who notices when this server is gone.";
    }

    @Override
    public List<Complaint> examine(Instant now) {
        return switch (heartbeat.last()) {
            case Heartbeat.Last.NotSet() ->
                    List.of(
                            Complaint.advice(
                                    "No heartbeat is sent.",
                                    "When this server is gone, nobody is told.",
                                    "Make a check at a service such as healthchecks.io or another"
                                            + " monitor, and start the server with"
                                            + " ARAMAKI_HEARTBEAT_URL=https://..."));
            case Heartbeat.Last.None(), Heartbeat.Last.Taken _ -> List.of();
            case Heartbeat.Last.Held(_, var reason) ->
                    List.of(
                            Complaint.broken(
                                    "No heartbeat is sent to " + heartbeat.shown() + ": " + reason,
                                    "The server is not well, and who waits for it is to notice.",
                                    "Put right what is said here besides; it is sent again by itself"));
            case Heartbeat.Last.Failed(_, var reason) ->
                    List.of(
                            Complaint.broken(
                                    "The heartbeat to " + heartbeat.shown() + " failed: " + reason,
                                    "Who waits for it believes that this server is gone.",
                                    "Try the address from this host with curl; another one is set by"
                                            + " ARAMAKI_HEARTBEAT_URL"));
        };
    }
}
