package aramaki.protocol.log;

import aramaki.model.timeline.EventType;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an event says beside its header, one record per type. Prunable, except for the document
/// that created a system. Written once and read for ever: components are added, never renamed, and
/// an added one is `@Nullable`, as older events lack it.
public sealed interface Payload extends Json.Whole {
    EventType type();

    /// The document whose hash is the system's id.
    record SystemCreated(int v, String instance, String name, Instant createdAt, String nonce)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.SYSTEM_CREATED;
        }
    }

    /// The whole definition, so that the log alone rebuilds it.
    ///
    /// @param folder where it came from; empty when it was edited here
    /// @param files path inside the system's folder to text
    /// @param changed the paths that differ from the version before
    /// @param because what led to it, such as proposals that were accepted; null when nothing is
    ///     known beyond who did it
    record SystemChanged(
            String folder,
            Map<String, String> files,
            List<String> changed,
            boolean anchored,
            @Nullable String because)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.SYSTEM_CHANGED;
        }
    }

    record SystemDeleted(String name) implements Payload {
        @Override
        public EventType type() {
            return EventType.SYSTEM_DELETED;
        }
    }

    /// @param because why it is stale; null for other states
    /// @param observation id of the observation that showed it; null when silence did
    record StateChanged(
            String entity,
            String check,
            String from,
            String to,
            @Nullable String because,
            String output,
            @Nullable String observation)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.STATE_CHANGED;
        }
    }

    /// A check began to change its state so often that its changes are no longer told one by one.
    ///
    /// @param state the one it has just reached
    /// @param worst the worse one of the two it changed between
    /// @param changes how many of its last 20 results changed the state
    /// @param observation id of the observation that showed it
    record CheckFlapping(
            String entity,
            String check,
            String state,
            String worst,
            int changes,
            String output,
            String observation)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.CHECK_FLAPPING;
        }
    }

    /// @param state the one it stays in
    /// @param observation id of the observation that showed it; null when silence ended it
    record CheckSteady(
            String entity, String check, String state, String output, @Nullable String observation)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.CHECK_STEADY;
        }
    }

    /// @param cause hash of the event that raised it
    /// @param okAt when what it is about was still good; null when that is not known
    record AlertFired(
            String entity,
            String check,
            String episode,
            String severity,
            String output,
            String cause,
            @Nullable Instant okAt)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.ALERT_FIRED;
        }
    }

    record AlertChanged(
            String entity,
            String check,
            String episode,
            String severity,
            String output,
            String cause)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.ALERT_CHANGED;
        }
    }

    /// @param output what was said of it when it was good again; null in events of before that
    record AlertResolved(
            String entity, String check, String episode, String cause, @Nullable String output)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.ALERT_RESOLVED;
        }
    }

    /// One alert that an act is about.
    ///
    /// @param before who looked after it until then, so that the act can be undone
    record Touched(String entity, String check, String episode, Held before)
            implements Json.Whole {}

    /// Who looks after an alert.
    ///
    /// @param owner id of the person; empty for nobody
    /// @param name what that person was called then
    /// @param at when it was acknowledged; null for one that is not
    /// @param until when that runs out; null for the end of the episode
    /// @param comment what was said then; null where it is not acknowledged
    /// @param act the act that made it so; empty for none
    record Held(
            String owner,
            String name,
            @Nullable Instant at,
            @Nullable Instant until,
            @Nullable String comment,
            String act)
            implements Json.Whole {}

    /// @param owner id of the person who has them now
    /// @param until null for as long as each lasts
    /// @param act id of what the person did, which may be in several logs
    record AlertAcknowledged(
            List<Touched> alerts,
            String owner,
            String name,
            @Nullable Instant until,
            String comment,
            String act)
            implements Payload {
        public AlertAcknowledged {
            alerts = List.copyOf(alerts);
        }

        @Override
        public EventType type() {
            return EventType.ALERT_ACKNOWLEDGED;
        }
    }

    record AlertUnacknowledged(List<Touched> alerts, String comment, String act)
            implements Payload {
        public AlertUnacknowledged {
            alerts = List.copyOf(alerts);
        }

        @Override
        public EventType type() {
            return EventType.ALERT_UNACKNOWLEDGED;
        }
    }

    /// @param owner id of the person who was reminded
    record AlertReminded(
            String entity,
            String check,
            String episode,
            String owner,
            String name,
            Instant expiresAt)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.ALERT_REMINDED;
        }
    }

    /// @param owner id of the person who had it
    record AlertLapsed(String entity, String check, String episode, String owner, String name)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.ALERT_LAPSED;
        }
    }

    /// @param owner id of the person; empty for nobody
    record AlertAssigned(
            List<Touched> alerts, String owner, String name, String comment, String act)
            implements Payload {
        public AlertAssigned {
            alerts = List.copyOf(alerts);
        }

        @Override
        public EventType type() {
            return EventType.ALERT_ASSIGNED;
        }
    }

    record AlertCommented(List<Touched> alerts, String text, String act) implements Payload {
        public AlertCommented {
            alerts = List.copyOf(alerts);
        }

        @Override
        public EventType type() {
            return EventType.ALERT_COMMENTED;
        }
    }

    record AlertClosed(List<Touched> alerts, String reason, String act) implements Payload {
        public AlertClosed {
            alerts = List.copyOf(alerts);
        }

        @Override
        public EventType type() {
            return EventType.ALERT_CLOSED;
        }
    }

    /// @param undoes id of the act that was undone
    record AlertRestored(List<Restored> alerts, String undoes, String act) implements Payload {
        public AlertRestored {
            alerts = List.copyOf(alerts);
        }

        @Override
        public EventType type() {
            return EventType.ALERT_RESTORED;
        }
    }

    /// One alert of `AlertRestored`.
    ///
    /// @param firing whether it had been closed by hand and fires again
    /// @param flapping whether what it is about flaps, where it fires again
    /// @param held who looks after it again
    record Restored(
            String entity,
            String check,
            String episode,
            boolean firing,
            boolean flapping,
            Held held)
            implements Json.Whole {}

    /// The one entry for an act on many alerts; the events in their systems' logs name its id.
    ///
    /// @param verb as on the command line: `ack`, `undo`, ...
    /// @param query what they were found by; empty where each was named
    /// @param alerts the key of every one of them
    record AlertBulk(
            String act, String verb, String query, int count, String comment, List<String> alerts)
            implements Payload {
        public AlertBulk {
            alerts = List.copyOf(alerts);
        }

        @Override
        public EventType type() {
            return EventType.ALERT_BULK;
        }
    }

    /// @param matchers as they are written: `check=~disk.*`
    /// @param mine whether only alerts that its owner has are silent
    /// @param owner id of the person
    record SilenceAdded(
            String silence,
            String title,
            List<String> matchers,
            boolean mine,
            Instant starts,
            Instant expires,
            String reason,
            String owner,
            String name)
            implements Payload {
        public SilenceAdded {
            matchers = List.copyOf(matchers);
        }

        @Override
        public EventType type() {
            return EventType.SILENCE_ADDED;
        }
    }

    /// @param hides how many alerts it hides at that moment
    record SilenceWarned(String silence, String title, Instant expires, String owner, int hides)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.SILENCE_WARNED;
        }
    }

    /// @param hid how many alerts fired, or went on firing, under it
    /// @param early whether somebody ended it before its time
    record SilenceExpired(String silence, String title, int hid, boolean early) implements Payload {
        @Override
        public EventType type() {
            return EventType.SILENCE_EXPIRED;
        }
    }

    /// @param text Markdown
    /// @param about hash of the event it is attached to; null when it is about none
    /// @param links addresses, and hashes of other events; null when there are none
    record NoteAdded(String text, @Nullable String about, @Nullable List<String> links)
            implements Payload {
        public NoteAdded {
            links = links == null ? null : List.copyOf(links);
        }

        public NoteAdded(String text) {
            this(text, null, null);
        }

        @Override
        public EventType type() {
            return EventType.NOTE_ADDED;
        }
    }

    /// The payload of an event of the same log was taken away by hand; its header stays.
    ///
    /// @param event hash of the event
    /// @param what its type
    /// @param kept the payload without what people or programs wrote: as much as the instance needs
    record EventRedacted(String event, String what, String reason, String who, JsonNode kept)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.EVENT_REDACTED;
        }
    }

    /// What a program elsewhere told: a CloudEvent or a CDEvent.
    ///
    /// @param source who told it, and within that its `id`; together they are told once
    /// @param ceType the type it was told as
    /// @param subject what it is about; null when it does not say
    /// @param at when it happened by the sender's clock; null when it does not say. The header's
    ///     `at` is this as far as it can be believed
    /// @param title one sentence for people, made when it came
    /// @param link a web address with more; null without one
    /// @param data the beginning of what came with it, as text; null when nothing did
    record EventReceived(
            String source,
            String id,
            String ceType,
            @Nullable String subject,
            @Nullable Instant at,
            String title,
            @Nullable String link,
            @Nullable String data)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.EVENT_RECEIVED;
        }
    }

    /// @param agents names of those that vanished together
    /// @param home whether this is the home system of these agents, where the alert belongs
    /// @param announced the kind of stop a single one had announced and is not back from
    record AgentSilent(
            List<String> agents, Instant lastHeard, boolean home, @Nullable String announced)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.AGENT_SILENT;
        }
    }

    /// @param stillSilent how many other agents of the same home are silent still
    record AgentConnected(String agent, Instant silentSince, boolean home, int stillSilent)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.AGENT_CONNECTED;
        }
    }

    /// @param kind `stop`, `reboot` or `poweroff`
    /// @param backBy when its silence is no longer planned; null for never
    record AgentStopped(
            String agent, String reason, @Nullable String kind, @Nullable Instant backBy)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.AGENT_STOPPED;
        }
    }

    /// @param after `first`, `stop`, `crash` or `reboot`
    /// @param lastAlive when it last ran before; null when that is not known
    record AgentStarted(String agent, String version, String after, @Nullable Instant lastAlive)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.AGENT_STARTED;
        }
    }

    /// @param where `host` or `server`: where it was wanted
    record AgentPaused(String agent, Instant until, String reason, String who, String where)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.AGENT_PAUSED;
        }
    }

    /// @param who empty where nobody ended it
    /// @param where `host` or `server`, or `end` where it ran out
    record AgentResumed(String agent, String who, String where) implements Payload {
        @Override
        public EventType type() {
            return EventType.AGENT_RESUMED;
        }
    }

    /// @param announced whether the agent had been told to stop for it
    /// @param uptimeBeforeSeconds null when that is not known
    record HostRebooted(String agent, boolean announced, @Nullable Long uptimeBeforeSeconds)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.HOST_REBOOTED;
        }
    }

    /// @param installed at most 50 of `installedCount`; the others likewise
    /// @param by who asked for it, where the package manager says so
    record HostPackages(
            String agent,
            List<PackageChange> installed,
            List<PackageChange> removed,
            List<PackageChange> upgraded,
            int installedCount,
            int removedCount,
            int upgradedCount,
            @Nullable String by,
            @Nullable String command)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.HOST_PACKAGES;
        }
    }

    /// One package of `HostPackages`.
    ///
    /// @param from null for one that was not there
    /// @param to null for one that is no more
    record PackageChange(String name, @Nullable String from, @Nullable String to)
            implements Json.Whole {}

    /// Results `from` to `to` (inclusive) of this spool epoch will never come.
    record ResultsGap(String agent, String epoch, long from, long to) implements Payload {
        @Override
        public EventType type() {
            return EventType.RESULTS_GAP;
        }
    }

    record AgentInvited(
            String invite,
            List<String> systems,
            Map<String, String> labels,
            int uses,
            Instant expiresAt)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.AGENT_INVITED;
        }
    }

    record AgentJoined(String agent, String name, String key, String invite) implements Payload {
        @Override
        public EventType type() {
            return EventType.AGENT_JOINED;
        }
    }

    record AgentRevoked(String agent, String name, String reason) implements Payload {
        @Override
        public EventType type() {
            return EventType.AGENT_REVOKED;
        }
    }

    /// A permission, as `aramaki.model.grant.Grant` has it; this event's hash is its id.
    ///
    /// @param systems ids of systems, each with every layer below it
    /// @param parent id of the grant it was passed on from; null when it came from an owner's own
    ///     right
    /// @param emergency it sleeps until its holder invokes it
    record GrantGiven(
            String holder,
            boolean everything,
            List<String> systems,
            Map<String, String> labels,
            List<String> verbs,
            List<String> classes,
            boolean passkey,
            List<String> networks,
            Instant notBefore,
            Instant expiresAt,
            int depth,
            String reason,
            @Nullable String parent,
            boolean emergency)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.GRANT_GIVEN;
        }
    }

    record GrantRevoked(String grant, String reason) implements Payload {
        @Override
        public EventType type() {
            return EventType.GRANT_REVOKED;
        }
    }

    /// @param holder id of who invoked it
    /// @param name of the holder, for people
    record GrantInvoked(String grant, String holder, String name, String reason, Instant until)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.GRANT_INVOKED;
        }
    }

    /// In the log of each system that a grant covers: acts there name this event, so that whether
    /// the grant still held is decided by one log.
    ///
    /// @param name of the holder, for people
    record GrantReached(
            String grant,
            String holder,
            String name,
            List<String> verbs,
            Instant expiresAt,
            String reason)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.GRANT_REACHED;
        }
    }

    /// @param reached hash of the event by which it had covered the system
    record GrantWithdrawn(String grant, String reached, String name, String why)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.GRANT_WITHDRAWN;
        }
    }

    record PersonAdmitted(String person, String name, String role) implements Payload {
        @Override
        public EventType type() {
            return EventType.PERSON_ADMITTED;
        }
    }

    /// @param name what the person will be called here
    /// @param title how people know them
    /// @param grants what the person will be given on joining, as whoever grants reads it
    record PersonInvited(
            String invitation, String name, String title, List<JsonNode> grants, Instant expiresAt)
            implements Payload {
        public PersonInvited {
            grants = List.copyOf(grants);
        }

        @Override
        public EventType type() {
            return EventType.PERSON_INVITED;
        }
    }

    record PersonUninvited(String invitation, String name) implements Payload {
        @Override
        public EventType type() {
            return EventType.PERSON_UNINVITED;
        }
    }

    record PersonJoined(String person, String name, String title, String role, String invitation)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.PERSON_JOINED;
        }
    }

    record PersonDisabled(String person, String name, String reason) implements Payload {
        @Override
        public EventType type() {
            return EventType.PERSON_DISABLED;
        }
    }

    record PersonEnabled(String person, String name) implements Payload {
        @Override
        public EventType type() {
            return EventType.PERSON_ENABLED;
        }
    }

    /// A public key is no secret, so that the log alone brings a passkey back.
    ///
    /// @param name of the person
    /// @param passkey the credential's id, as its authenticator made it; base64url
    /// @param label what the person calls it
    /// @param host the name of this server that it is good for
    /// @param publicKey as COSE; base64url
    record PasskeyAdded(
            String person, String name, String passkey, String label, String host, String publicKey)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.PASSKEY_ADDED;
        }
    }

    record PasskeyRemoved(String person, String name, String passkey, String label)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.PASSKEY_REMOVED;
        }
    }

    /// Who somebody is at their organisation; never their e-mail address, which may be another's
    /// tomorrow.
    ///
    /// @param name of the person
    /// @param issuer the address of the organisation's provider
    /// @param subject what the provider calls them, for ever
    /// @param organisation what we call it
    record IdentityLinked(
            String person, String name, String issuer, String subject, String organisation)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.IDENTITY_LINKED;
        }
    }

    record IdentityUnlinked(
            String person, String name, String issuer, String subject, String organisation)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.IDENTITY_UNLINKED;
        }
    }

    record PasswordSet(String person, String name) implements Payload {
        @Override
        public EventType type() {
            return EventType.PASSWORD_SET;
        }
    }

    record PasswordRemoved(String person, String name) implements Payload {
        @Override
        public EventType type() {
            return EventType.PASSWORD_REMOVED;
        }
    }

    record CodesMade(String person, String name, int count) implements Payload {
        @Override
        public EventType type() {
            return EventType.CODES_MADE;
        }
    }

    /// @param name of the person it acts for
    record TokenAdded(String person, String name, String token, String label, Instant expiresAt)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.TOKEN_ADDED;
        }
    }

    record TokenRevoked(String person, String name, String token, String label) implements Payload {
        @Override
        public EventType type() {
            return EventType.TOKEN_REVOKED;
        }
    }

    /// @param entry hash of the key log's entry that says so
    /// @param purpose what the key is for
    /// @param key the public key
    /// @param signedBy `online` or `recovery`: which keys decided it
    /// @param who name of the person; of the host's user when it was done there
    record KeyAdded(String entry, String purpose, String key, String signedBy, String who)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.KEY_ADDED;
        }
    }

    /// The same, and the key it replaced.
    record KeyRotated(
            String entry, String purpose, String key, String replaces, String signedBy, String who)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.KEY_ROTATED;
        }
    }

    /// @param recoveryKeys the new public keys
    /// @param threshold so many of them must agree
    record RecoveryRotated(String entry, List<String> recoveryKeys, int threshold, String who)
            implements Payload {
        public RecoveryRotated {
            recoveryKeys = List.copyOf(recoveryKeys);
        }

        @Override
        public EventType type() {
            return EventType.RECOVERY_ROTATED;
        }
    }

    /// Somebody with the recovery keys made a sign-in link on the host.
    ///
    /// @param person who it signs in
    /// @param recoveryKeys fingerprints of the keys that were shown
    /// @param who name of the host's user
    record RecoveryUsed(String person, String name, List<String> recoveryKeys, String who)
            implements Payload {
        public RecoveryUsed {
            recoveryKeys = List.copyOf(recoveryKeys);
        }

        @Override
        public EventType type() {
            return EventType.RECOVERY_USED;
        }
    }

    record ServerStarted(String version) implements Payload {
        @Override
        public EventType type() {
            return EventType.SERVER_STARTED;
        }
    }

    record ServerStopped(String reason) implements Payload {
        @Override
        public EventType type() {
            return EventType.SERVER_STOPPED;
        }
    }

    /// The instance went back to a backup; from here on the system's logs are of a new epoch.
    ///
    /// @param backup digest of the content that was restored
    /// @param ends where the system's logs ended in it: what came after is lost, or known elsewhere
    record InstanceRestored(String backup, Instant takenAt, long epoch, List<LogEnd> ends)
            implements Payload {
        @Override
        public EventType type() {
            return EventType.INSTANCE_RESTORED;
        }
    }

    /// The newest event of one log.
    record LogEnd(String log, long epoch, long seq, String hash) implements Json.Whole {}

    /// A person looked at what a restore left missing.
    record InstanceRecovered(long epoch, Instant takenAt) implements Payload {
        @Override
        public EventType type() {
            return EventType.INSTANCE_RECOVERED;
        }
    }

    /// The record class that a type's payload is read as.
    static Class<? extends Payload> classOf(EventType type) {
        return switch (type) {
            case SYSTEM_CREATED -> SystemCreated.class;
            case SYSTEM_CHANGED -> SystemChanged.class;
            case SYSTEM_DELETED -> SystemDeleted.class;
            case STATE_CHANGED -> StateChanged.class;
            case CHECK_FLAPPING -> CheckFlapping.class;
            case CHECK_STEADY -> CheckSteady.class;
            case ALERT_FIRED -> AlertFired.class;
            case ALERT_CHANGED -> AlertChanged.class;
            case ALERT_RESOLVED -> AlertResolved.class;
            case ALERT_ACKNOWLEDGED -> AlertAcknowledged.class;
            case ALERT_UNACKNOWLEDGED -> AlertUnacknowledged.class;
            case ALERT_REMINDED -> AlertReminded.class;
            case ALERT_LAPSED -> AlertLapsed.class;
            case ALERT_ASSIGNED -> AlertAssigned.class;
            case ALERT_COMMENTED -> AlertCommented.class;
            case ALERT_CLOSED -> AlertClosed.class;
            case ALERT_RESTORED -> AlertRestored.class;
            case ALERT_BULK -> AlertBulk.class;
            case SILENCE_ADDED -> SilenceAdded.class;
            case SILENCE_WARNED -> SilenceWarned.class;
            case SILENCE_EXPIRED -> SilenceExpired.class;
            case NOTE_ADDED -> NoteAdded.class;
            case EVENT_REDACTED -> EventRedacted.class;
            case EVENT_RECEIVED -> EventReceived.class;
            case AGENT_CONNECTED -> AgentConnected.class;
            case AGENT_SILENT -> AgentSilent.class;
            case AGENT_STOPPED -> AgentStopped.class;
            case AGENT_STARTED -> AgentStarted.class;
            case AGENT_PAUSED -> AgentPaused.class;
            case AGENT_RESUMED -> AgentResumed.class;
            case HOST_REBOOTED -> HostRebooted.class;
            case HOST_PACKAGES -> HostPackages.class;
            case RESULTS_GAP -> ResultsGap.class;
            case AGENT_INVITED -> AgentInvited.class;
            case AGENT_JOINED -> AgentJoined.class;
            case AGENT_REVOKED -> AgentRevoked.class;
            case PERSON_ADMITTED -> PersonAdmitted.class;
            case PERSON_INVITED -> PersonInvited.class;
            case PERSON_UNINVITED -> PersonUninvited.class;
            case PERSON_JOINED -> PersonJoined.class;
            case PERSON_DISABLED -> PersonDisabled.class;
            case PERSON_ENABLED -> PersonEnabled.class;
            case PASSKEY_ADDED -> PasskeyAdded.class;
            case PASSKEY_REMOVED -> PasskeyRemoved.class;
            case IDENTITY_LINKED -> IdentityLinked.class;
            case IDENTITY_UNLINKED -> IdentityUnlinked.class;
            case PASSWORD_SET -> PasswordSet.class;
            case PASSWORD_REMOVED -> PasswordRemoved.class;
            case CODES_MADE -> CodesMade.class;
            case TOKEN_ADDED -> TokenAdded.class;
            case TOKEN_REVOKED -> TokenRevoked.class;
            case KEY_ADDED -> KeyAdded.class;
            case KEY_ROTATED -> KeyRotated.class;
            case RECOVERY_ROTATED -> RecoveryRotated.class;
            case RECOVERY_USED -> RecoveryUsed.class;
            case GRANT_GIVEN -> GrantGiven.class;
            case GRANT_REVOKED -> GrantRevoked.class;
            case GRANT_INVOKED -> GrantInvoked.class;
            case GRANT_REACHED -> GrantReached.class;
            case GRANT_WITHDRAWN -> GrantWithdrawn.class;
            case SERVER_STARTED -> ServerStarted.class;
            case SERVER_STOPPED -> ServerStopped.class;
            case INSTANCE_RESTORED -> InstanceRestored.class;
            case INSTANCE_RECOVERED -> InstanceRecovered.class;
        };
    }
}
