package aramaki.server.api;

import aramaki.model.Refusal;
import aramaki.model.alert.Alert;
import aramaki.model.alert.Matcher;
import aramaki.model.alert.Silence;
import aramaki.model.grant.Verb;
import aramaki.model.system.SystemName;
import aramaki.server.access.Caller;
import aramaki.server.alert.Silences;
import aramaki.server.alert.Silences.Wanted;
import aramaki.server.api.AlertAnswers.SilenceItem;
import aramaki.server.api.AlertAnswers.SilencePreview;
import aramaki.server.api.AlertAnswers.SilenceRequest;
import aramaki.server.api.Answers.Items;
import aramaki.server.http.Exchange;
import aramaki.server.http.Need;
import aramaki.server.http.Route;
import aramaki.server.system.files.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Silences over HTTP.
public final class SilenceApi {
    private static final int SAMPLES = 20;

    private final Silences silences;
    private final InstantSource clock;

    public SilenceApi(Silences silences, InstantSource clock) {
        this.silences = silences;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/silences",
                        Need.SOMEONE,
                        "Silences; `state` is `open` (those that have not ended), `active`,"
                                + " `pending`, `expired` or `all`.",
                        SilenceItem.class,
                        this::list),
                Route.post(
                        "/api/v1/silences",
                        Need.onNamed(Verb.SILENCE),
                        "Hides alerts until a time: of a `system`, your own (`mine`), those that"
                                + " fit all `matchers`, or `everything`.",
                        SilenceRequest.class,
                        SilenceItem.class,
                        this::add),
                Route.post(
                        "/api/v1/silences/preview",
                        Need.onNamed(Verb.SILENCE),
                        "What a silence would hide now, and which checks it would hide if they"
                                + " fired.",
                        SilenceRequest.class,
                        SilencePreview.class,
                        this::preview),
                Route.post(
                        "/api/v1/silences/{silence}/expire",
                        Need.onNamed(Verb.SILENCE),
                        "Ends a silence before its time.",
                        null,
                        SilenceItem.class,
                        this::expire));
    }

    private void list(Exchange exchange) {
        var now = clock.instant();
        String state = exchange.query("state").orElse("open");
        Predicate<Silence> wanted =
                switch (state) {
                    case "open", "all" -> _ -> true;
                    case "active", "pending", "expired" -> s -> s.word(now).equals(state);
                    default ->
                            throw Refusal.invalid(
                                    "bad-state",
                                    "state must be open, active, pending, expired or all");
                };
        var ended =
                state.equals("all") || state.equals("expired")
                        ? silences.ended(exchange.limit())
                        : List.<Silence>of();
        exchange.json(
                new Items<>(
                        Stream.concat(silences.open().stream(), ended.stream())
                                .filter(wanted)
                                .filter(s -> Handling.visible(exchange, s))
                                .limit(exchange.limit())
                                .map(this::item)
                                .toList(),
                        null));
    }

    private void add(Exchange exchange) {
        var said = exchange.body(SilenceRequest.class);
        var caller = silencer(exchange, said);
        exchange.json(201, item(silences.add(wanted(said, clock.instant()), caller)));
    }

    private void preview(Exchange exchange) {
        var said = exchange.body(SilenceRequest.class);
        var caller = silencer(exchange, said);
        var preview = silences.preview(wanted(said, clock.instant()), caller);
        exchange.json(
                new SilencePreview(
                        preview.now().size(),
                        preview.now().stream()
                                .map(Alert::key)
                                .sorted()
                                .limit(SAMPLES)
                                .map(Object::toString)
                                .toList(),
                        preview.future().size(),
                        preview.future().stream().limit(SAMPLES).map(Object::toString).toList()));
    }

    private void expire(Exchange exchange) {
        String id = exchange.path("silence");
        exchange.json(item(silences.expire(id, Handling.ending(exchange, silences.open(), id))));
    }

    private static Caller silencer(Exchange exchange, SilenceRequest said) {
        return Handling.silencer(exchange, said.system(), Boolean.TRUE.equals(said.mine()));
    }

    private SilenceItem item(Silence s) {
        var now = clock.instant();
        return new SilenceItem(
                s.id(),
                s.title(),
                s.word(now),
                s.about().map(SystemName::value).orElse(null),
                s.matchers().stream().map(Matcher::toString).toList(),
                s.mine(),
                s.starts(),
                s.expires(),
                s.reason(),
                s.name(),
                s.warned() && s.ended().isEmpty(),
                s.ended().orElse(null),
                s.ended().isPresent() ? s.hid() : null);
    }

    private static Wanted wanted(SilenceRequest request, Instant now) {
        return wanted(
                Optional.ofNullable(request.system()),
                Optional.ofNullable(request.matchers()).orElse(List.of()),
                Boolean.TRUE.equals(request.mine()),
                Boolean.TRUE.equals(request.everything()),
                Optional.ofNullable(request.name()).orElse(""),
                Optional.ofNullable(request.startsAt()),
                expires(request.length(), request.expiresAt(), request.startsAt(), now),
                request.reason());
    }

    /// What somebody asked for, by form or by program.
    public static Wanted wanted(
            Optional<String> system,
            List<String> matchers,
            boolean mine,
            boolean everything,
            String name,
            Optional<Instant> starts,
            Instant expires,
            String reason) {
        if (system.isEmpty() && matchers.isEmpty() && !mine && !everything) {
            throw Refusal.invalid(
                    "silence-of-everything",
                    "this would hide every alert: name a system, conditions or your own alerts, or"
                            + " say that everything is meant");
        }
        return new Wanted(
                system.map(SystemName::new),
                matchers.stream().map(Matcher::parse).toList(),
                mine,
                name,
                starts,
                expires,
                reason);
    }

    /// The end, by its length or by its time; one of them must be there.
    public static Instant expires(
            @Nullable String length,
            @Nullable Instant expires,
            @Nullable Instant starts,
            Instant now) {
        if ((length == null) == (expires == null)) {
            throw Refusal.invalid(
                    "bad-expiry", "say how long: either length (2h) or expiresAt (a time)");
        }
        if (expires != null) {
            return expires;
        }
        var lasts = Durations.parse(length == null ? "" : length.strip());
        try {
            return lasts.map((starts == null ? now : starts)::plus)
                    .orElseThrow(
                            () ->
                                    Refusal.invalid(
                                            "bad-expiry",
                                            "\""
                                                    + length
                                                    + "\" is no length of time: write 30m, 2h or"
                                                    + " 7d"));
        } catch (DateTimeException | ArithmeticException e) {
            throw Refusal.invalid("bad-expiry", "a silence lasts at most 90 days");
        }
    }
}
