package aramaki.server.timeline;

import aramaki.protocol.log.Payload;
import java.util.Optional;

/// One sentence for people per event.
public final class Sentences {
    private Sentences() {}

    public static String of(StoredEvent event) {
        Optional<Payload> data = event.data();
        return data.map(Sentences::of).orElse(event.header().type() + " (its content was pruned)");
    }

    private static String of(Payload payload) {
        return switch (payload) {
            case Payload.SystemCreated p -> "system " + p.name() + " was created";
            case Payload.SystemChanged p ->
                    "definition changed: "
                            + String.join(", ", p.changed())
                            + (p.folder().isEmpty() ? "" : " in " + p.folder())
                            + (p.because() == null ? "" : said(p.because()));
            case Payload.SystemDeleted p -> "system " + p.name() + " was removed";
            case Payload.StateChanged p ->
                    p.check()
                            + " on "
                            + p.entity()
                            + ": "
                            + p.from()
                            + " → "
                            + p.to()
                            + said(p.output());
            case Payload.CheckFlapping p ->
                    p.check()
                            + " on "
                            + p.entity()
                            + " is flapping, now "
                            + p.state()
                            + said(p.output());
            case Payload.CheckSteady p ->
                    p.check()
                            + " on "
                            + p.entity()
                            + " is steady again: "
                            + p.state()
                            + said(p.output());
            case Payload.AlertFired p ->
                    "alert: "
                            + p.check()
                            + " on "
                            + p.entity()
                            + " is "
                            + p.severity()
                            + said(p.output());
            case Payload.AlertChanged p ->
                    "alert: "
                            + p.check()
                            + " on "
                            + p.entity()
                            + " is now "
                            + p.severity()
                            + said(p.output());
            case Payload.AlertResolved p -> "resolved: " + p.check() + " on " + p.entity();
            case Payload.NoteAdded p -> p.text();
            case Payload.EventReceived p -> p.title();
            case Payload.AgentConnected p -> "agent " + p.agent() + " is back";
            case Payload.AgentSilent p ->
                    (p.agents().size() == 1
                                    ? "agent " + p.agents().getFirst() + " fell silent"
                                    : p.agents().size() + " agents fell silent together")
                            + ", last heard "
                            + p.lastHeard();
            case Payload.AgentStopped p ->
                    "agent " + p.agent() + " stopped as announced" + said(p.reason());
            case Payload.ResultsGap p ->
                    "results "
                            + p.from()
                            + " to "
                            + p.to()
                            + " of agent "
                            + p.agent()
                            + " were lost";
            case Payload.AgentInvited p ->
                    "agents were invited to "
                            + String.join(", ", p.systems())
                            + ", "
                            + p.uses()
                            + (p.uses() == 1 ? " use" : " uses");
            case Payload.AgentJoined p -> "agent " + p.name() + " joined";
            case Payload.AgentRevoked p -> "agent " + p.name() + " was shut out" + said(p.reason());
            case Payload.PersonAdmitted p -> p.name() + " was let in as " + p.role();
            case Payload.ServerStarted p -> "server started, version " + p.version();
            case Payload.ServerStopped p -> "server stopped" + said(p.reason());
        };
    }

    private static String said(String output) {
        String first = output.lines().findFirst().orElse("");
        return first.isBlank() ? "" : ": " + first;
    }
}
