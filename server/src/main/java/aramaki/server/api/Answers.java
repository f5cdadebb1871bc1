package aramaki.server.api;

import aramaki.protocol.Json;
import aramaki.server.api.AlertAnswers.ActItem;
import aramaki.server.api.AlertAnswers.SilencedItem;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the JSON interface answers, field by field as in the contract. Wire forms only: built by
/// `Answering`, never used inside.
public final class Answers {
    private Answers() {}

    /// A list; `next` goes into `?after=` to ask on, null at the end.
    public record Items<T>(List<T> items, @Nullable String next) {}

    /// @param lastLook when this person last marked everything as seen
    public record WhoAmI(
            String person,
            String name,
            String role,
            String instance,
            String version,
            @Nullable Instant lastLook) {}

    /// A link that signs the caller in at a browser, once.
    public record SignInLink(String link, Instant expiresAt) {}

    /// @param logKey the public key that signs the logs now
    /// @param keys the online keys of now, by purpose
    /// @param recovery the keys that decide about them
    /// @param keyLog how often keys changed, and the hash of the newest change
    public record Instance(
            String id,
            Object genesis,
            String logKey,
            Instant createdAt,
            List<InstanceKey> keys,
            RecoveryKeys recovery,
            KeyLogEnd keyLog,
            @Nullable String version,
            @Nullable Instant startedAt) {}

    public record InstanceKey(String purpose, String key, String fingerprint, Instant since) {}

    /// @param threshold so many of them must agree
    /// @param fingerprints of the keys, in their order
    public record RecoveryKeys(int threshold, List<String> fingerprints, Instant since) {}

    public record KeyLogEnd(int entries, String head) {}

    /// All of it, as it travels: envelopes.
    public record InstanceKeyLog(Object genesis, List<Object> entries) {}

    /// An entry of the key log that was just made.
    ///
    /// @param entry its hash
    /// @param signedBy `online` or `recovery`
    public record KeyChanged(long seq, String entry, String signedBy, Instant at) {}

    /// A person who has something open.
    public record OpenBy(String person, Instant since) {}

    /// @param path the page's address
    public record PresenceItem(
            String person,
            Instant since,
            String system,
            @Nullable String entity,
            @Nullable String check,
            String path) {}

    /// Up to where a person has looked.
    public record MarkItem(Instant at, long position) {}

    public record SystemMark(String system, Instant at, long position) {}

    public record AlertMark(String key, Instant at, long position) {}

    /// What a person has seen; `position` is the newest event, to mark up to.
    ///
    /// @param home null before the first look, which counts as a look 24 hours ago
    public record Seen(
            long position,
            @Nullable MarkItem home,
            List<SystemMark> systems,
            List<AlertMark> alerts) {}

    /// What was looked at: a system, an alert, or without either everything.
    ///
    /// @param upTo the `position` that was shown; null for up to now
    public record NewMark(@Nullable String system, @Nullable String alert, @Nullable Long upTo)
            implements Json.Whole {}

    /// Something that was found.
    ///
    /// @param place where it is, or what it does
    /// @param path of its page; null for a command
    /// @param command what to type; null for everything else
    public record SearchItem(
            String kind,
            String title,
            String place,
            @Nullable String state,
            @Nullable String path,
            @Nullable String command) {}

    public record CategoryWords(String name, String singular, String plural) {}

    /// @param id null for an aggregate that a selection made
    public record SystemItem(
            @Nullable String id,
            String name,
            String title,
            CategoryWords category,
            Map<String, String> labels,
            String state,
            Map<String, Integer> counts,
            @Nullable Instant since,
            @Nullable Instant seenAt,
            List<String> subsystems,
            boolean anchored,
            @Nullable String folder,
            List<OpenBy> openBy) {}

    public record LinkItem(String title, String url, @Nullable String when) {}

    public record SystemDetail(
            @JsonUnwrapped SystemItem system,
            String description,
            String rules,
            Map<String, List<String>> people,
            List<LinkItem> links,
            List<String> parents,
            Map<String, String> files,
            List<String> notUsedYet,
            List<CheckItem> checks) {}

    public record StatusCheck(
            String check,
            String entity,
            String state,
            boolean flapping,
            @Nullable String staleBecause,
            @Nullable String planned,
            @Nullable String lastState,
            @Nullable Instant since,
            @Nullable Instant seenAt,
            String output) {}

    /// A system with every layer below it.
    ///
    /// @param unknown a subsystem that this instance does not know
    public record Status(
            String name,
            String title,
            String category,
            String state,
            String ownState,
            Map<String, Integer> counts,
            @Nullable Instant seenAt,
            boolean unknown,
            List<OpenBy> openBy,
            List<StatusCheck> checks,
            List<Status> subsystems) {}

    public record AgentItem(
            String id,
            String name,
            String state,
            String home,
            List<String> systems,
            Map<String, String> labels,
            String version,
            String policy,
            Map<String, String> facts,
            Instant joinedAt,
            Instant seenAt,
            @Nullable String planned,
            @Nullable Instant pausedUntil,
            @Nullable String pausedBy,
            @Nullable String pauseReason,
            String spoolEpoch,
            long position,
            long refusedResults) {}

    public record AgentCheck(String system, String check, String entity) {}

    public record RefusedResult(Instant at, long seq, String reason, String result) {}

    public record AgentDetail(
            @JsonUnwrapped AgentItem agent,
            List<AgentCheck> checks,
            List<RefusedResult> refusals) {}

    public record NewInvite(
            List<String> systems,
            @Nullable Map<String, String> labels,
            @Nullable Integer uses,
            @Nullable String expiresIn)
            implements Json.Whole {}

    public record InviteItem(String invite, String id, Instant expiresAt, int uses) {}

    /// @param length such as `30m`, at most `7d`
    public record NewPause(String length, @Nullable String reason) implements Json.Whole {}

    public record Reason(@Nullable String reason) implements Json.Whole {}

    public record EntityItem(
            String name,
            Map<String, String> labels,
            String agent,
            List<String> systems,
            String state,
            Map<String, Integer> counts,
            @Nullable Instant seenAt) {}

    public record CheckEntity(
            String entity,
            String state,
            boolean flapping,
            @Nullable String staleBecause,
            @Nullable String planned,
            @Nullable Instant since,
            @Nullable Instant seenAt,
            String output) {}

    public record CheckItem(
            String system,
            String name,
            String schedule,
            @Nullable String every,
            @Nullable String cron,
            @Nullable String timezone,
            @Nullable Instant next,
            String timeout,
            String ttl,
            int attempts,
            @Nullable List<String> command,
            @Nullable String output,
            @Nullable Map<String, String> probe,
            Map<String, String> labels,
            Map<String, String> on,
            @Nullable String runbook,
            String state,
            List<CheckEntity> entities) {}

    /// How the installation is.
    ///
    /// @param verdict ok, advice or broken
    public record DoctorReport(
            boolean ok,
            String verdict,
            String sentence,
            long broken,
            long advice,
            List<DoctorExamination> examinations) {}

    public record DoctorExamination(
            String name,
            String about,
            String verdict,
            Instant at,
            List<DoctorComplaint> complaints) {}

    /// @param gravity advice or broken
    public record DoctorComplaint(String gravity, String what, String why, String cure) {}

    /// A check that agents propose.
    ///
    /// @param agents those that propose it
    /// @param triedState what trying it once on its host said
    /// @param folder that owns the system's document; then a person writes `path` there
    /// @param yaml the text of the check's file
    public record ProposalItem(
            String id,
            String system,
            String name,
            String title,
            String why,
            String evidence,
            List<String> agents,
            String every,
            @Nullable List<String> command,
            @Nullable Map<String, String> probe,
            @Nullable String triedState,
            @Nullable String triedOutput,
            Instant since,
            String path,
            String yaml,
            @Nullable String folder) {}

    /// @param proposals each as SYSTEM/NAME, or an id
    public record ProposalChoice(List<String> proposals) implements Json.Whole {}

    public record LookedAround(int agents) {}

    public record MetricItem(
            String name,
            @Nullable Double value,
            String unit,
            @Nullable String warn,
            @Nullable String crit,
            @Nullable Double min,
            @Nullable Double max) {}

    public record ObservationItem(
            String id,
            String system,
            String entity,
            String check,
            String state,
            boolean flapping,
            @Nullable String lastState,
            @Nullable String staleBecause,
            String output,
            List<MetricItem> metrics,
            Instant at,
            @Nullable Instant since,
            Instant seenAt,
            @Nullable Instant recordedAt) {}

    /// A result with its place in the spool it came from.
    public record ResultItem(
            String id,
            String system,
            String entity,
            String check,
            String state,
            Instant at,
            Instant recordedAt,
            String agent,
            String epoch,
            long seq) {}

    public record RefusalItem(String agent, String epoch, long seq, Instant at, String reason) {}

    /// When each hop saw an observation; null where it did not pass.
    public record HopTimes(
            Instant due,
            Instant started,
            Instant finished,
            Instant spooled,
            Instant sent,
            Instant committed,
            @Nullable Instant event,
            @Nullable Instant alert,
            @Nullable Instant page) {}

    public record ObservationDetail(
            String id,
            String system,
            String entity,
            String check,
            String state,
            String output,
            List<MetricItem> metrics,
            Instant at,
            Instant recordedAt,
            String agent,
            String epoch,
            long seq,
            HopTimes hops) {}

    public record AlertItem(
            String key,
            String id,
            String system,
            String entity,
            String check,
            String state,
            String severity,
            Instant since,
            @Nullable Instant resolvedAt,
            @Nullable Instant seenAt,
            String output,
            @Nullable String checkState,
            @JsonProperty("new") boolean fresh,
            List<OpenBy> openBy,
            boolean flapping,
            @Nullable String owner,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant expiresAt,
            @Nullable String comment,
            boolean reminded,
            @Nullable SilencedItem silenced,
            HistoryItem history) {}

    /// What is known of an alert key's past.
    ///
    /// @param usualHour hour of the day in UTC around which at least half of the episodes began
    public record HistoryItem(
            Instant firstAt,
            @Nullable Instant lastOkAt,
            int times1d,
            int times7d,
            int times90d,
            @Nullable Long medianSeconds,
            @Nullable Integer usualHour,
            int total) {}

    public record EpisodeItem(
            String episode, String severity, Instant since, @Nullable Instant resolvedAt) {}

    public record AlertDetail(
            @JsonUnwrapped AlertItem alert, List<EpisodeItem> episodes, List<ActItem> acts) {}

    /// @param relation `same`, `above`, `below`, `shares-agent` or `elsewhere`
    /// @param offsetMillis how much later it happened; negative for earlier
    public record NearItem(@JsonUnwrapped EventItem event, String relation, long offsetMillis) {}

    /// @param lane where it is drawn; null for a type of a later version
    /// @param data the payload; null once pruned
    public record EventItem(
            String id,
            String system,
            @JsonProperty("class") String eventClass,
            long epoch,
            long seq,
            String type,
            @Nullable String lane,
            Instant at,
            Instant recordedAt,
            String by,
            @Nullable String grant,
            String text,
            @Nullable Object data) {}

    public record NewSystem(
            String name,
            @Nullable String title,
            @Nullable String category,
            @Nullable String description,
            @Nullable Map<String, String> labels,
            @Nullable List<String> subsystems)
            implements Json.Whole {}

    public record NewFiles(Map<String, String> files) implements Json.Whole {}

    public record NewLink(String subsystem) implements Json.Whole {}

    /// @param about id of the event that it is attached to
    /// @param links web addresses, and ids of other events
    public record NewNote(
            String text, @Nullable Instant at, @Nullable String about, @Nullable List<String> links)
            implements Json.Whole {}

    /// @param folder absolute, on the server's host; it must not exist yet
    public record NewBackup(String folder) implements Json.Whole {}

    /// @param withKeys whether the instance's keys come along
    public record NewExport(String folder, @Nullable Boolean withKeys) implements Json.Whole {}

    /// @param takenAt null for an export, which says nothing that its content does not say
    /// @param content digest of all rows: the same for the same content
    public record BackupReport(
            String folder,
            String kind,
            String instance,
            int schema,
            boolean keys,
            @Nullable Instant takenAt,
            int tables,
            long rows,
            long events,
            long bytes,
            String content,
            long tookMillis) {}

    /// @param from the backup or export, or the folder the instance moved from
    /// @param ranOn whether a server was writing when it was taken
    public record ImportReport(
            boolean ok,
            String data,
            String from,
            String instance,
            boolean keys,
            boolean ranOn,
            long rows,
            long events,
            int logs,
            String content,
            long tookMillis) {}

    /// A time after a restore.
    ///
    /// @param epoch that the logs began with it
    public record RestoreItem(
            long epoch,
            String backup,
            Instant takenAt,
            Instant restoredAt,
            @Nullable Instant confirmedAt) {}

    public record VerifyReport(
            boolean ok,
            int logs,
            long events,
            int heads,
            long pruned,
            List<String> problems,
            long tookMillis) {}

    /// @param redacted hashes of the event that was named, and of those that said the same
    /// @param erased whether the bytes are gone from the disk by now
    public record RedactReport(List<String> redacted, boolean erased) {}

    /// @param from position of the snapshot it began with; 0 for the first event
    /// @param position of the last event that was folded
    /// @param differences what the tables said otherwise, and is right now
    /// @param left what the logs are not enough to put right
    public record RebuildReport(
            boolean ok,
            long from,
            long position,
            long events,
            List<String> differences,
            List<String> left,
            long tookMillis) {}
}
