package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.timeline.LogId;
import aramaki.protocol.Json;
import aramaki.server.api.AuditAnswers.EndLine;
import aramaki.server.api.AuditAnswers.ExportLine;
import aramaki.server.api.AuditAnswers.HeadLine;
import aramaki.server.audit.Audit;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Writes an audit as lines of JSON: what was asked for, acts, looks, the signed heads of the logs
/// that acts are in, and how many of each there were.
final class AuditExport {
    static final int VERSION = 1;

    private static final int PAGE = 500;

    private final Audit audit;
    private final AuditAnswering answers;
    private final OutputStream out;
    private final Set<LogId> logs = new LinkedHashSet<>();

    AuditExport(Audit audit, AuditAnswering answers, OutputStream out) {
        this.audit = audit;
        this.answers = answers;
        this.out = out;
    }

    void write(ExportLine begin, Audit.Filter filter, List<AuditApi.Kind> kinds) {
        line(begin);
        long acts = kinds.contains(AuditApi.Kind.ACTS) ? acts(filter) : 0;
        long looks = kinds.contains(AuditApi.Kind.LOOKS) ? looks(filter) : 0;
        line(new EndLine("end", acts, looks, heads()));
    }

    private long acts(Audit.Filter filter) {
        long count = 0;
        var from = OptionalLong.of(Long.MAX_VALUE);
        while (from.isPresent()) {
            var page = audit.acts(filter, from.getAsLong(), PAGE);
            for (var act : page.items()) {
                logs.add(act.event().header().log());
                line(answers.line(act));
            }
            count += page.items().size();
            from = page.next();
        }
        return count;
    }

    private long looks(Audit.Filter filter) {
        long count = 0;
        var from = OptionalLong.of(Long.MAX_VALUE);
        while (from.isPresent()) {
            var page = audit.looks(filter, from.getAsLong(), PAGE);
            page.items().forEach(entry -> line(answers.look(entry)));
            count += page.items().size();
            from = page.next();
        }
        return count;
    }

    /// Read last, so that they are not older than the acts.
    private long heads() {
        long count = 0;
        for (var log : logs) {
            var head = audit.head(log);
            if (head.isPresent()) {
                line(
                        new HeadLine(
                                "head",
                                log.system().value(),
                                log.eventClass().word(),
                                Json.tree(head.get())));
                count++;
            }
        }
        return count;
    }

    private void line(Object value) {
        try {
            out.write(Json.bytes(value));
            out.write('\n');
        } catch (IOException e) { // whoever asked has gone
            throw Refusal.unavailable("cut-off", "nobody reads this any more");
        }
    }
}
