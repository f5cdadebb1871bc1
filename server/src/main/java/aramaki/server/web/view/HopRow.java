package aramaki.server.web.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One station of an observation on its way from the schedule to this page.
///
/// @param at `When.NEVER` for a station it did not come by
/// @param delta how much later than the station before
public record HopRow(String name, When at, String delta) {

    /// Stations in order. One that is missing is listed, and the next counts from the last known.
    public static List<HopRow> of(List<Map.Entry<String, Optional<Instant>>> hops, ZoneId zone) {
        var rows = new ArrayList<HopRow>();
        Optional<Instant> before = Optional.empty();
        for (var hop : hops) {
            Optional<Instant> at = hop.getValue();
            Optional<Instant> last = before;
            rows.add(
                    new HopRow(
                            hop.getKey(),
                            at.map(t -> When.exactly(t, zone)).orElse(When.NEVER),
                            at.flatMap(t -> last.map(b -> Ages.delta(Duration.between(b, t))))
                                    .orElse("")));
            before = at.or(() -> last);
        }
        return List.copyOf(rows);
    }
}
