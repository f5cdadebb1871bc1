package aramaki.server.web;

import aramaki.server.access.Access;
import aramaki.server.agent.Agents;
import aramaki.server.agent.Assignments;
import aramaki.server.agent.Silence;
import aramaki.server.alert.AlertStore;
import aramaki.server.http.Route;
import aramaki.server.http.Sessions;
import aramaki.server.identity.Identity;
import aramaki.server.observation.ObservationStore;
import aramaki.server.observation.Statuses;
import aramaki.server.store.Store;
import aramaki.server.system.Systems;
import aramaki.server.timeline.EventLog;
import aramaki.server.timeline.Timeline;
import java.time.InstantSource;
import java.util.List;

/// The pages.
public final class Web {
    public Web(
            Identity identity,
            Store store,
            Systems systems,
            Agents agents,
            Statuses statuses,
            Silence silence,
            AlertStore alerts,
            ObservationStore observations,
            Assignments assignments,
            Timeline timeline,
            EventLog log,
            Access access,
            Sessions sessions,
            InstantSource clock) {}

    public List<Route> routes() {
        return List.of();
    }

    public String errorPage(int status, String code, String message, boolean signedIn) {
        return code + message;
    }
}
