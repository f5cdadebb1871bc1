package aramaki.dist;

import aramaki.model.Refusal;
import aramaki.model.system.SystemId;
import aramaki.protocol.Json;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.KeyChange;
import aramaki.protocol.identity.KeyLog;
import aramaki.protocol.identity.Purpose;
import aramaki.protocol.log.Payload;
import aramaki.server.ServerSettings;
import aramaki.server.access.Access;
import aramaki.server.access.Caller;
import aramaki.server.api.InstanceApi;
import aramaki.server.identity.DataDirectory;
import aramaki.server.identity.Identity;
import aramaki.server.identity.Keys;
import aramaki.server.settings.SettingsReader;
import aramaki.server.sql.SqlAccessStore;
import aramaki.server.sql.SqlEventStore;
import aramaki.server.sql.SqlRestorationStore;
import aramaki.server.sql.SqlStores;
import aramaki.server.sql.SqlSystemStore;
import aramaki.server.store.Store;
import aramaki.server.store.Tx;
import aramaki.server.system.Systems;
import aramaki.server.timeline.By;
import aramaki.server.timeline.EventFeed;
import aramaki.server.timeline.EventLog;
import aramaki.server.timeline.Gate;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Changes the keys of a stopped instance, and lets its owner in again.
final class KeyKeeping {
    private final InstantSource clock;
    private final SqlEventStore events = new SqlEventStore();

    KeyKeeping(InstantSource clock) {
        this.clock = clock;
    }

    /// A store that was opened, and what writes into it.
    private record Opened(Store store, EventLog log, SystemId instanceSystem, Keys keys) {}

    JsonNode renew(Path data, Purpose purpose) {
        var identity = Identity.load(data);
        return with(
                data,
                identity,
                open -> tree(InstanceApi.answer(open.keys().renew(purpose, who(identity)))));
    }

    JsonNode accept(Path data, JsonNode entry) {
        var identity = Identity.load(data);
        var envelope = Json.convert(entry, Envelope.class);
        return with(
                data,
                identity,
                open -> tree(InstanceApi.answer(open.keys().accept(envelope, who(identity)))));
    }

    JsonNode recover(Path data, List<Path> files, boolean renew, boolean signIn) {
        var identity = Identity.forRecovery(data);
        var recoveryKeys = files.stream().map(KeyKeeping::key).toList();
        return with(
                data,
                identity,
                open -> {
                    var shown = open.keys().requireEnough(recoveryKeys);
                    var answer = new LinkedHashMap<String, Object>();
                    answer.put("instance", identity.id());
                    var changed =
                            renew
                                    ? open.keys().recover(recoveryKeys, who(identity))
                                    : List.<KeyLog.Entry>of();
                    answer.put("keys", changed.stream().map(KeyKeeping::answer).toList());
                    if (signIn) {
                        letIn(open, data, identity, shown, answer);
                    }
                    return tree(answer);
                });
    }

    private static SecretKey key(Path file) {
        try {
            return SecretKey.load(file);
        } catch (IOException e) {
            throw Refusal.invalid("bad-key", file + " is no key: " + e.getMessage());
        }
    }

    private static Object answer(KeyLog.Entry entry) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("seq", entry.change().seq());
        if (entry.change() instanceof KeyChange.Rotate rotate) {
            answer.put("purpose", rotate.purpose());
            answer.put("key", rotate.key());
            answer.put("fingerprint", new PublicKey(rotate.key()).fingerprint());
        }
        return answer;
    }

    /// Whoever lost every device may have lost it to somebody, so all sessions end.
    private void letIn(
            Opened open,
            Path data,
            Identity identity,
            List<String> shown,
            LinkedHashMap<String, Object> answer) {
        var by = By.instance(identity.id());
        var access =
                new Access(
                        open.store(),
                        new SqlAccessStore(),
                        open.log(),
                        open::instanceSystem,
                        by,
                        clock);
        var owner = owner(access.people());
        open.store()
                .write(
                        tx -> {
                            new SqlRestorationStore().endSessions(tx);
                            return open.log()
                                    .append(
                                            tx,
                                            open.instanceSystem(),
                                            new Payload.RecoveryUsed(
                                                    owner.person(), owner.name(), shown, user()),
                                            clock.instant(),
                                            by);
                        });
        answer.put("owner", owner.name());
        answer.put("link", access.newLink(owner, server(data)).toString());
        answer.put("expiresAt", clock.instant().plus(Access.LINK_VALID));
    }

    private static Caller owner(List<Caller> people) {
        return people.stream()
                .filter(person -> person.role().equals("owner"))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.conflict(
                                        "no-owner",
                                        "nobody owns this instance yet: start the server, it prints a"
                                                + " link"));
    }

    private static URI server(Path data) {
        var defaults = ServerSettings.of(data, ServerSettings.DEFAULT_PORT, Optional.empty());
        var settings = SettingsReader.read(defaults, Optional.empty(), System.getenv(), Map.of());
        return settings.listening()
                .publicUrl()
                .orElse(URI.create("http://localhost:" + settings.port()));
    }

    private <T> T with(Path data, Identity identity, Function<Opened, T> work) {
        var settings = OfflineAdmin.settings(data);
        try (var store = SqlStores.open(settings, data.resolve(DataDirectory.STORE))) {
            var log = new EventLog(events, new EventFeed(), Gate.OPEN, clock);
            log.start(store);
            var system = store.read(KeyKeeping::instanceSystem);
            var keys = new Keys(identity, store, events, log, () -> system, clock);
            keys.tell();
            return work.apply(new Opened(store, log, system, keys));
        }
    }

    private static SystemId instanceSystem(Tx tx) {
        return new SqlSystemStore()
                .systems(tx).stream()
                        .filter(row -> row.name().equals(Systems.INSTANCE))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        Refusal.conflict(
                                                "never-started",
                                                "this instance has no log yet: start the server"
                                                        + " once"))
                        .id();
    }

    /// Whoever can write the data directory acts as the instance; their name is that of the host.
    private static Keys.Who who(Identity identity) {
        return new Keys.Who(By.instance(identity.id()), user());
    }

    private static String user() {
        return System.getProperty("user.name") + " on the host";
    }

    private static JsonNode tree(Object answer) {
        return Json.mapper().valueToTree(answer);
    }
}
