package aramaki.server.identity;

import aramaki.model.Refusal;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.Genesis;
import aramaki.protocol.crypto.SecretKey;
import aramaki.protocol.identity.KeyLog;
import aramaki.protocol.identity.LogKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The small files of a data directory, looked at one by one: each says who the instance is.
public record DataFiles(Path data) {
    private static final String BACK =
            "put it back from a backup, or make a new one by `aramaki admin identity recover`";

    /// What is wrong with one of them, and what puts it right.
    public record Wrong(String what, String cure) {
        @Override
        public String toString() {
            return what + "; " + cure;
        }
    }

    public List<Wrong> problems() {
        var wrong = new ArrayList<Wrong>();
        layout().ifPresent(wrong::add);
        var log = keyLog(genesis(wrong), wrong);
        log.ifPresentOrElse(l -> secrets(l, wrong), () -> logKey(wrong));
        recoveryKey(log, wrong);
        return wrong;
    }

    /// The keys that signed heads, as far as anything here still names them.
    public Optional<LogKeys> keys() {
        var ignored = new ArrayList<Wrong>();
        var log = keyLog(genesis(ignored), ignored);
        return log.isPresent()
                ? Optional.of(KeyHistory.read(data).logKeys())
                : key(data.resolve(Identity.LOG_KEY), ignored)
                        .map(k -> LogKeys.only(k.publicKey()));
    }

    private Optional<Wrong> layout() {
        String right = "write " + DataDirectory.LAYOUT + " into it";
        try {
            Path file = data.resolve("layout");
            if (!Files.exists(file)) {
                return Optional.of(new Wrong("layout is missing", right));
            }
            String text = Files.readString(file, StandardCharsets.UTF_8).strip();
            return text.equals(Integer.toString(DataDirectory.LAYOUT))
                    ? Optional.empty()
                    : Optional.of(
                            new Wrong(
                                    "layout does not say " + DataDirectory.LAYOUT,
                                    "unless a newer Aramaki wrote here, " + right));
        } catch (MalformedInputException e) {
            return Optional.of(new Wrong("layout is no text", right));
        } catch (IOException e) {
            throw new UncheckedIOException("reading the layout of " + data, e);
        }
    }

    private Optional<Genesis> genesis(List<Wrong> wrong) {
        Path file = data.resolve("genesis.json");
        try {
            if (Files.exists(file)) {
                return Optional.of(Genesis.open(Envelope.read(Files.readAllBytes(file))));
            }
            wrong.add(
                    new Wrong(
                            "genesis.json is missing",
                            "put it back from a backup: without it nobody knows this instance"));
        } catch (Refusal | IllegalArgumentException e) {
            wrong.add(
                    new Wrong(
                            "genesis.json is not what was signed: " + e.getMessage(),
                            "put it back from a backup"));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
        return Optional.empty();
    }

    private Optional<KeyLog> keyLog(Optional<Genesis> genesis, List<Wrong> wrong) {
        try {
            return genesis.map(_ -> KeyHistory.read(data).log());
        } catch (Refusal e) {
            wrong.add(new Wrong(e.text(), "put key-log.jsonl back from a backup"));
            return Optional.empty();
        }
    }

    private void secrets(KeyLog log, List<Wrong> wrong) {
        for (var key : log.keys().entrySet()) {
            var file = new KeyFile(data, key.getKey());
            if (file.isStaged(key.getValue().key())) {
                continue; // a change of keys was cut off; the next start finishes it
            }
            if (!Files.exists(file.file())) {
                wrong.add(missing(file.file()));
                continue;
            }
            key(file.file(), wrong)
                    .filter(secret -> !secret.publicKey().equals(key.getValue().key()))
                    .ifPresent(
                            _ ->
                                    wrong.add(
                                            new Wrong(
                                                    file.file().getFileName()
                                                            + " is not the key that the genesis and"
                                                            + " the key log name",
                                                    BACK)));
        }
    }

    /// Where nothing tells which keys there are.
    private void logKey(List<Wrong> wrong) {
        Path file = data.resolve(Identity.LOG_KEY);
        if (Files.exists(file)) {
            key(file, wrong);
        } else {
            wrong.add(missing(file));
        }
    }

    private static Wrong missing(Path file) {
        return new Wrong(
                file.getFileName() + " is missing", BACK + ": without it no server starts here");
    }

    /// It may have been taken away, as it should be.
    private void recoveryKey(Optional<KeyLog> log, List<Wrong> wrong) {
        Path file = data.resolve(Identity.RECOVERY_KEY);
        if (!Files.exists(file)) {
            return;
        }
        key(file, wrong)
                .filter(key -> log.isPresent() && !log.get().knows(key.publicKey()))
                .ifPresent(
                        _ ->
                                wrong.add(
                                        new Wrong(
                                                "recovery-key is none that this instance has or had",
                                                "put back the copy that you keep elsewhere")));
    }

    private static Optional<SecretKey> key(Path file, List<Wrong> wrong) {
        try {
            if (Files.exists(file)) {
                return Optional.of(SecretKey.load(file));
            }
        } catch (Refusal | IllegalArgumentException e) {
            wrong.add(
                    new Wrong(
                            file.getFileName() + " is no key: " + e.getMessage(),
                            "put it back from a backup"));
        } catch (IOException e) {
            wrong.add(new Wrong(file.getFileName() + " is no key", "put it back from a backup"));
        }
        return Optional.empty();
    }
}
