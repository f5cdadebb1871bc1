package aramaki.agent.simulate;

import aramaki.agent.ledger.Book;
import aramaki.agent.ledger.Comparison;
import aramaki.agent.ledger.Seen;
import aramaki.model.Refusal;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Function;

/// Holds a ledger against a server, by what its public interface shows to everybody.
public final class Verification {
    private final ServerApi api;
    private final Path ledger;
    private final boolean gapsAllowed;

    /// @param gapsAllowed whether what the server tells as a gap may be missing
    public Verification(HttpClient http, Profile profile, Path ledger, boolean gapsAllowed) {
        this.api = new ServerApi(http, profile);
        this.ledger = ledger;
        this.gapsAllowed = gapsAllowed;
    }

    /// Reads both anew and compares them.
    public Comparison.Outcome run() throws IOException, InterruptedException {
        var book = Book.read(ledger);
        if (book.made() == 0) {
            throw Refusal.invalid("empty-ledger", ledger + " says of no result that it was made");
        }
        var comparison = new Comparison(book, gapsAllowed);
        all("/api/v1/results?", Verification::result, comparison);
        all("/api/v1/refusals?", Verification::refusal, comparison);
        for (String system : book.systems()) {
            String events = "/api/v1/events?system=" + system + "&type=";
            all(events + "results.gap&", Verification::gap, comparison);
            all(events + "check.flapping&", Verification::flapped, comparison);
            all(events + "alert.resolved&", Verification::resolved, comparison);
            all(events + "alert.fired&", Verification::fired, comparison);
            all("/api/v1/alerts?system=" + system + "&", Verification::firing, comparison);
        }
        return comparison.outcome();
    }

    private void all(String path, Function<JsonNode, Seen> reading, Comparison comparison)
            throws IOException, InterruptedException {
        String after = "";
        do {
            var page = api.get(path + "limit=1000" + after);
            page.path("items").forEach(item -> comparison.take(reading.apply(item)));
            String next = page.path("next").asText("");
            after = page.path("next").isNull() || next.isEmpty() ? "" : "&after=" + next;
        } while (!after.isEmpty());
    }

    private static Seen result(JsonNode item) {
        return new Seen.Result(
                Long.parseLong(text(item, "id").substring(2)),
                text(item, "agent"),
                text(item, "epoch"),
                item.path("seq").asLong(),
                text(item, "system"),
                text(item, "entity"),
                text(item, "check"),
                text(item, "state"),
                instant(item, "at"),
                instant(item, "recordedAt"));
    }

    private static Seen refusal(JsonNode item) {
        return new Seen.Refusal(
                text(item, "agent"),
                text(item, "epoch"),
                item.path("seq").asLong(),
                text(item, "reason"));
    }

    private static Seen gap(JsonNode item) {
        var data = item.path("data");
        return new Seen.Gap(
                text(data, "agent"),
                text(data, "epoch"),
                data.path("from").asLong(),
                data.path("to").asLong());
    }

    private static Seen flapped(JsonNode item) {
        var data = item.path("data");
        return new Seen.Flapped(
                text(item, "system"),
                text(data, "entity"),
                text(data, "check"),
                instant(item, "at"));
    }

    private static Seen fired(JsonNode item) {
        var data = item.path("data");
        return new Seen.Fired(
                text(item, "system"),
                text(data, "entity"),
                text(data, "check"),
                text(data, "episode"),
                text(data, "severity"),
                instant(item, "at"),
                instant(item, "recordedAt"));
    }

    private static Seen resolved(JsonNode item) {
        var data = item.path("data");
        return new Seen.Resolved(
                text(item, "system"),
                text(data, "entity"),
                text(data, "check"),
                text(data, "episode"),
                instant(item, "at"));
    }

    private static Seen firing(JsonNode item) {
        return new Seen.Firing(text(item, "system"), text(item, "entity"), text(item, "check"));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText();
    }

    private static Instant instant(JsonNode node, String name) {
        return Instant.parse(text(node, name));
    }
}
