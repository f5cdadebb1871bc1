package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.grant.Verb;
import aramaki.model.system.SystemName;
import aramaki.server.access.Access;
import aramaki.server.access.Caller;
import aramaki.server.api.Answers.Items;
import aramaki.server.api.AuditAnswers.AuditItem;
import aramaki.server.audit.Audit;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.sight.Sight;
import aramaki.server.timeline.Timeline;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Who did what, and who looked at what, over HTTP. Whoever asks is in the next answer.
public final class AuditApi {
    private final Audit audit;
    private final Timeline timeline;
    private final Access access;
    private final String instance;
    private final InstantSource clock;

    public AuditApi(
            Audit audit, Timeline timeline, Access access, String instance, InstantSource clock) {
        this.audit = audit;
        this.timeline = timeline;
        this.access = access;
        this.instance = instance;
        this.clock = clock;
    }

    /// Which of the two lists.
    enum Kind {
        ACTS,
        LOOKS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind ofWord(String word) {
            return switch (word) {
                case "acts" -> ACTS;
                case "looks" -> LOOKS;
                default ->
                        throw Refusal.invalid(
                                "bad-kind", "kind is \"" + word + "\"; write acts or looks");
            };
        }
    }

    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/audit",
                        Need.onInstance(Verb.ADMIN),
                        "What people did (`kind=acts`), or looked at and tried (`kind=looks`), by"
                                + " which grant and from where, newest first; `person`, `system`,"
                                + " `since` and `until` narrow.",
                        AuditItem.class,
                        this::list),
                Route.page(
                        "/api/v1/audit/export",
                        Need.onInstance(Verb.ADMIN),
                        "The same as lines of JSON, all of it, each act with what proves it; without"
                                + " `kind`, acts and then looks.",
                        this::export));
    }

    private void list(Exchange exchange) {
        var filter = filter(exchange);
        var answers = new AuditAnswering(timeline, access.people());
        int limit = exchange.limit();
        switch (exchange.query("kind").map(Kind::ofWord).orElse(Kind.ACTS)) {
            case ACTS -> {
                var page = audit.acts(filter, exchange.before(), limit);
                exchange.json(
                        new Items<>(
                                page.items().stream().map(answers::act).toList(),
                                next(page.next())));
            }
            case LOOKS -> {
                var page = audit.looks(filter, exchange.before(), limit);
                exchange.json(
                        new Items<>(
                                page.items().stream().map(answers::look).toList(),
                                next(page.next())));
            }
        }
    }

    private static @Nullable String next(OptionalLong position) {
        return position.isPresent() ? Long.toString(position.getAsLong()) : null;
    }

    private void export(Exchange exchange) {
        var filter = filter(exchange);
        var kinds =
                exchange.query("kind")
                        .map(word -> List.of(Kind.ofWord(word)))
                        .orElse(List.of(Kind.values()));
        var context = exchange.context();
        context.contentType("application/jsonl; charset=utf-8");
        if (exchange.headOnly()) {
            return;
        }
        var answers = new AuditAnswering(timeline, access.people());
        new AuditExport(audit, answers, context.outputStream())
                .write(
                        new AuditAnswers.ExportLine(
                                "export",
                                AuditExport.VERSION,
                                instance,
                                clock.instant(),
                                exchange.caller().person(),
                                kinds.stream().map(Kind::word).toList(),
                                filter.person().orElse(null),
                                filter.system().map(SystemName::value).orElse(null),
                                filter.since().orElse(null),
                                filter.until().orElse(null)),
                        filter,
                        kinds);
    }

    private Audit.Filter filter(Exchange exchange) {
        return new Audit.Filter(
                exchange.query("person").map(this::person),
                exchange.query("system").map(AuditApi::system),
                instant(exchange, "since"),
                instant(exchange, "until"));
    }

    private static SystemName system(String said) {
        var name = new SystemName(said);
        if (!Sight.current().sees(name)) {
            throw Refusal.notFound("system", said);
        }
        return name;
    }

    /// By name or id.
    private String person(String said) {
        return access.people().stream()
                .filter(p -> p.name().equals(said) || p.person().equals(said))
                .map(Caller::person)
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("person", said));
    }

    private static Optional<Instant> instant(Exchange exchange, String name) {
        return exchange.query(name).map(text -> instant(name, text));
    }

    private static Instant instant(String name, String text) {
        try {
            var at = Instant.parse(text);
            if (!at.isBefore(Instant.EPOCH) && at.isBefore(Instant.parse("9999-01-01T00:00:00Z"))) {
                return at;
            }
        } catch (DateTimeException e) {
            // told below, as what is out of range is
        }
        throw Refusal.invalid(
                "bad-instant", name + " must be an instant like 2026-11-22T03:00:00Z");
    }
}
