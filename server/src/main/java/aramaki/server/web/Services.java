package aramaki.server.web;

import aramaki.server.access.Access;
import aramaki.server.agent.Agents;
import aramaki.server.agent.Silence;
import aramaki.server.alert.Acts;
import aramaki.server.alert.AlertStore;
import aramaki.server.alert.AlertStory;
import aramaki.server.alert.Inquiry;
import aramaki.server.alert.Silences;
import aramaki.server.grant.Grants;
import aramaki.server.identity.Identity;
import aramaki.server.observation.CheckRuns;
import aramaki.server.observation.MetricLines;
import aramaki.server.observation.ObservationStore;
import aramaki.server.observation.Past;
import aramaki.server.observation.PastStore;
import aramaki.server.observation.Statuses;
import aramaki.server.presence.Presence;
import aramaki.server.proposal.Proposals;
import aramaki.server.seen.Seen;
import aramaki.server.store.Store;
import aramaki.server.system.Systems;
import aramaki.server.timeline.Surroundings;
import aramaki.server.timeline.Timeline;
import java.time.InstantSource;
import java.time.ZoneId;

/// Everything a page can ask of the server.
///
/// @param zone in which pages write times
record Services(
        Identity identity,
        Store store,
        Systems systems,
        Agents agents,
        Statuses statuses,
        Silence silence,
        AlertStore alerts,
        Acts acts,
        Silences silences,
        Inquiry inquiry,
        AlertStory story,
        ObservationStore observations,
        PastStore past,
        Past pasts,
        MetricLines lines,
        CheckRuns runs,
        Timeline timeline,
        Surroundings surroundings,
        Access access,
        Grants grants,
        Seen seen,
        Presence presence,
        Proposals proposals,
        InstantSource clock,
        ZoneId zone) {}
