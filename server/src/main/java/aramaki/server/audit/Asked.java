package aramaki.server.audit;

import aramaki.model.Names;
import aramaki.model.timeline.Hash;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// One request as it was answered. Nothing in it lets anybody in: no header, no body, of the query
/// the names only, and of the path what its route makes a parameter of.
///
/// @param person who asked; empty for a stranger whose request caused events, as by joining
/// @param credential id of the session or token
/// @param grant the event that admitted them, or the grant they acted under
/// @param path as the table of routes has it, with its `{parameters}`
/// @param filters names of query parameters
/// @param events that it caused
public record Asked(
        Instant at,
        String person,
        String credential,
        Optional<Hash> grant,
        String address,
        Method method,
        String path,
        SortedMap<String, String> parameters,
        List<String> filters,
        int status,
        List<Hash> events) {
    private static final int FILTERS = 10;
    private static final int LONGEST = 300;
    private static final String UNTOLD = "…";

    /// A secret is longer than any filter's name.
    private static final Pattern FILTER = Pattern.compile("[a-z][A-Za-z]{0,19}");

    /// Whether a request may change something.
    public enum Method {
        GET,
        POST,
        PUT,
        DELETE
    }

    public Asked {
        parameters = told(parameters, status);
        filters =
                filters.stream()
                        .filter(name -> FILTER.matcher(name).matches())
                        .sorted()
                        .limit(FILTERS)
                        .toList();
        events = List.copyOf(events);
    }

    /// What was not found may be anything, also a secret that was put into the wrong place: only
    /// names are told of it.
    private static SortedMap<String, String> told(Map<String, String> parameters, int status) {
        boolean known = status != 400 && status != 404;
        var told = new TreeMap<String, String>();
        parameters.forEach(
                (name, value) -> {
                    boolean plain = known ? value.length() <= LONGEST : Names.isShortName(value);
                    told.put(name, plain ? value : UNTOLD);
                });
        return Collections.unmodifiableSortedMap(told);
    }

    /// Whether it only looked, so that the next one like it says nothing new.
    boolean looks() {
        return method == Method.GET && events.isEmpty();
    }

    /// Whether it changed something or tried to: of these as few as possible may be lost.
    boolean acts() {
        return !looks();
    }
}
