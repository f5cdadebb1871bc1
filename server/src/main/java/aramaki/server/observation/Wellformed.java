package aramaki.server.observation;

import aramaki.protocol.agent.AgentMessage.MetricWire;
import aramaki.protocol.agent.AgentMessage.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Results with nothing in them that cannot be stored: plugins print what they like, and one
/// character that no database or JSON document can hold would block an agent's spool for ever.
final class Wellformed {
    private static final char REPLACEMENT = '\uFFFD';

    private Wellformed() {}

    /// `Results.toModel` says what is missing; here it is only left as it is.
    private static boolean complete(@Nullable List<? extends @Nullable MetricWire> metrics) {
        return metrics != null
                && metrics.stream()
                        .allMatch(m -> m != null && m.name() != null && m.unit() != null);
    }

    /// The same with U+FFFD for every NUL and every half of a pair that stands alone.
    static Result of(Result r) {
        return new Result(
                r.seq(),
                text(r.system()),
                text(r.entity()),
                text(r.check()),
                text(r.state()),
                text(r.output()),
                metrics(r.metrics()),
                r.due(),
                r.started(),
                r.finished(),
                r.spooled(),
                r.pushedTtlMillis());
    }

    private static List<MetricWire> metrics(List<MetricWire> metrics) {
        return complete(metrics) ? metrics.stream().map(Wellformed::metric).toList() : metrics;
    }

    private static MetricWire metric(MetricWire m) {
        return new MetricWire(
                text(m.name()), m.value(), text(m.unit()), m.warn(), m.crit(), m.min(), m.max());
    }

    /// Null stays null, to be refused where the rest is looked at.
    static String text(String text) {
        if (text == null || text.chars().allMatch(c -> c != 0 && !isSurrogate(c))) {
            return text;
        }
        var clean = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> clean.appendCodePoint(c == 0 || isSurrogate(c) ? REPLACEMENT : c));
        return clean.toString();
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
