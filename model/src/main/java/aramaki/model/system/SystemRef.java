package aramaki.model.system;

import aramaki.model.Names;
import aramaki.model.Refusal;
import java.util.Optional;

/// How one system names another: `storage`, or `storage@hoster` for a peer's system, where `hoster`
/// is our own petname for the peer.
public record SystemRef(SystemName name, Optional<String> peer) {

    public static SystemRef parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return new SystemRef(new SystemName(text), Optional.empty());
        }
        String peer = text.substring(at + 1);
        if (!Names.isShortName(peer)) {
            throw Refusal.invalid(
                    "bad-name",
                    "\"" + text + "\": write a peer's system as name@peer, both short names");
        }
        return new SystemRef(new SystemName(text.substring(0, at)), Optional.of(peer));
    }

    public static SystemRef local(SystemName name) {
        return new SystemRef(name, Optional.empty());
    }

    @Override
    public String toString() {
        return peer.map(p -> name + "@" + p).orElse(name.value());
    }
}
