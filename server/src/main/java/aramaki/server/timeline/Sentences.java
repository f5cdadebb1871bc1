package aramaki.server.timeline;

import aramaki.protocol.log.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One sentence for people per event.
public final class Sentences {
    private static final int NAMED = 3;

    private Sentences() {}

    public static String of(StoredEvent event) {
        Optional<Payload> data = event.data();
        return data.map(Sentences::of).orElseGet(() -> gone(event));
    }

    /// What is left to say of an event whose content is gone.
    private static String gone(StoredEvent event) {
        String type = event.header().type();
        return event.redaction()
                .map(r -> type + ": redacted by " + r.who() + ", " + r.reason())
                .orElse(type + ": no longer kept");
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
            case Payload.AlertAcknowledged p ->
                    p.name()
                            + " has "
                            + alerts(p.alerts())
                            + (p.until() == null ? " until resolved" : " until " + p.until())
                            + said(p.comment());
            case Payload.AlertUnacknowledged p ->
                    "nobody has " + alerts(p.alerts()) + " any more" + said(p.comment());
            case Payload.AlertReminded p ->
                    p.name()
                            + " has "
                            + p.check()
                            + " on "
                            + p.entity()
                            + " only until "
                            + p.expiresAt();
            case Payload.AlertLapsed p ->
                    "the acknowledgement of "
                            + p.check()
                            + " on "
                            + p.entity()
                            + " by "
                            + p.name()
                            + " ran out";
            case Payload.AlertAssigned p ->
                    alerts(p.alerts())
                            + (p.owner().isEmpty() ? " assigned to nobody" : " for " + p.name())
                            + said(p.comment());
            case Payload.AlertCommented p -> "about " + alerts(p.alerts()) + said(p.text());
            case Payload.AlertClosed p ->
                    "resolved by hand: " + alerts(p.alerts()) + said(p.reason());
            case Payload.AlertRestored p ->
                    "undone for "
                            + alerts(
                                    p.alerts().stream()
                                            .map(
                                                    r ->
                                                            new Payload.Touched(
                                                                    r.entity(),
                                                                    r.check(),
                                                                    r.episode(),
                                                                    r.held()))
                                            .toList())
                            + ", what "
                            + p.undoes()
                            + " did";
            case Payload.AlertBulk p ->
                    p.verb()
                            + " of "
                            + p.count()
                            + (p.count() == 1 ? " alert" : " alerts")
                            + " at once"
                            + (p.query().isEmpty() ? "" : " by " + p.query())
                            + said(p.comment());
            case Payload.SilenceAdded p ->
                    "silence "
                            + p.title()
                            + " until "
                            + p.expires()
                            + (p.matchers().isEmpty()
                                    ? ""
                                    : " for " + String.join(" ", p.matchers()))
                            + (p.mine() ? " of " + p.name() + "'s own" : "")
                            + (p.reason().equals(p.title()) ? "" : said(p.reason()));
            case Payload.SilenceWarned p ->
                    "silence "
                            + p.title()
                            + " ends at "
                            + p.expires()
                            + " and hides "
                            + p.hides()
                            + (p.hides() == 1 ? " alert" : " alerts");
            case Payload.SilenceExpired p ->
                    "silence "
                            + p.title()
                            + (p.early() ? " was ended" : " ended")
                            + "; it hid "
                            + p.hid()
                            + (p.hid() == 1 ? " alert" : " alerts");
            case Payload.NoteAdded p -> p.text();
            case Payload.EventReceived p -> p.title();
            case Payload.EventRedacted p ->
                    p.who() + " took away the content of a " + p.what() + said(p.reason());
            case Payload.AgentConnected p -> "agent " + p.agent() + " is back";
            case Payload.AgentSilent p ->
                    (p.agents().size() == 1
                                    ? "agent " + p.agents().getFirst() + " fell silent"
                                    : p.agents().size() + " agents fell silent together")
                            + (p.announced() == null
                                    ? ""
                                    : " after the " + p.announced() + " it had announced")
                            + ", last heard "
                            + p.lastHeard();
            case Payload.AgentStopped p ->
                    (p.kind() == null || p.kind().equals("stop")
                                    ? "agent " + p.agent() + " stopped as announced"
                                    : "host of agent " + p.agent() + " goes down: " + p.kind())
                            + (p.backBy() == null ? "" : ", back by " + p.backBy())
                            + said(p.reason());
            case Payload.AgentStarted p ->
                    "agent "
                            + p.agent()
                            + " "
                            + p.version()
                            + switch (p.after()) {
                                case "crash" -> " started again after it was killed or crashed";
                                case "reboot" -> " started with its host";
                                case "first" -> " started for the first time";
                                default -> " started again";
                            }
                            + (p.lastAlive() == null ? "" : ", last alive " + p.lastAlive());
            case Payload.AgentPaused p ->
                    "agent "
                            + p.agent()
                            + " is paused until "
                            + p.until()
                            + (p.who().isEmpty() ? "" : " by " + p.who())
                            + said(p.reason());
            case Payload.AgentResumed p ->
                    "agent "
                            + p.agent()
                            + (p.where().equals("end")
                                    ? " runs checks again: its pause is over"
                                    : " runs checks again")
                            + (p.who().isEmpty() ? "" : ", says " + p.who());
            case Payload.HostRebooted p ->
                    "host of agent "
                            + p.agent()
                            + (p.announced()
                                    ? " rebooted as announced"
                                    : " rebooted without announcement")
                            + uptime(p.uptimeBeforeSeconds());
            case Payload.HostPackages p ->
                    "packages on "
                            + p.agent()
                            + ": "
                            + packages(p)
                            + (p.by() == null ? "" : " by " + p.by());
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
            case Payload.PersonInvited p -> p.name() + " was invited to join";
            case Payload.PersonUninvited p -> "the invitation for " + p.name() + " was taken back";
            case Payload.PersonJoined p -> p.name() + " joined as " + p.role();
            case Payload.PersonDisabled p -> p.name() + " was shut out" + said(p.reason());
            case Payload.PersonEnabled p -> p.name() + " may come in again";
            case Payload.PasskeyAdded p ->
                    p.name() + " has a new passkey, " + p.label() + ", for " + p.host();
            case Payload.IdentityLinked p -> p.name() + " signs in at " + p.organisation() + " too";
            case Payload.IdentityUnlinked p ->
                    p.name() + " signs in at " + p.organisation() + " no longer";
            case Payload.PasskeyRemoved p ->
                    "the passkey " + p.label() + " of " + p.name() + " is good no longer";
            case Payload.PasswordSet p -> p.name() + " set a password";
            case Payload.PasswordRemoved p -> "the password of " + p.name() + " is good no longer";
            case Payload.CodesMade p -> p.name() + " made " + p.count() + " recovery codes";
            case Payload.TokenAdded p ->
                    p.name() + " has a new token, " + p.label() + ", until " + p.expiresAt();
            case Payload.TokenRevoked p ->
                    "the token " + p.label() + " of " + p.name() + " is good no longer";
            case Payload.KeyAdded p ->
                    p.who() + " gave this instance a key for " + p.purpose() + by(p.signedBy());
            case Payload.KeyRotated p ->
                    p.who() + " replaced this instance's key for " + p.purpose() + by(p.signedBy());
            case Payload.RecoveryRotated p ->
                    p.who()
                            + " replaced the recovery keys: "
                            + p.threshold()
                            + " of "
                            + p.recoveryKeys().size()
                            + " must agree now";
            case Payload.RecoveryUsed p ->
                    "RECOVERY: " + p.who() + " used the recovery keys to sign in as " + p.name();
            case Payload.GrantGiven p ->
                    "grant given: "
                            + String.join(", ", p.verbs())
                            + " until "
                            + p.expiresAt()
                            + said(p.reason());
            case Payload.GrantRevoked p -> "grant revoked" + said(p.reason());
            case Payload.GrantInvoked p ->
                    "EMERGENCY: " + p.name() + " woke rights until " + p.until() + said(p.reason());
            case Payload.GrantReached p ->
                    p.name()
                            + " may "
                            + String.join(", ", p.verbs())
                            + " until "
                            + p.expiresAt()
                            + said(p.reason());
            case Payload.GrantWithdrawn p -> "a grant of " + p.name() + " ended" + said(p.why());
            case Payload.ServerStarted p -> "server started, version " + p.version();
            case Payload.ServerStopped p -> "server stopped" + said(p.reason());
            case Payload.InstanceRestored p ->
                    "restored from the backup of "
                            + p.takenAt()
                            + ": what happened after it is missing";
            case Payload.InstanceRecovered p ->
                    "the restore from the backup of "
                            + p.takenAt()
                            + " was looked at and confirmed";
        };
    }

    private static String by(String signedBy) {
        return signedBy.equals("recovery") ? ", by the recovery keys" : "";
    }

    private static String alerts(List<Payload.Touched> alerts) {
        if (alerts.isEmpty()) {
            return "alerts";
        }
        String named =
                alerts.stream()
                        .limit(NAMED)
                        .map(a -> a.check() + " on " + a.entity())
                        .collect(Collectors.joining(", "));
        int more = alerts.size() - NAMED;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    private static String uptime(@Nullable Long seconds) {
        if (seconds == null) {
            return "";
        }
        long hours = seconds / 3600;
        return ", after "
                + (hours >= 48 ? hours / 24 + " days" : hours > 0 ? hours + " h" : seconds + " s")
                + " up";
    }

    private static String packages(Payload.HostPackages p) {
        var parts = new ArrayList<String>();
        changes(parts, "upgraded", p.upgraded(), p.upgradedCount());
        changes(parts, "installed", p.installed(), p.installedCount());
        changes(parts, "removed", p.removed(), p.removedCount());
        return parts.isEmpty() ? "changed" : String.join("; ", parts);
    }

    private static void changes(
            List<String> parts, String what, List<Payload.PackageChange> some, int count) {
        if (count > 0) {
            var named =
                    some.stream()
                            .limit(NAMED)
                            .map(c -> c.name() + (c.to() == null ? "" : " " + c.to()))
                            .toList();
            int more = count - named.size();
            parts.add(
                    what
                            + " "
                            + String.join(", ", named)
                            + (more > 0 ? " and " + more + " more" : ""));
        }
    }

    private static String said(String output) {
        String first = output.lines().findFirst().orElse("");
        return first.isBlank() ? "" : ": " + first;
    }
}
