package aramaki.agent.spool;

import aramaki.model.observation.Observation;
import aramaki.protocol.Json;
import aramaki.protocol.agent.AgentMessage.Result;
import aramaki.protocol.agent.Results;
import java.time.Instant;
import java.util.List;

/// Results as JSON in the spool. One that would not fit a message is cut, so that it cannot block
/// those behind it.
final class Encoding {
    private static final int MAX_JSON = 200 * 1024;
    private static final int CUT_OUTPUT = 16 * 1024;

    private Encoding() {}

    static byte[] json(long seq, Observation observation, Instant spooled) {
        var result = Results.of(seq, observation, spooled);
        byte[] json = Json.bytes(result);
        return json.length <= MAX_JSON ? json : Json.bytes(cut(result));
    }

    static Result result(byte[] json) {
        return Json.read(json, Result.class);
    }

    static byte[] renumbered(byte[] json, long seq) {
        var r = result(json);
        return Json.bytes(
                new Result(
                        seq,
                        r.system(),
                        r.entity(),
                        r.check(),
                        r.state(),
                        r.output(),
                        r.metrics(),
                        r.due(),
                        r.started(),
                        r.finished(),
                        r.spooled(),
                        r.pushedTtlMillis()));
    }

    private static Result cut(Result r) {
        String output = r.output();
        String head = output.substring(0, Math.min(output.length(), CUT_OUTPUT));
        return new Result(
                r.seq(),
                r.system(),
                r.entity(),
                r.check(),
                r.state(),
                head + "\n(cut: the result was too long to send)",
                List.of(),
                r.due(),
                r.started(),
                r.finished(),
                r.spooled(),
                r.pushedTtlMillis());
    }
}
