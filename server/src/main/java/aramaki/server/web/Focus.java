package aramaki.server.web;

import aramaki.model.Refusal;
import aramaki.model.observation.CheckKey;
import aramaki.model.observation.EntityName;
import aramaki.server.http.Exchange;
import aramaki.server.query.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/// What of a check's past a page's address asks for: `?entity=web1&from=6h&to=...&at=...`.
///
/// @param from as it was written; empty for the default
/// @param to as it was written; empty for now
record Focus(
        Optional<EntityName> entity,
        String from,
        String to,
        Instant begin,
        Instant end,
        Optional<Instant> at) {
    static final String DEFAULT_FROM = "24h";
    private static final Duration LONGEST = Duration.ofDays(400);
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    static Focus of(Exchange exchange, Instant now, ZoneId zone) {
        String from = exchange.query("from").orElse("");
        String to = exchange.query("to").orElse("");
        var end = to.isEmpty() ? now : Query.moment("to", to, now, zone);
        var begin = Query.moment("from", from.isEmpty() ? DEFAULT_FROM : from, now, zone);
        if (!begin.isBefore(end)) {
            throw Refusal.invalid("bad-range", "from must lie before to");
        }
        if (begin.plus(SHORTEST).isAfter(end)) {
            begin = end.minus(SHORTEST);
        }
        if (begin.plus(LONGEST).isBefore(end)) {
            begin = end.minus(LONGEST);
        }
        return new Focus(
                exchange.query("entity").map(EntityName::new),
                from,
                to,
                begin,
                end,
                exchange.query("at").map(text -> Query.moment("at", text, now, zone)));
    }

    boolean is(EntityName other) {
        return entity.filter(other::equals).isPresent();
    }

    /// The page about one entity over a time.
    static String href(CheckKey key, Instant from, Instant to) {
        return entity(key) + "&from=" + text(from) + "&to=" + text(to);
    }

    static String href(CheckKey key, String from) {
        return entity(key) + "&from=" + from;
    }

    /// The page about one result, within the same time.
    String result(CheckKey key, Instant at) {
        return entity(key)
                + (from.isEmpty() ? "" : "&from=" + Views.parameter(from))
                + (to.isEmpty() ? "" : "&to=" + Views.parameter(to))
                + "&at="
                + text(at)
                + "#result";
    }

    static String entity(CheckKey key) {
        return "/s/" + key.system() + "/checks/" + key.check() + "?entity=" + key.entity();
    }

    static String text(Instant at) {
        return Views.parameter(Instant.ofEpochMilli(at.toEpochMilli()).toString());
    }
}
