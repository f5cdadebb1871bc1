package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.model.timeline.Hash;
import aramaki.server.api.Answers.RebuildReport;
import aramaki.server.api.Answers.RedactReport;
import aramaki.server.api.Answers.VerifyReport;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.projection.Rebuild;
import aramaki.server.redaction.Redaction;
import aramaki.server.timeline.Verify;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Looking after what the instance keeps: whether it holds, folding it anew, taking things away.
public final class AdminApi {
    private final Verify verify;
    private final Rebuild rebuild;
    private final Redaction redaction;
    private final InstantSource clock;

    public AdminApi(Verify verify, Rebuild rebuild, Redaction redaction, InstantSource clock) {
        this.verify = verify;
        this.rebuild = rebuild;
        this.redaction = redaction;
        this.clock = clock;
    }

    /// What to rebuild from.
    ///
    /// @param fromStart from the first event on, though there is a snapshot
    public record RebuildRequest(boolean fromStart) {}

    /// Why something is taken away.
    public record RedactRequest(String reason) {}

    public List<Route> routes() {
        return List.of(
                Route.post(
                        "/api/v1/events/{hash}/redact",
                        Need.onInstance(Verb.ADMIN),
                        "Takes away what an event says, for good; its header stays.",
                        RedactRequest.class,
                        RedactReport.class,
                        this::redact),
                Route.post(
                        "/api/v1/admin/verify",
                        Need.onInstance(Verb.ADMIN),
                        "Walks every log and says what does not fit, in it and in what was folded"
                                + " from it.",
                        null,
                        VerifyReport.class,
                        this::verify),
                Route.post(
                        "/api/v1/admin/rebuild",
                        Need.onInstance(Verb.ADMIN),
                        "Folds the logs anew and puts right what the tables say otherwise.",
                        RebuildRequest.class,
                        RebuildReport.class,
                        this::rebuild));
    }

    private void verify(Exchange exchange) {
        var begun = clock.instant();
        var report = verify.run();
        exchange.json(verified(report, Duration.between(begun, clock.instant())));
    }

    public static VerifyReport verified(Verify.Report report, Duration took) {
        return new VerifyReport(
                report.ok(),
                report.logs(),
                report.events(),
                report.heads(),
                report.pruned(),
                report.problems(),
                took.toMillis());
    }

    private void rebuild(Exchange exchange) {
        boolean fromStart = exchange.body(RebuildRequest.class).fromStart();
        var begun = clock.instant();
        var report = rebuild.run(fromStart);
        exchange.json(rebuilt(report, Duration.between(begun, clock.instant())));
    }

    private void redact(Exchange exchange) {
        String hash = exchange.path("hash");
        if (!hash.matches("[0-9a-f]{64}")) {
            throw Refusal.invalid("bad-event-id", "an event id has 64 hexadecimal digits");
        }
        String reason = Optional.ofNullable(exchange.body(RedactRequest.class).reason()).orElse("");
        var caller = exchange.caller();
        var redacted = redaction.redact(new Hash(hash), reason, caller.name(), caller.by());
        exchange.json(
                new RedactReport(
                        redacted.events().stream().map(e -> e.hash().hex()).toList(),
                        redacted.erased()));
    }

    public static RebuildReport rebuilt(Rebuild.Report report, Duration took) {
        return new RebuildReport(
                report.left().isEmpty(),
                report.from(),
                report.position(),
                report.events(),
                report.differences(),
                report.left(),
                took.toMillis());
    }
}
