package aramaki.server.identity;

import aramaki.model.Refusal;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.Genesis;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.crypto.SecretKey;
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
        var genesis = genesis(wrong);
        logKey(genesis, wrong);
        recoveryKey(genesis, wrong);
        return wrong;
    }

    /// The key that signs heads, as far as anything here still names it.
    public Optional<PublicKey> key() {
        return genesis(new ArrayList<>())
                .map(g -> new PublicKey(g.logKey()))
                .or(
                        () ->
                                key(data.resolve("log-key"), new ArrayList<>())
                                        .map(SecretKey::publicKey));
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

    private void logKey(Optional<Genesis> genesis, List<Wrong> wrong) {
        Path file = data.resolve("log-key");
        if (!Files.exists(file)) {
            wrong.add(
                    new Wrong(
                            "log-key is missing",
                            "put it back from a backup: without it no log can go on"));
            return;
        }
        key(file, wrong)
                .filter(
                        key ->
                                genesis.isPresent()
                                        && !key.publicKey().text().equals(genesis.get().logKey()))
                .ifPresent(
                        _ ->
                                wrong.add(
                                        new Wrong(
                                                "log-key is not the key that genesis.json names",
                                                "put it back from a backup")));
    }

    /// It may have been taken away, as it should be.
    private void recoveryKey(Optional<Genesis> genesis, List<Wrong> wrong) {
        Path file = data.resolve("recovery-key");
        if (!Files.exists(file)) {
            return;
        }
        key(file, wrong)
                .filter(
                        key ->
                                genesis.isPresent()
                                        && !genesis.get()
                                                .recoveryKeys()
                                                .contains(key.publicKey().text()))
                .ifPresent(
                        _ ->
                                wrong.add(
                                        new Wrong(
                                                "recovery-key is none that genesis.json names",
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
