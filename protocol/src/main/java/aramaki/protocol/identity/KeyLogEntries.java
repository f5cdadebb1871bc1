package aramaki.protocol.identity;

import aramaki.protocol.Json;
import aramaki.protocol.crypto.Envelope;
import aramaki.protocol.crypto.PublicKey;
import aramaki.protocol.crypto.SecretKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes the next entry of a key log.
///
/// @param signers who decides: the online key, or recovery keys
public record KeyLogEntries(KeyLog log, Instant at, List<SecretKey> signers) {
    public KeyLogEntries {
        signers = List.copyOf(signers);
    }

    /// A new key for a purpose: its first, or in the place of the one it has.
    ///
    /// @param ends where the logs end now; said of log keys only
    public Envelope fresh(Purpose purpose, SecretKey key, Positions ends) {
        Optional<PublicKey> old = log.key(purpose);
        String text = key.publicKey().text();
        KeyChange change =
                old.isEmpty()
                        ? new KeyChange.Add(1, seq(), prev(), at, purpose.word(), text)
                        : new KeyChange.Rotate(
                                1,
                                seq(),
                                prev(),
                                at,
                                purpose.word(),
                                text,
                                old.get().text(),
                                purpose == Purpose.LOG ? ends.digest().hex() : null);
        return signed(change, List.of(key));
    }

    /// Other recovery keys; all of them sign.
    public Envelope recovery(List<SecretKey> keys, int threshold) {
        var texts = keys.stream().map(key -> key.publicKey().text()).toList();
        return signed(new KeyChange.RotateRecovery(1, seq(), prev(), at, texts, threshold), keys);
    }

    private Envelope signed(KeyChange change, List<SecretKey> fresh) {
        var all = new ArrayList<>(signers);
        all.addAll(fresh);
        return Envelope.sign(change.type(), Json.bytes(change), all.toArray(SecretKey[]::new));
    }

    private long seq() {
        return log.entries().size() + 1L;
    }

    private String prev() {
        return log.head().hex();
    }
}
