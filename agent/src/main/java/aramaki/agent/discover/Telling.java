package aramaki.agent.discover;

import aramaki.agent.observe.finding.Text;
import aramaki.model.observation.Probing;
import aramaki.protocol.Json;
import aramaki.protocol.agent.AgentMessage.Found;
import aramaki.protocol.agent.AgentMessage.Proposed;
import aramaki.protocol.crypto.Digests;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What was found as the message that tells it, within the message's bounds.
final class Telling {
    private static final int TITLE = 100;
    private static final int SENTENCE = 300;

    private Telling() {}

    static Found found(List<Trial.Tried> tried) {
        var proposals = new ArrayList<Proposed>();
        var unchanging = new ArrayList<Proposed>();
        for (var one : tried) {
            var proposed = proposed(one, one.output());
            boolean fits = Json.bytes(proposed).length <= Proposed.MAX_BYTES;
            if (fits && proposals.size() < Found.MAX_PROPOSALS) {
                proposals.add(proposed);
                unchanging.add(proposed(one, ""));
            }
        }
        byte[] hash = Digests.sha256(Json.bytes(unchanging));
        return new Found(HexFormat.of().formatHex(hash, 0, 8), proposals);
    }

    private static Proposed proposed(Trial.Tried tried, String output) {
        var candidate = tried.candidate();
        var way = tried.way();
        return new Proposed(
                candidate.id(),
                candidate.name(),
                Text.line(candidate.title(), TITLE),
                Text.line(candidate.why(), SENTENCE),
                Text.line(candidate.evidence(), SENTENCE),
                way instanceof Probing.Command(var argv) ? argv : null,
                way instanceof Probing.Probe(var kind, _) ? kind : null,
                way instanceof Probing.Probe(_, var parameters)
                        ? new TreeMap<>(parameters)
                        : Map.of(),
                candidate.every().toMillis(),
                tried.state().word(),
                Text.line(output, SENTENCE));
    }
}
